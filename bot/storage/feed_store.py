"""Followed feeds, the entries seen in them, and pending announcements."""

import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import datetime, timedelta
from typing import Any

from bot.storage.ingest_jobs import IngestJob, insert_jobs
from bot.storage.rows import RowDecoder
from bot.storage.timestamps import timestamp
from index.store.sqlite.database import Database

COLUMNS = (
    "key, collection, url, title, person, channel, validators, checked_at, failures,"
    " failing_since, reason, reported"
)
"""The columns of the attributes of a followed feed, in their order."""

ENTRY_RETENTION = timedelta(days=90)
"""How long an entry is stored after it was last in the feed; within that time it may reappear
without being new."""


@dataclass(frozen=True, slots=True)
class FollowedFeed:
    """A followed feed and its state.

    Args:
        user_id: the user who added it; None for feeds of the operator (the setting FEEDS).
        channel_id: the channel where its new articles are announced, if any.
        validators: the headers for the next conditional request.
        checked_at: when (UTC) it was last polled successfully; None: never.
        failures: the number of failed polls since then.
        failing_since: when (UTC) the first of these was.
        reason: why the last poll failed.
        reported: whether the failures have been reported.
    """

    key: int
    collection: str
    url: str
    title: str
    user_id: int | None
    channel_id: int | None
    validators: Mapping[str, str]
    checked_at: datetime | None
    failures: int
    failing_since: datetime | None
    reason: str | None
    reported: bool


@dataclass(frozen=True, slots=True)
class SeenEntry:
    """An entry of a feed.

    Args:
        key, digest: see ``index.sources.feed.Entry``.
        page: the URL of its page; None if it has no page of its own.
    """

    key: str
    digest: str
    page: str | None


class FeedStore:
    """The feeds of all collections. Times are UTC."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def add(
        self,
        collection: str,
        url: str,
        title: str,
        now: datetime,
        user_id: int | None = None,
        channel_id: int | None = None,
    ) -> FollowedFeed:
        """Follow a feed, which is due now. If it is already followed, only ``channel_id`` is
        updated, if given."""
        condition, values = "collection = ? AND url = ?", (collection, url)
        with self._database.transaction() as tx:
            if not self._select(condition, values):  # not even one that is damaged may remain
                tx.execute(f"DELETE FROM feeds WHERE {condition}", values)
            tx.execute(
                "INSERT INTO feeds (collection, url, title, person, channel, due_at, followed_at)"
                " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?6)"
                " ON CONFLICT (collection, url) DO UPDATE SET"
                " channel = coalesce(excluded.channel, channel)",
                (collection, url, title, user_id, channel_id, timestamp(now)),
            )
            (feed,) = self._select(condition, values)
        return feed

    def move(self, feed: FollowedFeed, url: str) -> FollowedFeed:
        """Record that a feed has another URL from now on, and return it.

        If its collection follows that one as well, the two become one feed, which has the entries,
        jobs and announcements of both. A feed that is no longer followed is returned as it is.
        """
        with self._database.transaction() as tx:
            if not self._select("key = ?", (feed.key,)):
                return feed
            same = "SELECT key FROM feeds WHERE collection = ? AND url = ?"
            for (other,) in tx.execute(same, (feed.collection, url)).fetchall():
                for table in ("feed_entries", "arrivals", "announcements", "former_addresses"):
                    statement = f"UPDATE OR IGNORE {table} SET feed = ? WHERE feed = ?"
                    tx.execute(statement, (feed.key, other))
                tx.execute(
                    "UPDATE feeds SET channel = coalesce(channel,"
                    " (SELECT channel FROM feeds WHERE key = ?)) WHERE key = ?",
                    (other, feed.key),
                )
                tx.execute("DELETE FROM feeds WHERE key = ?", (other,))
            tx.execute(
                "INSERT OR IGNORE INTO former_addresses (feed, url)"
                " SELECT key, url FROM feeds WHERE key = ? AND url <> ?",
                (feed.key, url),
            )
            tx.execute("UPDATE feeds SET url = ? WHERE key = ?", (url, feed.key))
            (moved,) = self._select("key = ?", (feed.key,))
        return moved

    def addresses(self, collection: str) -> set[str]:
        """The URLs of the feeds of a collection, those before they moved included."""
        return {url for _, url in self._addresses(collection)}

    def set_channel(self, key: int, channel_id: int | None) -> None:
        """Set the channel where new articles of a feed are announced; None: nowhere."""
        with self._database.transaction() as tx:
            tx.execute("UPDATE feeds SET channel = ? WHERE key = ?", (channel_id, key))

    def in_collection(self, collection: str) -> list[FollowedFeed]:
        """The feeds of a collection, ordered by title."""
        return self._select("collection = ? ORDER BY casefold(title), key", (collection,))

    def due(self, now: datetime) -> list[FollowedFeed]:
        """The feeds that are due to be polled, longest overdue first."""
        return self._select("due_at <= ? ORDER BY due_at, key", (timestamp(now),))

    def new_or_changed(self, key: int, entries: Collection[SeenEntry]) -> set[str]:
        """The keys of the entries that are new or edited. An entry whose digest is stored under
        another key is not new: only its key has changed."""
        rows = self._database.read("SELECT entry, digest FROM feed_entries WHERE feed = ?", (key,))
        known = dict(rows)
        digests = set(known.values())
        return {
            entry.key
            for entry in entries
            if known.get(entry.key) != entry.digest
            and (entry.key in known or entry.digest not in digests)
        }

    def article_of_entry(self, key: int | None, entry_key: str | None) -> tuple[str | None, bool]:
        """The id of the article that an entry of a feed has in the library, if any, and whether the
        entry has an id, instead of being identified by its link alone."""
        found = self._database.read(
            "SELECT article, entry IS NOT page FROM feed_entries WHERE feed = ? AND entry = ?",
            (key, entry_key),
        )
        return (found[0][0], bool(found[0][1])) if found else (None, False)

    def record_poll(
        self,
        feed: FollowedFeed,
        entries: Collection[SeenEntry],
        jobs: Sequence[IngestJob],
        *,
        title: str,
        validators: Mapping[str, str],
        now: datetime,
        next_poll_at: datetime,
    ) -> list[int]:
        """Record a successful poll, with the entries of the feed and jobs, in one transaction.

        Returns:
            The keys of the jobs; empty if the feed is no longer followed.
        """
        with self._database.transaction() as tx:
            updated = tx.execute(
                "UPDATE feeds SET title = ?, validators = ? WHERE key = ?",
                (title, json.dumps(dict(validators)), feed.key),
            )
            if not updated.rowcount:
                return []
            tx.executemany(
                "INSERT INTO feed_entries (feed, entry, digest, page, seen_at, article)"
                " VALUES (?1, ?2, ?3, ?4, ?5,"
                " (SELECT article FROM feed_entries WHERE feed = ?1 AND digest = ?3))"
                " ON CONFLICT DO UPDATE SET digest = excluded.digest, page = excluded.page,"
                " seen_at = excluded.seen_at",
                [
                    (feed.key, entry.key, entry.digest, entry.page, timestamp(now))
                    for entry in entries
                ],
            )
            tx.execute(
                "DELETE FROM feed_entries WHERE feed = ? AND seen_at < ?",
                (feed.key, timestamp(now - ENTRY_RETENTION)),
            )
            _record_success(tx, feed.key, now, next_poll_at)
            return insert_jobs(tx, jobs, now)

    def record_unchanged(self, key: int, now: datetime, next_poll_at: datetime) -> None:
        """Record that a feed was polled and has not changed."""
        with self._database.transaction() as tx:
            _record_success(tx, key, now, next_poll_at)

    def record_failure(self, key: int, reason: str, now: datetime, next_poll_at: datetime) -> None:
        """Record a failed poll."""
        with self._database.transaction() as tx:
            tx.execute(
                "UPDATE feeds SET failures = failures + 1, reason = ?, due_at = ?,"
                " failing_since = coalesce(failing_since, ?) WHERE key = ?",
                (reason, timestamp(next_poll_at), timestamp(now), key),
            )

    def unreported_failures(self, since: datetime) -> list[FollowedFeed]:
        """The feeds that have been failing since a time or longer, not yet reported."""
        return self._select("failing_since <= ? AND NOT reported", (timestamp(since),))

    def mark_reported(self, key: int) -> None:
        """Record that the failures of a feed have been reported."""
        with self._database.transaction() as tx:
            tx.execute("UPDATE feeds SET reported = 1 WHERE key = ?", (key,))

    def delete(self, key: int) -> None:
        """Stop following a feed; its entries, jobs and announcements are deleted too."""
        with self._database.transaction() as tx:
            tx.execute("DELETE FROM feeds WHERE key = ?", (key,))

    def delete_collection(self, collection: str) -> None:
        """Stop following all feeds of a collection."""
        with self._database.transaction() as tx:
            tx.execute("DELETE FROM feeds WHERE collection = ?", (collection,))

    def keep_only(self, collection: str, urls: Collection[str]) -> None:
        """Stop following the feeds of a collection that never had a URL in ``urls``."""
        addresses = self._addresses(collection)
        kept = {key for key, url in addresses if url in urls}
        for key in {key for key, _ in addresses} - kept:
            self.delete(key)

    def pending_announcements(self, now: datetime) -> list[tuple[FollowedFeed, list[str]]]:
        """Feeds with the ids of their articles to be announced, in order.

        A channel is skipped while more articles for it are due, so that it gets one message.
        """
        pending: dict[int, list[str]] = {}
        with self._database.snapshot():
            feeds = {feed.key: feed for feed in self._select("channel IS NOT NULL", ())}
            busy_channels = self._database.read(
                "SELECT DISTINCT channel FROM arrivals JOIN feeds ON feeds.key = feed"
                " WHERE failed_at IS NULL AND arrivals.due_at <= ?",
                (timestamp(now),),
            )
            for key, article_id in self._database.read(
                "SELECT feed, article FROM announcements ORDER BY key"
            ):
                if key in feeds and (feeds[key].channel_id,) not in busy_channels:
                    pending.setdefault(key, []).append(article_id)
        return [(feeds[key], article_ids) for key, article_ids in pending.items()]

    def mark_announced(self, key: int, article_ids: Sequence[str]) -> None:
        """Record that articles of a feed need no announcement any longer."""
        with self._database.transaction() as tx:
            tx.executemany(
                "DELETE FROM announcements WHERE feed = ? AND article = ?",
                [(key, article_id) for article_id in article_ids],
            )

    def _addresses(self, collection: str) -> list[tuple[int, str]]:
        """The keys of the feeds of a collection with each of their URLs, present and former."""
        return self._database.read(
            "SELECT key, url FROM feeds WHERE collection = ?1 UNION"
            " SELECT feed, former_addresses.url FROM former_addresses JOIN feeds ON key = feed"
            " WHERE collection = ?1",
            (collection,),
        )

    def _select(self, condition: str, values: tuple[Any, ...]) -> list[FollowedFeed]:
        found = self._database.read(f"SELECT {COLUMNS} FROM feeds WHERE {condition}", values)
        return _decoder.decode_all(found)


_decoder = RowDecoder(
    FollowedFeed, "feed", [field.name for field in fields(FollowedFeed)], ("validators",)
)


def _record_success(tx: Any, key: int, now: datetime, next_poll_at: datetime) -> None:
    tx.execute(
        "UPDATE feeds SET checked_at = ?, due_at = ?, failures = 0, failing_since = NULL,"
        " reason = NULL, reported = 0 WHERE key = ?",
        (timestamp(now), timestamp(next_poll_at), key),
    )
