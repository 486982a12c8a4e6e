"""Following feeds: what is new in one goes into the queue."""

import asyncio
import logging
import random
from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from discord.utils import utcnow

from bot.ingest.worker import Lane
from bot.storage import Arrival, FollowedFeed, Seen
from bot.storage import Feeds as FeedsMemory
from index import SHARED, SourceError, StoreError
from index.fetching.fetcher import UnreachableError
from index.sources.feed import Entry, Feed, fetch_feed, find_feed, whole_article

if TYPE_CHECKING:
    from bot.client import Dateline

FIRST = 20
"""Entries of a feed that are taken when it is first followed: the newest."""

CHECK_TOGETHER = 3
"""Feeds that are asked at a time."""

EVERY = timedelta(minutes=15)
SELDOM = timedelta(hours=6)
"""The shortest and the longest time for which a feed is left alone, whatever it asks for."""

LATER = 0.2
"""The share by which that is longer, at random, so that not all feeds are asked at once."""

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Checked:
    """What asking for a feed has brought: entries that are new or edited; or why it failed."""

    feed: FollowedFeed
    entries: int = 0
    failure: str | None = None


class Feeds:
    """The feeds that a bot follows.

    Args:
        shared: those of the operator, for everybody.
    """

    def __init__(self, bot: "Dateline", shared: Collection[str] = ()) -> None:
        self._bot = bot
        self._shared = shared
        self._checking = Lane(self._check_some, "feeds cannot be followed")
        self._turns: defaultdict[int, asyncio.Lock] = defaultdict(asyncio.Lock)

    @property
    def _feeds(self) -> FeedsMemory:
        return self._bot.memory.feeds

    async def follow_shared(self) -> None:
        """Follow the operator's feeds, and no others of theirs any more."""
        await self._bot.quickly(self._feeds.keep_only, SHARED, self._shared)
        known = {feed.url for feed in await self._bot.quickly(self._feeds.of, SHARED)}
        for url in self._shared:
            if url not in known:
                await self._bot.quickly(self._feeds.add, SHARED, url, url, utcnow())

    async def follow(self, collection: str, url: str, person: int, channel: int | None) -> Checked:
        """Follow a feed from now on, or that which a page names.

        Raises:
            SourceError: there is none; see ``find_feed``.
        """
        address, found = await find_feed(self._bot.fetcher, url)
        feed = await self._bot.quickly(
            self._feeds.add, collection, address, found.title, utcnow(), person, channel
        )
        async with self._turns[feed.key]:
            try:
                return Checked(feed, await self._take(feed, found))
            except StoreError:
                if feed.checked_at is None:  # it was not followed before, and is not now
                    await self._bot.quickly(self._feeds.remove, feed.key)
                raise

    def wake(self) -> None:
        """Ask for the feeds whose time has come; returns at once."""
        self._checking.wake()

    async def close(self) -> None:
        """Ask for no more feeds."""
        await self._checking.end()

    async def check_all(self, feeds: Sequence[FollowedFeed]) -> list[Checked]:
        """Ask for some feeds now, a few at a time. Raises: as ``check``."""
        few = asyncio.Semaphore(CHECK_TOGETHER)

        async def check(feed: FollowedFeed) -> Checked:
            async with few:
                return await self.check(feed)

        return await asyncio.gather(*map(check, feeds))

    async def _check_some(self) -> bool:
        """Ask for some of the feeds that are due; whether there were any."""
        due = await self._bot.quickly(self._feeds.due, utcnow())
        some = [feed for feed in due if self._bot.reads(feed.collection)][:CHECK_TOGETHER]
        await self.check_all(some)
        return bool(some)

    async def check(self, feed: FollowedFeed) -> Checked:
        """Ask for a feed now.

        Raises:
            StoreError: what it brings cannot be remembered.
        """
        async with self._turns[feed.key]:
            try:
                found = await fetch_feed(self._bot.fetcher, feed.url, feed.validators)
                if found is None:
                    now = utcnow()
                    await self._bot.quickly(self._feeds.unchanged, feed.key, now, now + rest())
                    return Checked(feed)
                return Checked(feed, await self._take(feed, found))
            except SourceError as error:
                return await self._failed(feed, error)
            except StoreError:
                raise
            except Exception as error:
                log.error("the feed %s cannot be followed", feed.url, exc_info=error)
                reason = f"{feed.url}: something went wrong ({type(error).__name__})."
                return await self._failed(feed, SourceError(reason))

    async def _failed(self, feed: FollowedFeed, error: SourceError) -> Checked:
        now = utcnow()
        seconds = error.seconds if isinstance(error, UnreachableError) else None
        due = now + rest(feed.failures, seconds)
        log.info("the feed %s cannot be read: %s", feed.url, error)
        await self._bot.quickly(self._feeds.failed, feed.key, str(error), now, due)
        return Checked(feed, failure=str(error))

    async def _take(self, feed: FollowedFeed, found: Feed) -> int:
        """Put what is new in a feed into the queue; returns how many entries that is."""
        seen = [
            Seen(entry.key, entry.digest, entry.link if entry.is_own_page else None)
            for entry in found.entries
        ]
        fresh = await self._bot.quickly(self._feeds.fresh, feed.key, seen)
        entries = [entry for entry in found.entries if entry.key in fresh]
        if feed.checked_at is None:
            del entries[FIRST:]
        arrivals = await asyncio.to_thread(_arrivals, entries, feed, found.url)
        now = utcnow()
        seconds = None if found.minutes is None else found.minutes * 60
        await self._bot.quickly(
            self._feeds.read,
            feed,
            seen,
            arrivals,
            title=found.title,
            validators=found.validators,
            now=now,
            due=now + rest(seconds=seconds),
        )
        self._bot.queue.wake()
        return len(arrivals)


def rest(failures: int = 0, seconds: float | None = None) -> timedelta:
    """For how long a feed is left alone.

    Args:
        failures: one after the other, before.
        seconds: what the feed or its site asks for.
    """
    doubled: timedelta = EVERY * 2 ** min(failures, 10)
    wanted = max(doubled, timedelta(seconds=min(seconds or 0, 1e6)))
    longer: float = random.uniform(1, 1 + LATER)
    return min(wanted, SELDOM) * longer


def _arrivals(entries: Sequence[Entry], feed: FollowedFeed, url: str) -> list[Arrival]:
    """Entries as arrivals, the oldest first: whole articles, or links to them."""
    arrivals = []
    for entry in reversed(entries):
        try:
            article = whole_article(entry, url, feed.collection)
        except SourceError as error:
            log.info("an entry is left out: %s", error)
            continue
        link = None if article else entry.link
        record = article.as_record() if article else {"title": entry.title, **entry.known}
        arrivals.append(Arrival(feed.collection, link, record, feed.key, entry.key))
    return arrivals
