"""Following feeds: polling them and queueing their new entries."""

import asyncio
import logging
from collections import defaultdict
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from functools import partial

from discord.utils import utcnow

from bot.executors import Executors
from bot.ingest.loops import INTERNAL_ERROR, LoopHealth, Worker
from bot.ingest.poll_interval import poll_interval
from bot.storage import FeedStore, FollowedFeed, IngestJob, SeenEntry
from index import SHARED, SourceError, StoreError
from index.fetching.fetcher import Fetcher, UnreachableError
from index.sources.feed import Entry, Feed, fetch_feed, find_feed
from index.sources.feed_article import article_in_entry
from index.sources.sandbox import run_parsing

MAX_INITIAL_ENTRIES = 20
"""Entries that are queued by the first poll of a feed, the newest ones."""

MAX_CONCURRENT_POLLS = 3

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class PollResult:
    """The result of a poll.

    Args:
        entries: the number of new or edited entries.
        failure: why the feed could not be polled; None if it was.
    """

    feed: FollowedFeed
    entries: int = 0
    failure: str | None = None


class FeedFollower:
    """Polls the feeds in the storage when they are due.

    Args:
        shared_feeds: the URLs of the operator's feeds, for the shared collection.
        is_active_collection: whether the feeds of a collection are to be polled.
        on_new_jobs: called when jobs have been queued.
        health: where it is recorded that polling fails.
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
        health: LoopHealth,
    ) -> None:
        self._feeds = feeds
        self._fetcher = fetcher
        self._executors = executors
        self._shared_feeds = shared_feeds
        self._is_active_collection = is_active_collection
        self._on_new_jobs = on_new_jobs
        self._health = health
        self._worker = Worker("feeds", self._poll_due, health)
        self._follows_shared = False
        self._locks: defaultdict[int, asyncio.Lock] = defaultdict(asyncio.Lock)

    async def follow_shared(self) -> None:
        """Make the shared collection follow exactly the operator's feeds. Raises StoreError."""
        await self._executors.run_db(self._feeds.keep_only, SHARED, self._shared_feeds)
        known = await self._executors.run_db(self._feeds.addresses, SHARED)
        for url in self._shared_feeds:
            if url not in known:
                await self._executors.run_db(self._feeds.add, SHARED, url, url, utcnow())

    async def follow(
        self, collection: str, url: str, user_id: int, channel_id: int | None
    ) -> PollResult:
        """Follow a feed, given its URL or that of a page that links to it.

        Raises:
            SourceError: no feed was found; see ``find_feed``.
            StoreError: the feed or its entries cannot be stored.
        """
        fetched = await find_feed(self._fetcher, url)
        await self._poll_namesakes(collection, fetched)
        feed = await self._executors.run_db(
            self._feeds.add,
            collection,
            fetched.permanent_url,
            fetched.title,
            utcnow(),
            user_id,
            channel_id,
        )
        async with self._locks[feed.key]:
            try:
                return PollResult(feed, await self._queue_entries(feed, fetched))
            except StoreError:
                if feed.checked_at is None:  # a new feed, which is not followed after an error
                    await self._executors.run_db(self._feeds.delete, feed.key)
                raise

    def wake(self) -> None:
        """Poll the feeds that are due, in the background."""
        self._worker.wake()

    def wake_if_due(self) -> None:
        """``wake``, unless it has failed and is to be retried later."""
        self._worker.wake_if_due()

    async def close(self) -> None:
        """Finish the current polls; see ``Worker.close``."""
        await self._worker.close()

    async def poll_all(self, feeds: Sequence[FollowedFeed]) -> list[PollResult]:
        """Poll feeds now, up to ``MAX_CONCURRENT_POLLS`` at a time. Raises as ``poll``."""
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
                fetched = await fetch_feed(self._fetcher, feed.url, feed.validators)
                if fetched is None:  # it has not changed
                    now = utcnow()
                    await self._executors.run_db(
                        self._feeds.record_unchanged, feed.key, now, now + poll_interval()
                    )
                    return PollResult(feed)
                entries = await self._queue_entries(feed, fetched)
                if fetched.permanent_url != feed.url:
                    move = partial(self._feeds.move, feed, fetched.permanent_url)
                    feed = await self._executors.run_db(move)
                return PollResult(feed, entries)
            except SourceError as error:
                return await self._record_failure(feed, error)
            except StoreError:
                raise
            except Exception as error:
                log.error("polling the feed %s failed", feed.url, exc_info=error)
                reason = f"{feed.url}: {INTERNAL_ERROR}."
                return await self._record_failure(feed, SourceError(reason))

    async def _poll_namesakes(self, collection: str, fetched: Feed) -> None:
        """Poll the feeds of a collection that have another feed's title: if one of them is that
        feed under a former address, it is redirected, and followed from then on as that feed."""
        feeds = await self._executors.run_db(self._feeds.in_collection, collection)
        if all(feed.url != fetched.permanent_url for feed in feeds):
            await self.poll_all([feed for feed in feeds if feed.title == fetched.title])

    async def _poll_due(self) -> bool:
        """Poll a batch of the feeds that are due; returns whether there were any. The first time,
        the operator's feeds are followed."""
        if not self._follows_shared:
            with self._health.surviving("shared feeds"):
                await self.follow_shared()
                self._follows_shared = True
        due = await self._executors.run_db(self._feeds.due, utcnow())
        active = [feed for feed in due if self._is_active_collection(feed.collection)]
        batch = active[:MAX_CONCURRENT_POLLS]
        await self.poll_all(batch)
        return bool(batch)

    async def _record_failure(self, feed: FollowedFeed, error: SourceError) -> PollResult:
        """Log and store a failed poll."""
        now = utcnow()
        retry_after = error.retry_after if isinstance(error, UnreachableError) else None
        next_poll_at = now + poll_interval(feed.failures, retry_after)
        log.info("polling the feed %s failed: %s", feed.url, error)
        await self._executors.run_db(
            self._feeds.record_failure, feed.key, str(error), now, next_poll_at
        )
        return PollResult(feed, failure=str(error))

    async def _queue_entries(self, feed: FollowedFeed, fetched: Feed) -> int:
        """Queue the new and edited entries of a feed; returns their number."""
        seen = [
            SeenEntry(entry.key, entry.digest, entry.link if entry.has_own_page else None)
            for entry in fetched.entries
        ]
        keys = await self._executors.run_db(self._feeds.new_or_changed, feed.key, seen)
        entries = [entry for entry in fetched.entries if entry.key in keys]
        if feed.checked_at is None:
            del entries[MAX_INITIAL_ENTRIES:]
        jobs = await _jobs_from_entries(entries, feed, fetched.url)
        now = utcnow()
        seconds = None if fetched.ttl_minutes is None else fetched.ttl_minutes * 60
        await self._executors.run_db(
            self._feeds.record_poll,
            feed,
            seen,
            jobs,
            title=fetched.title,
            validators=fetched.validators,
            now=now,
            next_poll_at=now + poll_interval(seconds=seconds),
        )
        self._on_new_jobs()
        return len(jobs)


async def _jobs_from_entries(
    entries: Sequence[Entry], feed: FollowedFeed, url: str
) -> list[IngestJob]:
    """Jobs for entries, oldest first: with the article if the entry contains it, else a link."""
    jobs = []
    for entry in reversed(entries):
        try:
            article = await run_parsing(article_in_entry, entry, url, feed.collection)
        except SourceError as error:
            log.info("skipped an entry of the feed %s: %s", feed.url, error)
            continue
        link = None if article else entry.link
        record = article.as_record() if article else {"title": entry.title, **entry.metadata}
        jobs.append(IngestJob(feed.collection, link, record, feed.key, entry.key))
    return jobs
