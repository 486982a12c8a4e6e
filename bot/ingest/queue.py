"""What brings arrivals into the library: links are fetched, and articles added, as they come.

Nothing that has been put into the queue is lost: it stands in the bot's memory until its article
is in the library, or until it is set aside because it keeps failing.
"""

import asyncio
import logging
import random
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from discord.utils import utcnow

from bot.ingest.announcements import announce
from bot.ingest.worker import Lane
from bot.storage import Arrival, Arrivals
from index import Addition, Article, DatelineError, NotFoundError, SourceError
from index.fetching.fetcher import UnreachableError
from index.sources.feed import completed
from index.sources.text import make_article
from index.sources.web import fetch_article

if TYPE_CHECKING:
    from bot.client import Dateline

PAUSES = [timedelta(minutes=minutes) for minutes in (1, 5, 30, 120, 360, 720)]
"""How long to wait after each failed try; after the last one, what fails again is set aside."""

JITTER = 0.2
"""The share by which a pause is longer or shorter, so that not all come back at once."""

FETCH_TOGETHER = 4
FROM_ONE_HOST = 2
"""Links that are fetched at a time, and those of them that are on one host. With the feeds, they
are fewer than the fetcher takes, so that whoever pastes a link need not wait for them."""

LOOK_AHEAD = 200
"""Links among which some of different hosts are looked for."""

ADD_TOGETHER = 16
"""Articles that are added in one go: whoever comes then waits for no more."""

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Later:
    """A link that cannot be reached now, and will be tried again."""

    link: str
    reason: str
    seconds: float | None = None


class Queue:
    """The arrivals of a bot's memory, worked off."""

    def __init__(self, bot: "Dateline") -> None:
        self._bot = bot
        self._fetching = Lane(self._fetch_some, "links cannot be fetched")
        self._adding = Lane(self._add_some, "articles cannot be added")
        self._waited_for: dict[int, asyncio.Future[Addition]] = {}
        self._entering = asyncio.Lock()

    @property
    def _arrivals(self) -> Arrivals:
        return self._bot.memory.arrivals

    def wake(self) -> None:
        """Do what there is to do by now; returns at once."""
        self._fetching.wake()
        self._adding.wake()

    async def close(self) -> None:
        """Finish what is in hand, and leave the rest for the next time."""
        await asyncio.gather(self._fetching.end(), self._adding.end())

    async def add(self, articles: Sequence[Article], seconds: float) -> list[Addition]:
        """Add articles, ahead of what feeds bring, and wait for it.

        Returns:
            What became of them, in order; of those that took longer, nothing yet.

        Raises:
            as ``Library.add``; what is not added by then will not be.
        """
        arrivals = [Arrival(one.collection, None, one.as_record()) for one in articles]
        loop = asyncio.get_running_loop()
        async with self._entering:  # none of them is done before it is known to be waited for
            keys = await self._bot.quickly(self._arrivals.add, arrivals, utcnow())
            waited_for = {key: loop.create_future() for key in keys}
            self._waited_for |= waited_for
        self._adding.wake()
        try:
            if waited_for:
                await asyncio.wait(waited_for.values(), timeout=seconds)
            return [future.result() for future in waited_for.values() if future.done()]
        except Exception:
            await self._bot.quickly(self._arrivals.remove, keys)
            raise
        finally:
            for key, future in waited_for.items():
                self._waited_for.pop(key, None)
                _forget(future)

    async def add_later(self, collection: str, links: Sequence[Later]) -> None:
        """Try links again, which could not be reached."""
        for link in links:
            due = utcnow() + pause(0, link.seconds)
            arrival = Arrival(collection, link.link, {}, tries=1, reason=link.reason)
            await self._bot.quickly(self._arrivals.add, [arrival], due)

    async def _fetch_some(self) -> bool:
        """Fetch some of the links that are due; whether there were any."""
        due = await self._bot.quickly(self._arrivals.due_links, utcnow(), LOOK_AHEAD)
        some = list(_from_several_hosts(due))
        await asyncio.gather(*map(self._fetch, some))
        return bool(some)

    async def _fetch(self, arrival: Arrival) -> None:
        assert arrival.link is not None
        try:
            found = await fetch_article(self._bot.fetcher, arrival.link, arrival.collection)
            article = completed(found, arrival.record)
        except Exception as error:
            await self._failed(arrival, error)
        else:
            record = article.as_record()
            await self._bot.quickly(self._arrivals.fetched, arrival.key, record, utcnow())
            self._adding.wake()

    async def _add_some(self) -> bool:
        """Add some of the articles that are here or, without any, announce those that were
        added; whether there were any."""
        try:
            async with self._entering:
                some = await self._bot.quickly(self._arrivals.due_articles, utcnow(), ADD_TOGETHER)
            await (self._add(some) if some else announce(self._bot))
        except Exception as error:
            # The memory fails: nobody is to wait for what it no longer tells of.
            for future in self._waited_for.values():
                _fail(future, error)
            raise
        return bool(some)

    async def _add(self, some: Sequence[Arrival]) -> None:
        try:
            articles = [_article(arrival) for arrival in some]
            additions = await self._bot.in_turn(lambda: list(self._bot.library.add_all(articles)))
        except Exception as error:
            if len(some) == 1:
                await self._failed(some[0], error)
            else:  # which of them is it?
                for arrival in some:
                    await self._add([arrival])
            return
        for arrival, addition in zip(some, additions, strict=True):
            await self._done(arrival, addition)

    async def _done(self, arrival: Arrival, addition: Addition) -> None:
        future = self._waited_for.get(arrival.key)
        if future is not None and not future.done():
            future.set_result(addition)
        announce = addition.change == "added"
        before = await self._bot.quickly(
            self._arrivals.done, arrival, addition.article.id, announce
        )
        if before is not None:  # the same entry of the same feed, at another address
            with suppress(NotFoundError):
                await self._bot.quickly(self._bot.library.remove, before)
        if arrival.feed is not None and addition.change != "unchanged":
            log.info("%s “%s”", addition.change, addition.article.title)

    async def _failed(self, arrival: Arrival, error: Exception) -> None:
        """Try an arrival again, later, or set it aside."""
        if isinstance(error, DatelineError):
            reason = str(error)
        else:
            reason = f"{arrival.name}: something went wrong ({type(error).__name__})."
            log.error("%s", reason, exc_info=error)
        for_good = isinstance(error, SourceError) and not isinstance(error, UnreachableError)
        if for_good or arrival.tries >= len(PAUSES):
            log.warning("set aside: “%s”: %s", arrival.name, reason)
            await self._bot.quickly(self._arrivals.set_aside, arrival.key, utcnow(), reason)
        else:
            seconds = error.seconds if isinstance(error, UnreachableError) else None
            due = utcnow() + pause(arrival.tries, seconds)
            await self._bot.quickly(self._arrivals.later, arrival.key, due, reason)
        if (future := self._waited_for.get(arrival.key)) is not None:
            _fail(future, error)


def pause(tries: int, seconds: float | None = None) -> timedelta:
    """How long to wait after a try that failed.

    Args:
        tries: that failed before.
        seconds: that a site asks for.
    """
    wanted = PAUSES[min(tries, len(PAUSES) - 1)] * random.uniform(1 - JITTER, 1 + JITTER)
    return max(wanted, timedelta(seconds=min(seconds or 0, PAUSES[-1].total_seconds())))


def _article(arrival: Arrival) -> Article:
    return make_article(arrival.name, arrival.collection, **arrival.record)


def _from_several_hosts(links: Sequence[Arrival]) -> Iterator[Arrival]:
    """As many as are fetched at a time, and not too many from one host."""
    taken: Counter[str | None] = Counter()
    for arrival in links:
        host = urlsplit(arrival.link or "").hostname
        if taken.total() < FETCH_TOGETHER and taken[host] < FROM_ONE_HOST:
            taken[host] += 1
            yield arrival


def _fail(future: "asyncio.Future[Addition]", error: Exception) -> None:
    if not future.done():
        future.set_exception(error)


def _forget(future: "asyncio.Future[Addition]") -> None:
    """Nobody asks for the outcome any more, nor complains that nobody asked."""
    if future.done() and not future.cancelled():
        future.exception()
    future.cancel()
