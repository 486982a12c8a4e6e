"""Articles that are on their way into the library."""

import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from index.store.sqlite.database import Database

FIELDS = "key, collection, link, record, feed, entry, tries, reason, failed_at"


@dataclass(frozen=True, slots=True)
class Arrival:
    """An article that is to be added, or a link to one.

    Args:
        link: what is to be fetched; None: the article is here.
        record: the article (``Article.as_record``) or, of a link, what is known of it.
        feed: the feed that it comes from, by its key, and its entry there.
        tries: how many have failed.
        reason: of the last failure.
        failed_at: since when (UTC) it is set aside; None: it waits.
        key: given to it when it is put into the queue.
    """

    collection: str
    link: str | None
    record: Mapping[str, Any]
    feed: int | None = None
    entry: str | None = None
    tries: int = 0
    reason: str | None = None
    failed_at: datetime | None = None
    key: int = 0

    @property
    def name(self) -> str:
        """What people know it by: its title or its address."""
        return str(self.record.get("title") or self.link)


class Arrivals:
    """The queue of arrivals. Moments are UTC."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def add(self, arrivals: Sequence[Arrival], due: datetime) -> list[int]:
        """Put arrivals into the queue, to be tried from a moment on; returns their keys."""
        with self._database.transaction() as tx:
            return add_arrivals(tx, arrivals, due)

    def due_links(self, now: datetime, limit: int) -> list[Arrival]:
        """Links that are to be fetched by now; see ``due_articles`` for their order."""
        return self._due("link IS NOT NULL", now, limit)

    def due_articles(self, now: datetime, limit: int) -> list[Arrival]:
        """Articles that are to be added by now: those that people gave before those of feeds, and
        each collection in its turn, so that one with many does not hold up the others."""
        return self._due("link IS NULL", now, limit)

    def _due(self, condition: str, now: datetime, limit: int) -> list[Arrival]:
        found = self._database.read(
            "WITH due AS (SELECT key AS number, feed IS NOT NULL AS of_feed, row_number() OVER"
            " (PARTITION BY collection, feed IS NOT NULL ORDER BY key) AS turn"
            f" FROM arrivals WHERE {condition} AND failed_at IS NULL AND due_at <= ?"
            " ORDER BY of_feed, turn, number LIMIT ?)"
            f" SELECT {FIELDS} FROM due JOIN arrivals ON key = number"
            " ORDER BY of_feed, turn, number",
            (moment(now), limit),
        )
        return [_arrival(*row) for row in found]

    def fetched(self, key: int, record: Mapping[str, Any], now: datetime) -> None:
        """A link's article is here, and can be added."""
        with self._database.transaction() as tx:
            tx.execute(
                "UPDATE arrivals SET link = NULL, record = ?, tries = 0, due_at = ? WHERE key = ?",
                (json.dumps(record), moment(now), key),
            )

    def later(self, key: int, due: datetime, reason: str) -> None:
        """A try failed, and there will be another one."""
        with self._database.transaction() as tx:
            tx.execute(
                "UPDATE arrivals SET tries = tries + 1, due_at = ?, reason = ? WHERE key = ?",
                (moment(due), reason, key),
            )

    def set_aside(self, key: int, now: datetime, reason: str) -> None:
        """There will be no further try, unless somebody wants it."""
        with self._database.transaction() as tx:
            tx.execute(
                "UPDATE arrivals SET tries = tries + 1, failed_at = ?, reason = ? WHERE key = ?",
                (moment(now), reason, key),
            )

    def done(self, arrival: Arrival, article: str, announce: bool) -> str | None:
        """It is in the library.

        Args:
            article: its id there.
            announce: whether it is new, and to be told of where its feed's articles are.

        Returns:
            The id of the article that its feed's entry was before, if it was another one and no
            other entry is that.
        """
        before = None
        with self._database.transaction() as tx:
            tx.execute("DELETE FROM arrivals WHERE key = ?", (arrival.key,))
            entry = (arrival.feed, arrival.entry)
            found = tx.execute(
                "SELECT article FROM feed_entries WHERE feed = ? AND entry = ?", entry
            ).fetchone()
            tx.execute(
                "UPDATE feed_entries SET article = ? WHERE feed = ? AND entry = ?",
                (article, *entry),
            )
            if found and found[0] != article:
                (before,) = found
                (others,) = tx.execute(
                    "SELECT count(*) FROM feed_entries WHERE article = ?", (before,)
                ).fetchone()
                before = None if others else before
            if announce:
                tx.execute(
                    "INSERT OR IGNORE INTO announcements (feed, article)"
                    " SELECT key, ? FROM feeds WHERE key = ? AND channel IS NOT NULL",
                    (article, arrival.feed),
                )
        return before

    def count(self, collections: Collection[str]) -> tuple[int, int]:
        """How many wait, and how many are set aside, in some collections."""
        waiting, failed = self._database.read(
            "SELECT count(*) FILTER (WHERE failed_at IS NULL),"
            " count(*) FILTER (WHERE failed_at IS NOT NULL)"
            f" FROM arrivals WHERE collection IN ({_marks(collections)})",
            tuple(collections),
        )[0]
        return waiting, failed

    def failed(self, collections: Collection[str], limit: int, offset: int = 0) -> list[Arrival]:
        """Those that are set aside, the latest first."""
        return self._some(
            f"collection IN ({_marks(collections)}) AND failed_at IS NOT NULL"
            " ORDER BY failed_at DESC, key DESC LIMIT ? OFFSET ?",
            (*collections, limit, offset),
        )

    def retry(self, collections: Collection[str], now: datetime, key: int | None = None) -> int:
        """Try those that are set aside again, or one of them; returns how many they are."""
        with self._database.transaction() as tx:
            return tx.execute(
                "UPDATE arrivals SET failed_at = NULL, tries = 0, due_at = ?"
                f" WHERE collection IN ({_marks(collections)}) AND failed_at IS NOT NULL"
                " AND key = coalesce(?, key)",
                (moment(now), *collections, key),
            ).rowcount

    def drop(self, collections: Collection[str]) -> int:
        """Forget those that are set aside; returns how many they were."""
        with self._database.transaction() as tx:
            return tx.execute(
                f"DELETE FROM arrivals WHERE collection IN ({_marks(collections)})"
                " AND failed_at IS NOT NULL",
                tuple(collections),
            ).rowcount

    def remove(self, keys: Collection[int]) -> None:
        """Forget some that need not be added any more."""
        with self._database.transaction() as tx:
            tx.executemany("DELETE FROM arrivals WHERE key = ?", [(key,) for key in keys])

    def forget(self, collection: str) -> None:
        """Forget all that was to be added to a collection."""
        with self._database.transaction() as tx:
            tx.execute("DELETE FROM arrivals WHERE collection = ?", (collection,))

    def forget_before(self, when: datetime) -> None:
        """Forget what was set aside before a moment."""
        with self._database.transaction() as tx:
            tx.execute("DELETE FROM arrivals WHERE failed_at < ?", (moment(when),))

    def _some(self, condition: str, values: tuple[Any, ...]) -> list[Arrival]:
        found = self._database.read(f"SELECT {FIELDS} FROM arrivals WHERE {condition}", values)
        return [_arrival(*row) for row in found]


def add_arrivals(tx: Any, arrivals: Sequence[Arrival], due: datetime) -> list[int]:
    """``Arrivals.add`` within a transaction. What a feed's entry said before is replaced, and so
    is the same link."""
    keys = []
    for arrival in arrivals:
        if arrival.feed is None and arrival.link is not None:
            again = (arrival.collection, arrival.link)
            tx.execute(
                "DELETE FROM arrivals WHERE collection = ? AND link = ? AND feed IS NULL", again
            )
        cursor = tx.execute(
            "INSERT OR REPLACE INTO arrivals"
            " (collection, link, record, feed, entry, tries, due_at, reason, failed_at)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                arrival.collection,
                arrival.link,
                json.dumps(arrival.record),
                arrival.feed,
                arrival.entry,
                arrival.tries,
                moment(due),
                arrival.reason,
                moment(arrival.failed_at) if arrival.failed_at else None,
            ),
        )
        keys.append(cursor.lastrowid)
    return keys


def moment(when: datetime) -> str:
    return when.isoformat(timespec="seconds")


def _arrival(
    key: int,
    collection: str,
    link: str | None,
    record: str,
    feed: int | None,
    entry: str | None,
    tries: int,
    reason: str | None,
    failed_at: str | None,
) -> Arrival:
    since = datetime.fromisoformat(failed_at) if failed_at else None
    return Arrival(collection, link, json.loads(record), feed, entry, tries, reason, since, key)


def _marks(values: Collection[str]) -> str:
    return ", ".join("?" * len(values))
