"""The ingest queue: fetching links and adding articles to the library in the background.

No job is lost, even if the process is killed: it remains in the storage until its article is in
the library, and also if it has failed for good.
"""

import asyncio
import logging
from collections import Counter
from collections.abc import Awaitable, Callable, Iterator, Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

from discord.utils import utcnow

from bot.executors import Executors
from bot.ingest.announcements import is_news, last_moment
from bot.ingest.backoff import BACKOFF, backoff
from bot.ingest.feed_articles import article_to_add, remove_replaced
from bot.ingest.loops import INTERNAL_ERROR, LoopHealth, Worker
from bot.storage import IngestJob, Storage
from index import Addition, Article, DatelineError, Library, SourceError
from index.fetching.fetcher import Fetcher, UnreachableError
from index.sources.feed_article import add_metadata
from index.sources.text import make_article
from index.sources.web import fetch_article

MAX_CONCURRENT_FETCHES = 4
MAX_CONCURRENT_FETCHES_PER_HOST = 2
"""Together with ``MAX_CONCURRENT_POLLS``, fewer than the fetcher allows, so that a link added by a
user is fetched without waiting."""

LOOKAHEAD_LIMIT = 200
"""Due links that are considered for a batch, to find links of different hosts."""

ADD_BATCH_SIZE = 16
"""Articles that are added in one call; articles from a user wait for at most one such call."""

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class UnreachableLink:
    """A link that cannot be reached now and will be retried.

    Args:
        retry_after: the delay in seconds that the site requests, if any.
    """

    link: str
    reason: str
    retry_after: float | None = None


class IngestQueue:
    """Processes the jobs in the storage in the background.

    Args:
        announce: posts pending announcements; called whenever no more articles are due.
        health: where it is recorded that links, articles or announcements fail.
    """

    def __init__(
        self,
        storage: Storage,
        library: Library,
        fetcher: Fetcher,
        executors: Executors,
        announce: Callable[[], Awaitable[None]],
        health: LoopHealth,
    ) -> None:
        self._storage = storage
        self._library = library
        self._fetcher = fetcher
        self._executors = executors
        self._announce = announce
        self._fetch_worker = Worker("links", self._fetch_due, health)
        self._add_worker = Worker("queue", self._add_due, health)
        self._announce_worker = Worker("announcements", self._announce_pending, health)
        self._workers = (self._fetch_worker, self._add_worker, self._announce_worker)
        self._waiters: dict[int, asyncio.Future[Addition]] = {}
        self._lock = asyncio.Lock()

    def wake(self) -> None:
        """Process the jobs that are due, in the background."""
        self._fetch_worker.wake()
        self._add_worker.wake()

    def wake_if_due(self) -> None:
        """``wake``, except what has failed and is to be retried later."""
        self._fetch_worker.wake_if_due()
        self._add_worker.wake_if_due()

    async def close(self) -> None:
        """Finish the current jobs, see ``Worker.close``; the others remain in the storage."""
        await asyncio.gather(*(worker.close() for worker in self._workers))

    async def add(
        self, articles: Sequence[Article], timeout: float
    ) -> tuple[list[Addition], list[DatelineError]]:
        """Add articles before those of feeds, and wait until they are added.

        Args:
            timeout: how long to wait, in seconds.

        Returns:
            The additions made in time, in order, and why other articles could not be added yet.
            All that were not added remain queued, and are tried again.

        Raises:
            StoreError: the articles cannot be queued.
            Exception: there is a mistake in the code; what has not been added is discarded.
        """
        jobs = [IngestJob(each.collection, None, each.as_record()) for each in articles]
        loop = asyncio.get_running_loop()
        async with self._lock:  # no job may be processed before its waiter is registered
            keys = await self._executors.run_db(self._storage.ingest_jobs.add, jobs, utcnow())
            waiters = {key: loop.create_future() for key in keys}
            self._waiters |= waiters
        self._add_worker.wake()
        try:
            if waiters:
                await asyncio.wait(waiters.values(), timeout=timeout)
            additions: list[Addition] = []
            failures: list[DatelineError] = []
            for waiter in filter(asyncio.Future.done, waiters.values()):
                try:
                    additions.append(waiter.result())
                except DatelineError as error:
                    failures.append(error)
            return additions, failures
        except Exception:
            await self._executors.run_db(self._storage.ingest_jobs.delete, keys)
            raise
        finally:
            for key, waiter in waiters.items():
                self._waiters.pop(key, None)
                _discard(waiter)

    async def retry_later(self, collection: str, links: Sequence[UnreachableLink]) -> None:
        """Queue links that could not be reached, as after a first failed attempt."""
        for link in links:
            job = IngestJob(collection, link.link, {}, attempts=1, reason=link.reason)
            next_attempt_at = utcnow() + backoff(0, link.retry_after)
            await self._executors.run_db(self._storage.ingest_jobs.add, [job], next_attempt_at)

    async def _fetch_due(self) -> bool:
        """Fetch a batch of the links that are due; returns whether there were any."""
        due = await self._executors.run_db(
            self._storage.ingest_jobs.due_links, utcnow(), LOOKAHEAD_LIMIT
        )
        batch = list(_limit_per_host(due))
        await asyncio.gather(*map(self._fetch, batch))
        return bool(batch)

    async def _fetch(self, job: IngestJob) -> None:
        """Fetch the link of a job, and store the article in the job."""
        assert job.link is not None
        try:
            fetched = await fetch_article(self._fetcher, job.link, job.collection)
            article = await asyncio.to_thread(add_metadata, fetched, job.record)
        except Exception as error:
            await self._handle_failure(job, error)
        else:
            set_fetched = self._storage.ingest_jobs.set_fetched
            await self._executors.run_db(set_fetched, job.key, article.as_record(), utcnow())
            self._add_worker.wake()

    async def _add_due(self) -> bool:
        """Add a batch of the articles that are due; if there are none, it is time to announce.
        Returns whether there were any."""
        try:
            async with self._lock:
                batch = await self._executors.run_db(
                    self._storage.ingest_jobs.due_articles, utcnow(), ADD_BATCH_SIZE
                )
            if batch:
                await self._add(batch)
        except Exception as error:
            # The storage failed, so that nobody may wait for jobs that it cannot return.
            for waiter in self._waiters.values():
                _set_exception(waiter, error)
            raise
        if not batch:
            self._announce_worker.wake_if_due()
        return bool(batch)

    async def _announce_pending(self) -> bool:
        await self._announce()
        return False

    async def _add(self, batch: Sequence[IngestJob]) -> None:
        """Add the articles of jobs to the library."""
        try:
            prepared = await self._executors.run_db(self._prepare, batch)
            articles = [article for _, article in prepared if article is not None]
            additions = await self._executors.run_exclusive(
                lambda: list(self._library.add_all(articles))
            )
        except Exception as error:
            if len(batch) == 1:
                await self._handle_failure(batch[0], error)
            else:  # one by one, to find the job that fails
                for job in batch:
                    await self._add([job])
            return
        remaining = iter(additions)
        for job, article in prepared:
            if article is not None:
                await self._complete(job, next(remaining))
            else:
                await self._executors.run_db(self._storage.ingest_jobs.delete, [job.key])

    def _prepare(self, batch: Sequence[IngestJob]) -> list[tuple[IngestJob, Article | None]]:
        """Jobs with their articles as they may be added; see ``article_to_add``.

        What an article of a feed may replace depends on what was added before, so a feed's job for
        an article that is in the batch already is left out; it remains due.
        """
        prepared: list[tuple[IngestJob, Article | None]] = []
        ids = set()
        for job in batch:
            article = _article_from_job(job)
            if job.feed_key is None:
                prepared.append((job, article))
            elif article.id not in ids:
                added = article_to_add(self._library, self._storage, job, article)
                prepared.append((job, added))
            ids.add(article.id)
        return prepared

    async def _complete(self, job: IngestJob, addition: Addition) -> None:
        """Delete a job whose article has been added, and pass the result to its waiter."""
        waiter = self._waiters.get(job.key)
        if waiter is not None and not waiter.done():
            waiter.set_result(addition)
        published = last_moment(addition.article.published)
        replaced = await self._executors.run_db(
            self._storage.ingest_jobs.complete,
            job,
            addition.article.id,
            announce=addition.change == "added" and is_news(published, utcnow()),
            published=published,
        )
        if replaced is not None:
            await self._executors.run_db(remove_replaced, self._library, replaced, addition.article)
        if job.feed_key is not None and addition.change != "unchanged":
            log.info("%s “%s”", addition.change, addition.article.title)

    async def _handle_failure(self, job: IngestJob, error: Exception) -> None:
        """Reschedule a job, or let it fail for good."""
        if isinstance(error, DatelineError):
            reason = str(error)
        else:
            reason = f"{job.name}: {INTERNAL_ERROR}."
            log.error("%s", reason, exc_info=error)
        is_permanent = isinstance(error, SourceError) and not isinstance(error, UnreachableError)
        jobs = self._storage.ingest_jobs
        if is_permanent or job.attempts >= len(BACKOFF):
            log.warning("“%s” failed for good: %s", job.name, reason)
            await self._executors.run_db(jobs.fail, job.key, utcnow(), reason)
        else:
            retry_after = error.retry_after if isinstance(error, UnreachableError) else None
            next_attempt_at = utcnow() + backoff(job.attempts, retry_after)
            log.warning("“%s” is tried again later: %s", job.name, reason)
            await self._executors.run_db(jobs.reschedule, job.key, next_attempt_at, reason)
        if (waiter := self._waiters.get(job.key)) is not None:
            _set_exception(waiter, error)


def _article_from_job(job: IngestJob) -> Article:
    """Validate the article of a job. Raises ArticleError if it is not valid."""
    return make_article(job.name, job.collection, **job.record)


def _limit_per_host(links: Sequence[IngestJob]) -> Iterator[IngestJob]:
    """The links that may be fetched concurrently, in total and for each host."""
    count_by_host: Counter[str | None] = Counter()
    for job in links:
        host = urlsplit(job.link or "").hostname
        if count_by_host.total() == MAX_CONCURRENT_FETCHES:
            return
        if count_by_host[host] < MAX_CONCURRENT_FETCHES_PER_HOST:
            count_by_host[host] += 1
            yield job


def _set_exception(waiter: "asyncio.Future[Addition]", error: Exception) -> None:
    if not waiter.done():
        waiter.set_exception(error)


def _discard(waiter: "asyncio.Future[Addition]") -> None:
    """Cancel a future. Its exception is retrieved first, or asyncio would log that it was not."""
    if waiter.done() and not waiter.cancelled():
        waiter.exception()
    waiter.cancel()
