"""Following feeds: polls them, and queues their new entries."""

import asyncio
import logging
from collections import defaultdict
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass

from discord.utils import utcnow

from bot.executors import Executors
from bot.ingest.poll_interval import poll_interval
from bot.ingest.worker import Worker
from bot.storage import FeedStore, FollowedFeed, IngestJob, SeenEntry
from index import SHARED, SourceError, StoreError
from index.fetching.fetcher import Fetcher, UnreachableError
from index.sources.feed import Entry, Feed, fetch_feed, find_feed
from index.sources.feed_article import article_in_entry

MAX_INITIAL_ENTRIES = 20
"""Entries that are taken, the newest, when a feed is first followed."""

MAX_CONCURRENT_POLLS = 3

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class PollResult:
    """The number of new or edited entries of a feed, or the reason why it could not be polled."""

    feed: FollowedFeed
    entries: int = 0
    failure: str | None = None


class FeedFollower:
    """Polls the feeds in the storage when they are due.

    Args:
        shared_feeds: the addresses of the operator's feeds, for all servers.
        is_active_collection: whether a collection's feeds are polled.
        on_new_jobs: called after jobs were queued.
    """

    def __init__(
        self,
        feeds: FeedStore,
        fetcher: Fetcher,
        executors: Executors,
        shared_feeds: Collection[str],
        *,
        is_active_collection: Callable[[str], bool],
        on_new_jobs: Callable[[], None],
    ) -> None:
        self._feeds = feeds
        self._fetcher = fetcher
        self._executors = executors
        self._shared_feeds = shared_feeds
        self._is_active_collection = is_active_collection
        self._on_new_jobs = on_new_jobs
        self._worker = Worker(self._poll_due, "feeds cannot be followed")
        self._locks: defaultdict[int, asyncio.Lock] = defaultdict(asyncio.Lock)

    async def follow_shared(self) -> None:
        """Follow the operator's feeds, and in the shared collection no others."""
        await self._executors.run_db(self._feeds.keep_only, SHARED, self._shared_feeds)
        known = {
            feed.url for feed in await self._executors.run_db(self._feeds.in_collection, SHARED)
        }
        for url in self._shared_feeds:
            if url not in known:
                await self._executors.run_db(self._feeds.add, SHARED, url, url, utcnow())

    async def follow(
        self, collection: str, url: str, user_id: int, channel_id: int | None
    ) -> PollResult:
        """Follow a feed, or the feed that a page links to.

        Raises:
            SourceError: there is none; see ``find_feed``.
        """
        address, found = await find_feed(self._fetcher, url)
        feed = await self._executors.run_db(
            self._feeds.add, collection, address, found.title, utcnow(), user_id, channel_id
        )
        async with self._locks[feed.key]:
            try:
                return PollResult(feed, await self._queue_entries(feed, found))
            except StoreError:
                if feed.checked_at is None:  # it was not followed before
                    await self._executors.run_db(self._feeds.delete, feed.key)
                raise

    def wake(self) -> None:
        """Poll the feeds that are due; returns at once."""
        self._worker.wake()

    async def close(self) -> None:
        """Finish the current polls."""
        await self._worker.close()

    async def poll_all(self, feeds: Sequence[FollowedFeed]) -> list[PollResult]:
        """Poll feeds now, a few at a time. Raises: as ``poll``."""
        semaphore = asyncio.Semaphore(MAX_CONCURRENT_POLLS)

        async def poll(feed: FollowedFeed) -> PollResult:
            async with semaphore:
                return await self.poll(feed)

        return await asyncio.gather(*map(poll, feeds))

    async def poll(self, feed: FollowedFeed) -> PollResult:
        """Poll a feed now.

        Raises:
            StoreError: the result cannot be stored.
        """
        async with self._locks[feed.key]:
            try:
                found = await fetch_feed(self._fetcher, feed.url, feed.validators)
                if found is None:
                    now = utcnow()
                    await self._executors.run_db(
                        self._feeds.record_unchanged, feed.key, now, now + poll_interval()
                    )
                    return PollResult(feed)
                return PollResult(feed, await self._queue_entries(feed, found))
            except SourceError as error:
                return await self._record_failure(feed, error)
            except StoreError:
                raise
            except Exception as error:
                log.error("the feed %s cannot be followed", feed.url, exc_info=error)
                reason = f"{feed.url}: something went wrong ({type(error).__name__})."
                return await self._record_failure(feed, SourceError(reason))

    async def _poll_due(self) -> bool:
        """Poll some of the feeds that are due; returns whether there were any."""
        due = await self._executors.run_db(self._feeds.due, utcnow())
        active = [feed for feed in due if self._is_active_collection(feed.collection)]
        batch = active[:MAX_CONCURRENT_POLLS]
        await self.poll_all(batch)
        return bool(batch)

    async def _record_failure(self, feed: FollowedFeed, error: SourceError) -> PollResult:
        now = utcnow()
        retry_after = error.retry_after if isinstance(error, UnreachableError) else None
        next_poll_at = now + poll_interval(feed.failures, retry_after)
        log.info("the feed %s cannot be read: %s", feed.url, error)
        await self._executors.run_db(
            self._feeds.record_failure, feed.key, str(error), now, next_poll_at
        )
        return PollResult(feed, failure=str(error))

    async def _queue_entries(self, feed: FollowedFeed, found: Feed) -> int:
        """Queue the new and edited entries of a feed; returns their number."""
        seen = [
            SeenEntry(entry.key, entry.digest, entry.link if entry.has_own_page else None)
            for entry in found.entries
        ]
        keys = await self._executors.run_db(self._feeds.new_or_changed, feed.key, seen)
        entries = [entry for entry in found.entries if entry.key in keys]
        if feed.checked_at is None:
            del entries[MAX_INITIAL_ENTRIES:]
        jobs = await asyncio.to_thread(_jobs, entries, feed, found.url)
        now = utcnow()
        seconds = None if found.ttl_minutes is None else found.ttl_minutes * 60
        await self._executors.run_db(
            self._feeds.record_poll,
            feed,
            seen,
            jobs,
            title=found.title,
            validators=found.validators,
            now=now,
            next_poll_at=now + poll_interval(seconds=seconds),
        )
        self._on_new_jobs()
        return len(jobs)


def _jobs(entries: Sequence[Entry], feed: FollowedFeed, url: str) -> list[IngestJob]:
    """Entries as jobs, the oldest first: whole articles, or links to them."""
    jobs = []
    for entry in reversed(entries):
        try:
            article = article_in_entry(entry, url, feed.collection)
        except SourceError as error:
            log.info("an entry is left out: %s", error)
            continue
        link = None if article else entry.link
        record = article.as_record() if article else {"title": entry.title, **entry.metadata}
        jobs.append(IngestJob(feed.collection, link, record, feed.key, entry.key))
    return jobs
