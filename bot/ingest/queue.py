"""The ingest queue: fetches links and adds articles to the library in the background.

No job is lost: it stays in the storage until its article is in the library, or until it has
failed for good.
"""

import asyncio
import logging
from collections import Counter
from collections.abc import Awaitable, Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from urllib.parse import urlsplit

from discord.utils import utcnow

from bot.executors import Executors
from bot.ingest.backoff import BACKOFF, backoff
from bot.ingest.worker import Worker
from bot.storage import IngestJob, Storage
from index import Addition, Article, DatelineError, Library, NotFoundError, SourceError
from index.fetching.fetcher import Fetcher, UnreachableError
from index.sources.feed_article import add_metadata
from index.sources.text import make_article
from index.sources.web import fetch_article

MAX_CONCURRENT_FETCHES = 4
MAX_CONCURRENT_FETCHES_PER_HOST = 2
"""With the feeds, fewer than the fetcher allows, so that whoever pastes a link need not wait."""

LOOKAHEAD_LIMIT = 200
"""Links among which some of different hosts are looked for."""

ADD_BATCH_SIZE = 16
"""Articles that are added in one call: whoever comes then waits for no more."""

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class UnreachableLink:
    """A link that cannot be reached now and will be retried.

    Args:
        retry_after: the seconds to wait that the site asks for, if it does.
    """

    link: str
    reason: str
    retry_after: float | None = None


class IngestQueue:
    """Processes the jobs in the storage, in the background.

    Args:
        announce: announces what was added; called whenever no article is due any more.
    """

    def __init__(
        self,
        storage: Storage,
        library: Library,
        fetcher: Fetcher,
        executors: Executors,
        announce: Callable[[], Awaitable[None]],
    ) -> None:
        self._storage = storage
        self._library = library
        self._fetcher = fetcher
        self._executors = executors
        self._announce = announce
        self._fetch_worker = Worker(self._fetch_due, "links cannot be fetched")
        self._add_worker = Worker(self._add_due, "articles cannot be added")
        self._waiters: dict[int, asyncio.Future[Addition]] = {}
        self._lock = asyncio.Lock()

    def wake(self) -> None:
        """Process the jobs that are due; returns at once."""
        self._fetch_worker.wake()
        self._add_worker.wake()

    async def close(self) -> None:
        """Finish the current jobs; the others stay in the storage."""
        await asyncio.gather(self._fetch_worker.close(), self._add_worker.close())

    async def add(self, articles: Sequence[Article], timeout: float) -> list[Addition]:
        """Add articles, ahead of feed articles, and wait for the outcome.

        Args:
            timeout: seconds.

        Returns:
            The outcomes of the articles that were added in time, in order; the others stay queued.

        Raises:
            as ``Library.add``; the articles not added by then are discarded.
        """
        jobs = [IngestJob(one.collection, None, one.as_record()) for one in articles]
        loop = asyncio.get_running_loop()
        async with self._lock:  # no job may be taken before its waiter is registered
            keys = await self._executors.run_db(self._storage.ingest_jobs.add, jobs, utcnow())
            waiters = {key: loop.create_future() for key in keys}
            self._waiters |= waiters
        self._add_worker.wake()
        try:
            if waiters:
                await asyncio.wait(waiters.values(), timeout=timeout)
            return [waiter.result() for waiter in waiters.values() if waiter.done()]
        except Exception:
            await self._executors.run_db(self._storage.ingest_jobs.delete, keys)
            raise
        finally:
            for key, waiter in waiters.items():
                self._waiters.pop(key, None)
                _discard(waiter)

    async def retry_later(self, collection: str, links: Sequence[UnreachableLink]) -> None:
        """Queue links that could not be reached."""
        for link in links:
            job = IngestJob(collection, link.link, {}, attempts=1, reason=link.reason)
            next_attempt_at = utcnow() + backoff(0, link.retry_after)
            await self._executors.run_db(self._storage.ingest_jobs.add, [job], next_attempt_at)

    async def _fetch_due(self) -> bool:
        """Fetch some of the links that are due; returns whether there were any."""
        due = await self._executors.run_db(
            self._storage.ingest_jobs.due_links, utcnow(), LOOKAHEAD_LIMIT
        )
        batch = list(_limit_per_host(due))
        await asyncio.gather(*map(self._fetch, batch))
        return bool(batch)

    async def _fetch(self, job: IngestJob) -> None:
        assert job.link is not None
        try:
            found = await fetch_article(self._fetcher, job.link, job.collection)
            article = add_metadata(found, job.record)
        except Exception as error:
            await self._handle_failure(job, error)
        else:
            set_fetched = self._storage.ingest_jobs.set_fetched
            await self._executors.run_db(set_fetched, job.key, article.as_record(), utcnow())
            self._add_worker.wake()

    async def _add_due(self) -> bool:
        """Add some of the articles that are due or, if none are, announce the added ones.

        Returns:
            Whether any were due.
        """
        try:
            async with self._lock:
                batch = await self._executors.run_db(
                    self._storage.ingest_jobs.due_articles, utcnow(), ADD_BATCH_SIZE
                )
            await (self._add(batch) if batch else self._announce())
        except Exception as error:
            # The storage failed: do not keep callers waiting for jobs that it cannot return.
            for waiter in self._waiters.values():
                _set_exception(waiter, error)
            raise
        return bool(batch)

    async def _add(self, batch: Sequence[IngestJob]) -> None:
        try:
            articles = [_article(job) for job in batch]
            additions = await self._executors.run_exclusive(
                lambda: list(self._library.add_all(articles))
            )
        except Exception as error:
            if len(batch) == 1:
                await self._handle_failure(batch[0], error)
            else:  # find out which article fails
                for job in batch:
                    await self._add([job])
            return
        for job, addition in zip(batch, additions, strict=True):
            await self._complete(job, addition)

    async def _complete(self, job: IngestJob, addition: Addition) -> None:
        waiter = self._waiters.get(job.key)
        if waiter is not None and not waiter.done():
            waiter.set_result(addition)
        replaced = await self._executors.run_db(
            self._storage.ingest_jobs.complete,
            job,
            addition.article.id,
            announce=addition.change == "added",
        )
        if replaced is not None:  # the same entry of the same feed, at another address
            with suppress(NotFoundError):
                await self._executors.run_db(self._library.remove, replaced)
        if job.feed_key is not None and addition.change != "unchanged":
            log.info("%s “%s”", addition.change, addition.article.title)

    async def _handle_failure(self, job: IngestJob, error: Exception) -> None:
        """Reschedule a job, or mark it as failed."""
        if isinstance(error, DatelineError):
            reason = str(error)
        else:
            reason = f"{job.name}: something went wrong ({type(error).__name__})."
            log.error("%s", reason, exc_info=error)
        is_permanent = isinstance(error, SourceError) and not isinstance(error, UnreachableError)
        jobs = self._storage.ingest_jobs
        if is_permanent or job.attempts >= len(BACKOFF):
            log.warning("failed: “%s”: %s", job.name, reason)
            await self._executors.run_db(jobs.fail, job.key, utcnow(), reason)
        else:
            retry_after = error.retry_after if isinstance(error, UnreachableError) else None
            next_attempt_at = utcnow() + backoff(job.attempts, retry_after)
            await self._executors.run_db(jobs.reschedule, job.key, next_attempt_at, reason)
        if (waiter := self._waiters.get(job.key)) is not None:
            _set_exception(waiter, error)


def _article(job: IngestJob) -> Article:
    return make_article(job.name, job.collection, **job.record)


def _limit_per_host(links: Sequence[IngestJob]) -> Iterator[IngestJob]:
    """As many links as may be fetched at a time, in all and from each host."""
    taken: Counter[str | None] = Counter()
    for job in links:
        host = urlsplit(job.link or "").hostname
        if taken.total() < MAX_CONCURRENT_FETCHES and taken[host] < MAX_CONCURRENT_FETCHES_PER_HOST:
            taken[host] += 1
            yield job


def _set_exception(waiter: "asyncio.Future[Addition]", error: Exception) -> None:
    if not waiter.done():
        waiter.set_exception(error)


def _discard(waiter: "asyncio.Future[Addition]") -> None:
    """Cancel a future, or retrieve its exception so that asyncio does not log it."""
    if waiter.done() and not waiter.cancelled():
        waiter.exception()
    waiter.cancel()
