"""The feeds that are followed, and what has been seen in them."""

import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from bot.storage.ingest_jobs import Arrival, add_arrivals, moment
from index.store.sqlite.database import Database

FIELDS = (
    "key, collection, url, title, person, channel, validators, checked_at, failures,"
    " failing_since, reason, reported"
)
KEPT = timedelta(days=90)
"""How long an entry is known that the feed does not have any more: if it comes back, it is not
new."""


@dataclass(frozen=True, slots=True)
class FollowedFeed:
    """A feed that is followed, and how that goes.

    Args:
        person: who added it; None: the operator, by a setting.
        channel: where its new articles are announced, if anywhere.
        validators: what to send along when it is asked for again.
        checked_at: when (UTC) it was read last; None: never yet.
        failures: tries that failed since.
        failing_since: when (UTC) they began.
        reason: of the last one.
        reported: whether they have been told of.
    """

    key: int
    collection: str
    url: str
    title: str
    person: int | None
    channel: int | None
    validators: Mapping[str, str]
    checked_at: datetime | None
    failures: int
    failing_since: datetime | None
    reason: str | None
    reported: bool


@dataclass(frozen=True, slots=True)
class Seen:
    """What is remembered of a feed's entry; see ``index.sources.feed.Entry``.

    Args:
        page: its address, if no other entry has it.
    """

    key: str
    digest: str
    page: str | None


class Feeds:
    """The feeds of all collections. Moments are UTC."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def add(
        self,
        collection: str,
        url: str,
        title: str,
        now: datetime,
        person: int | None = None,
        channel: int | None = None,
    ) -> FollowedFeed:
        """Follow a feed from now on; of one that is followed, only the channel changes, if there
        is another one."""
        with self._database.transaction() as tx:
            tx.execute(
                "INSERT INTO feeds (collection, url, title, person, channel, due_at)"
                " VALUES (?, ?, ?, ?, ?, ?)"
                " ON CONFLICT (collection, url) DO UPDATE SET"
                " channel = coalesce(excluded.channel, channel)",
                (collection, url, title, person, channel, moment(now)),
            )
        (feed,) = self._some("collection = ? AND url = ?", (collection, url))
        return feed

    def announce(self, key: int, channel: int | None) -> None:
        """Announce a feed's new articles in a channel, or (None) nowhere."""
        with self._database.transaction() as tx:
            tx.execute("UPDATE feeds SET channel = ? WHERE key = ?", (channel, key))

    def of(self, collection: str) -> list[FollowedFeed]:
        """The feeds of a collection, by their titles."""
        return self._some("collection = ? ORDER BY casefold(title), key", (collection,))

    def due(self, now: datetime) -> list[FollowedFeed]:
        """The feeds that are to be asked by now, the longest overdue first."""
        return self._some("due_at <= ? ORDER BY due_at, key", (moment(now),))

    def fresh(self, key: int, entries: Collection[Seen]) -> set[str]:
        """The keys of those entries that are new or were edited. One that only has another key
        than before is neither."""
        rows = self._database.read(
            "SELECT entry, page, digest FROM feed_entries WHERE feed = ?", (key,)
        )
        known = {entry: digest for entry, _, digest in rows}
        pages = {(page, digest) for _, page, digest in rows if page}
        return {
            entry.key
            for entry in entries
            if known.get(entry.key) != entry.digest
            and (entry.key in known or (entry.page, entry.digest) not in pages)
        }

    def read(
        self,
        feed: FollowedFeed,
        entries: Collection[Seen],
        arrivals: Sequence[Arrival],
        *,
        title: str,
        validators: Mapping[str, str],
        now: datetime,
        due: datetime,
    ) -> list[int]:
        """A feed has been read: remember all of its entries, and put those that are to be added
        into the queue, in one go; returns their keys there. Nothing, if it is not followed
        any more."""
        with self._database.transaction() as tx:
            changed = tx.execute(
                "UPDATE feeds SET title = ?, validators = ? WHERE key = ?",
                (title, json.dumps(dict(validators)), feed.key),
            )
            if not changed.rowcount:
                return []
            tx.executemany(
                "INSERT INTO feed_entries (feed, entry, digest, page, seen_at, article)"
                " VALUES (?1, ?2, ?3, ?4, ?5,"
                " (SELECT article FROM feed_entries WHERE feed = ?1 AND page = ?4))"
                " ON CONFLICT DO UPDATE SET digest = excluded.digest, page = excluded.page,"
                " seen_at = excluded.seen_at",
                [(feed.key, entry.key, entry.digest, entry.page, moment(now)) for entry in entries],
            )
            tx.execute(
                "DELETE FROM feed_entries WHERE feed = ? AND seen_at < ?",
                (feed.key, moment(now - KEPT)),
            )
            _checked(tx, feed.key, now, due)
            return add_arrivals(tx, arrivals, now)

    def unchanged(self, key: int, now: datetime, due: datetime) -> None:
        """A feed says that it is as it was."""
        with self._database.transaction() as tx:
            _checked(tx, key, now, due)

    def failed(self, key: int, reason: str, now: datetime, due: datetime) -> None:
        """A feed could not be read."""
        with self._database.transaction() as tx:
            tx.execute(
                "UPDATE feeds SET failures = failures + 1, reason = ?, due_at = ?,"
                " failing_since = coalesce(failing_since, ?) WHERE key = ?",
                (reason, moment(due), moment(now), key),
            )

    def unreported(self, since: datetime) -> list[FollowedFeed]:
        """The feeds that fail since a moment or longer, and of which nobody has been told."""
        return self._some("failing_since <= ? AND NOT reported", (moment(since),))

    def report(self, key: int) -> None:
        """Somebody has been told that a feed fails."""
        with self._database.transaction() as tx:
            tx.execute("UPDATE feeds SET reported = 1 WHERE key = ?", (key,))

    def remove(self, key: int) -> None:
        """Follow a feed no longer, and forget which of its articles were still to be added."""
        with self._database.transaction() as tx:
            tx.execute("DELETE FROM feeds WHERE key = ?", (key,))

    def forget(self, collection: str) -> None:
        """Follow no feed of a collection any more."""
        with self._database.transaction() as tx:
            tx.execute("DELETE FROM feeds WHERE collection = ?", (collection,))

    def keep_only(self, collection: str, urls: Collection[str]) -> None:
        """Follow no feed of a collection but these."""
        for feed in self.of(collection):
            if feed.url not in urls:
                self.remove(feed.key)

    def to_announce(self, now: datetime) -> list[tuple[FollowedFeed, list[str]]]:
        """The ids of the articles that are to be announced, by their feeds, in order; not yet
        where more are to be announced in the same channel that are on their way by now."""
        found: dict[int, list[str]] = {}
        with self._database.snapshot():
            feeds = {feed.key: feed for feed in self._some("channel IS NOT NULL", ())}
            busy = self._database.read(
                "SELECT DISTINCT channel FROM arrivals JOIN feeds ON feeds.key = feed"
                " WHERE failed_at IS NULL AND arrivals.due_at <= ?",
                (moment(now),),
            )
            for key, article in self._database.read(
                "SELECT feed, article FROM announcements ORDER BY key"
            ):
                if key in feeds and (feeds[key].channel,) not in busy:
                    found.setdefault(key, []).append(article)
        return [(feeds[key], articles) for key, articles in found.items()]

    def announced(self, key: int, articles: Sequence[str]) -> None:
        """Articles of a feed have been announced, or never can be."""
        with self._database.transaction() as tx:
            tx.executemany(
                "DELETE FROM announcements WHERE feed = ? AND article = ?",
                [(key, article) for article in articles],
            )

    def _some(self, condition: str, values: tuple[Any, ...]) -> list[FollowedFeed]:
        found = self._database.read(f"SELECT {FIELDS} FROM feeds WHERE {condition}", values)
        return [_feed(*row) for row in found]


def _checked(tx: Any, key: int, now: datetime, due: datetime) -> None:
    tx.execute(
        "UPDATE feeds SET checked_at = ?, due_at = ?, failures = 0, failing_since = NULL,"
        " reason = NULL, reported = 0 WHERE key = ?",
        (moment(now), moment(due), key),
    )


def _feed(key: int, collection: str, url: str, title: str, *rest: Any) -> FollowedFeed:
    person, channel, validators, checked_at, failures, failing_since, reason, reported = rest
    return FollowedFeed(
        key=key,
        collection=collection,
        url=url,
        title=title,
        person=person,
        channel=channel,
        validators=json.loads(validators),
        checked_at=datetime.fromisoformat(checked_at) if checked_at else None,
        failures=failures,
        failing_since=datetime.fromisoformat(failing_since) if failing_since else None,
        reason=reason,
        reported=bool(reported),
    )
