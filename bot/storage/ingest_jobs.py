"""The jobs of the ingest queue: articles that are not yet in the library, or links to them."""

import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any

from bot.storage.rows import RowDecoder
from bot.storage.same_story import is_same_story
from bot.storage.timestamps import timestamp
from index.store.sqlite.database import Database

COLUMNS = "collection, link, record, feed, entry, tries, reason, failed_at, key"
"""The columns of the attributes of a job, in their order."""


@dataclass(frozen=True, slots=True)
class IngestJob:
    """An article to be added to a collection, or a link to one.

    Args:
        link: the page to be fetched; None if ``record`` has the article.
        record: the article (``Article.as_record``), or the metadata that is known about a link.
        feed_key, entry_key: the feed and the entry from which it comes, if any.
        attempts: the number of failed attempts.
        reason: why the last attempt failed.
        failed_at: when (UTC) the job failed for good; None while it is queued.
        key: assigned when the job is stored.
    """

    collection: str
    link: str | None
    record: Mapping[str, Any]
    feed_key: int | None = None
    entry_key: str | None = None
    attempts: int = 0
    reason: str | None = None
    failed_at: datetime | None = None
    key: int = 0

    @property
    def name(self) -> str:
        """The title of the article, or its link if the title is unknown."""
        return str(self.record.get("title") or self.link)


class IngestJobs:
    """The stored jobs. Times are UTC."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def add(self, jobs: Sequence[IngestJob], next_attempt_at: datetime) -> list[int]:
        """Store jobs that become due at ``next_attempt_at``; returns their keys. See also
        ``insert_jobs``."""
        with self._database.transaction() as tx:
            return insert_jobs(tx, jobs, next_attempt_at)

    def due_links(self, now: datetime, limit: int) -> list[IngestJob]:
        """Due jobs with a link, in the order of ``due_articles``."""
        return self._due("link IS NOT NULL", now, limit)

    def due_articles(self, now: datetime, limit: int) -> list[IngestJob]:
        """Due jobs with an article. Those from users come before those from feeds, and collections
        take turns, so that a large batch for one does not delay the others."""
        return self._due("link IS NULL", now, limit)

    def _due(self, condition: str, now: datetime, limit: int) -> list[IngestJob]:
        found = self._database.read(
            "WITH due AS (SELECT key AS number, feed IS NOT NULL AS of_feed, row_number() OVER"
            " (PARTITION BY collection, feed IS NOT NULL ORDER BY key) AS turn"
            f" FROM arrivals WHERE {condition} AND failed_at IS NULL AND due_at <= ?"
            " ORDER BY of_feed, turn, number LIMIT ?)"
            f" SELECT {COLUMNS} FROM due JOIN arrivals ON key = number"
            " ORDER BY of_feed, turn, number",
            (timestamp(now), limit),
        )
        return _decoder.decode_all(found)

    def set_fetched(self, key: int, record: Mapping[str, Any], now: datetime) -> None:
        """Replace the link of a job by the fetched article, which is due now."""
        with self._database.transaction() as tx:
            tx.execute(
                "UPDATE arrivals SET link = NULL, record = ?, tries = 0, due_at = ? WHERE key = ?",
                (json.dumps(record), timestamp(now), key),
            )

    def reschedule(self, key: int, next_attempt_at: datetime, reason: str) -> None:
        """Record a failed attempt and the time of the next one."""
        with self._database.transaction() as tx:
            tx.execute(
                "UPDATE arrivals SET tries = tries + 1, due_at = ?, reason = ? WHERE key = ?",
                (timestamp(next_attempt_at), reason, key),
            )

    def fail(self, key: int, now: datetime, reason: str) -> None:
        """Record that a job has failed for good; only ``retry`` makes it due again."""
        with self._database.transaction() as tx:
            tx.execute(
                "UPDATE arrivals SET tries = tries + 1, failed_at = ?, reason = ? WHERE key = ?",
                (timestamp(now), reason, key),
            )

    def complete(
        self,
        job: IngestJob,
        article_id: str,
        announce: bool,
        published: datetime | None = None,
    ) -> str | None:
        """Delete a job whose article has been added.

        Args:
            article_id: the id of the article in the library.
            announce: whether to announce it in the channel of its feed, if the feed has one.
            published: the last moment (UTC) at which it may have been published, if known. It is
                not announced if it was published before its feed was followed.

        Returns:
            The id of the article that the feed entry had before, if it is a different one that
            a feed has added and no other entry has.
        """
        replaced = None
        with self._database.transaction() as tx:
            tx.execute("DELETE FROM arrivals WHERE key = ?", (job.key,))
            if job.feed_key is None:
                tx.execute("DELETE FROM feed_articles WHERE article = ?", (article_id,))
            entry = (job.feed_key, job.entry_key)
            found = tx.execute(
                "SELECT article FROM feed_entries WHERE feed = ? AND entry = ?", entry
            ).fetchone()
            tx.execute(
                "UPDATE feed_entries SET article = ? WHERE feed = ? AND entry = ?",
                (article_id, *entry),
            )
            if found and found[0] != article_id:
                (replaced,) = found
                (may_be_removed,) = tx.execute(
                    "SELECT EXISTS (SELECT 1 FROM feed_articles WHERE article = ?1)"
                    " AND NOT EXISTS (SELECT 1 FROM feed_entries WHERE article = ?1)",
                    (replaced,),
                ).fetchone()
                replaced = replaced if may_be_removed else None
            if announce:
                tx.execute(
                    "INSERT OR IGNORE INTO announcements (feed, article)"
                    " SELECT key, ?1 FROM feeds WHERE key = ?2 AND channel IS NOT NULL"
                    " AND (?3 IS NULL OR followed_at IS NULL OR followed_at <= ?3)",
                    (article_id, job.feed_key, timestamp(published) if published else None),
                )
        return replaced

    def count(self, collections: Collection[str]) -> tuple[int, int]:
        """The numbers of queued and of failed jobs of some collections."""
        queued, failed = self._database.read(
            "SELECT count(*) FILTER (WHERE failed_at IS NULL),"
            " count(*) FILTER (WHERE failed_at IS NOT NULL)"
            f" FROM arrivals WHERE collection IN ({_placeholders(collections)})",
            tuple(collections),
        )[0]
        return queued, failed

    def failed(self, collections: Collection[str], limit: int, offset: int = 0) -> list[IngestJob]:
        """Failed jobs of some collections, latest failure first."""
        return self._select(
            f"collection IN ({_placeholders(collections)}) AND failed_at IS NOT NULL"
            " ORDER BY failed_at DESC, key DESC LIMIT ? OFFSET ?",
            (*collections, limit, offset),
        )

    def retry(self, collections: Collection[str], now: datetime, key: int | None = None) -> int:
        """Make failed jobs of some collections, or only the one with ``key``, due again; returns
        their number."""
        with self._database.transaction() as tx:
            return tx.execute(
                "UPDATE arrivals SET failed_at = NULL, tries = 0, due_at = ?"
                f" WHERE collection IN ({_placeholders(collections)}) AND failed_at IS NOT NULL"
                " AND key = coalesce(?, key)",
                (timestamp(now), *collections, key),
            ).rowcount

    def delete_failed(self, collections: Collection[str]) -> int:
        """Delete the failed jobs of some collections; returns their number."""
        with self._database.transaction() as tx:
            return tx.execute(
                f"DELETE FROM arrivals WHERE collection IN ({_placeholders(collections)})"
                " AND failed_at IS NOT NULL",
                tuple(collections),
            ).rowcount

    def delete(self, keys: Collection[int]) -> None:
        """Delete jobs by their keys."""
        with self._database.transaction() as tx:
            tx.executemany("DELETE FROM arrivals WHERE key = ?", [(key,) for key in keys])

    def delete_collection(self, collection: str) -> None:
        """Delete all jobs of a collection."""
        with self._database.transaction() as tx:
            tx.execute("DELETE FROM arrivals WHERE collection = ?", (collection,))

    def purge(self, before: datetime) -> None:
        """Delete the jobs that failed before a time."""
        with self._database.transaction() as tx:
            tx.execute("DELETE FROM arrivals WHERE failed_at < ?", (timestamp(before),))

    def _select(self, condition: str, values: tuple[Any, ...]) -> list[IngestJob]:
        found = self._database.read(f"SELECT {COLUMNS} FROM arrivals WHERE {condition}", values)
        return _decoder.decode_all(found)


def insert_jobs(tx: Any, jobs: Sequence[IngestJob], next_attempt_at: datetime) -> list[int]:
    """Store jobs within a transaction, replacing those for the same feed entry or link; returns
    their keys. A job for another story, whose id its feed has reused, is not replaced."""
    keys = []
    for job in jobs:
        if job.feed_key is None and job.link is not None:
            same_link = (job.collection, job.link)
            tx.execute(
                "DELETE FROM arrivals WHERE collection = ? AND link = ? AND feed IS NULL",
                same_link,
            )
        for key, link, record in tx.execute(
            "SELECT key, link, record FROM arrivals WHERE feed = ? AND entry = ?",
            (job.feed_key, job.entry_key),
        ).fetchall():
            if not is_same_story({"url": link} | _record(record), {"url": job.link, **job.record}):
                tx.execute("UPDATE arrivals SET entry = NULL WHERE key = ?", (key,))
        cursor = tx.execute(
            "INSERT OR REPLACE INTO arrivals"
            " (collection, link, record, feed, entry, tries, due_at, reason, failed_at)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                job.collection,
                job.link,
                json.dumps(job.record),
                job.feed_key,
                job.entry_key,
                job.attempts,
                timestamp(next_attempt_at),
                job.reason,
                timestamp(job.failed_at) if job.failed_at else None,
            ),
        )
        keys.append(cursor.lastrowid)
    return keys


_decoder = RowDecoder(
    IngestJob, "queued job", [field.name for field in fields(IngestJob)], ("record",)
)


def _record(stored: str) -> dict[str, Any]:
    """A stored record; empty if it is damaged."""
    try:
        return dict(json.loads(stored))
    except (ValueError, TypeError, RecursionError):
        return {}


def _placeholders(values: Collection[str]) -> str:
    return ", ".join("?" * len(values))
