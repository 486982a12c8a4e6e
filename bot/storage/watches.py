"""Watches: questions about which a user gets a message when the answer changes."""

import json
from collections.abc import Collection, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime

from bot.storage.rows import RowDecoder
from bot.storage.timestamps import timestamp
from index.store.sqlite.database import Database

FIELDS = {
    "key": "key",
    "server": "guild_id",
    "person": "user_id",
    "channel": "channel_id",
    "question": "question",
    "mark": "mark",
    "known": "known",
    "paused": "paused",
    "unreachable": "unreachable",
    "created_at": "created_at",
}
"""The attributes of a watch, by column."""

COLUMNS = ", ".join(FIELDS)


@dataclass(frozen=True, slots=True)
class QuotedPlace:
    """Where an answer stands: the passage with its highlights, without a word of the article.

    Args:
        version: the first digits of the article's ``content_hash``.
        highlights: as in ``index.Passage``.
    """

    article_id: str
    start: int
    end: int
    version: str
    highlights: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Watch:
    """A watched question.

    Args:
        guild_id: the server where it was set up, whose articles it searches; None for a direct
            message.
        user_id: who set it up.
        channel_id: where alarms are posted; None: they are sent to the user.
        mark: the position in the library's log of changes up to which it has been checked.
        known: the answer so far; None without one.
        unreachable: whether it is paused because Discord did not take an alarm.
        created_at: when it was set up (UTC).
        key: 0 until it is stored.
    """

    guild_id: int | None
    user_id: int
    channel_id: int | None
    question: str
    mark: str
    created_at: datetime
    known: QuotedPlace | None = None
    paused: bool = False
    unreachable: bool = False
    key: int = 0


@dataclass(frozen=True, slots=True)
class WatchAlarm:
    """A change of an answer about which a message is to be sent.

    Args:
        old: the answer before; None without one.
        found_at: when the change was found (UTC).
    """

    key: int
    watch: int
    old: QuotedPlace | None
    new: QuotedPlace
    found_at: datetime


class Watches:
    """The watches, and their alarms that are to be sent."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def add(self, watch: Watch) -> int:
        """Store a watch; returns its key."""
        row = (
            watch.guild_id,
            watch.user_id,
            watch.channel_id,
            watch.question,
            watch.mark,
            _json(watch.known),
            timestamp(watch.created_at),
        )
        with self._database.transaction() as tx:
            inserted = tx.execute(
                "INSERT INTO watches (server, person, channel, question, mark, known, created_at)"
                " VALUES (?, ?, ?, ?, ?, ?, ?)",
                row,
            )
        assert inserted.lastrowid is not None
        return inserted.lastrowid

    def get(self, key: int) -> Watch | None:
        """The watch with a key; None if it was removed."""
        found = self._select("key = ?", key)
        return found[0] if found else None

    def of(self, user_id: int, guild_id: int | None = None) -> list[Watch]:
        """The watches of a user and, given a server, those of its channels; oldest first."""
        return self._select(
            "person = ? OR (server = ? AND channel IS NOT NULL)", user_id, guild_id or 0
        )

    def active(self) -> list[Watch]:
        """The watches that are not paused."""
        return self._select("NOT paused")

    def advance(self, keys: Collection[int], mark: str) -> None:
        """Record how far watches have been checked."""
        with self._database.transaction() as tx:
            tx.executemany("UPDATE watches SET mark = ? WHERE key = ?", [(mark, k) for k in keys])

    def change(self, watch: Watch, new: QuotedPlace, mark: str, when: datetime) -> None:
        """Record that another passage answers a watch, and that an alarm is due (UTC).

        It is one transaction: a change gives one alarm, even if the bot is killed.
        """
        with self._database.transaction() as tx:
            updated = tx.execute(
                "UPDATE watches SET known = ?, mark = ? WHERE key = ?",
                (_json(new), mark, watch.key),
            )
            if updated.rowcount:
                tx.execute(
                    "INSERT INTO watch_alarms (watch, old, new, found_at) VALUES (?, ?, ?, ?)",
                    (watch.key, _json(watch.known), _json(new), timestamp(when)),
                )

    def pause(self, key: int, *, unreachable: bool = False) -> None:
        """Pause a watch; see ``Watch.unreachable``."""
        with self._database.transaction() as tx:
            tx.execute(
                "UPDATE watches SET paused = 1, unreachable = ? WHERE key = ?", (unreachable, key)
            )

    def resume(self, key: int, mark: str) -> None:
        """Resume a watch; changes before a mark give no alarm."""
        with self._database.transaction() as tx:
            tx.execute(
                "UPDATE watches SET paused = 0, unreachable = 0, mark = ? WHERE key = ? AND paused",
                (mark, key),
            )

    def remove(self, key: int) -> None:
        """Delete a watch and its alarms."""
        with self._database.transaction() as tx:
            tx.execute("DELETE FROM watches WHERE key = ?", (key,))

    def pending(self) -> list[tuple[Watch, list[WatchAlarm]]]:
        """The watches that are not paused and have alarms to be sent, with these alarms, oldest
        first."""
        rows = self._database.read(
            "SELECT key, watch, old, new, found_at FROM watch_alarms WHERE sent_at IS NULL"
            " ORDER BY key"
        )
        by_watch: dict[int, list[WatchAlarm]] = {}
        for alarm in _alarm_decoder.decode_all(rows):
            by_watch.setdefault(alarm.watch, []).append(alarm)
        watches = {watch.key: watch for watch in self.active()} if by_watch else {}
        return [(watches[key], alarms) for key, alarms in by_watch.items() if key in watches]

    def sent_since(self, key: int, since: datetime) -> int:
        """The number of messages sent for a watch since a time (UTC)."""
        ((count,),) = self._database.read(
            "SELECT count(*) FROM watch_alarms WHERE watch = ? AND sent_at >= ?",
            (key, timestamp(since)),
        )
        return int(count)

    def set_sent(self, alarms: Sequence[WatchAlarm], when: datetime) -> None:
        """Record that alarms of a watch were sent in one message (UTC)."""
        last = alarms[-1]
        with self._database.transaction() as tx:
            tx.executemany(
                "DELETE FROM watch_alarms WHERE key = ?", [(alarm.key,) for alarm in alarms[:-1]]
            )
            tx.execute(
                "UPDATE watch_alarms SET sent_at = ? WHERE key = ?", (timestamp(when), last.key)
            )

    def discard(self, alarms: Sequence[WatchAlarm]) -> None:
        """Delete alarms about which no message is needed."""
        with self._database.transaction() as tx:
            tx.executemany("DELETE FROM watch_alarms WHERE key = ?", [(a.key,) for a in alarms])

    def purge(self, before: datetime) -> None:
        """Delete the alarms that were sent before a time (UTC)."""
        with self._database.transaction() as tx:
            tx.execute("DELETE FROM watch_alarms WHERE sent_at < ?", (timestamp(before),))

    def _select(self, condition: str, *values: int) -> list[Watch]:
        rows = self._database.read(
            f"SELECT {COLUMNS} FROM watches WHERE {condition} ORDER BY key", values
        )
        return _decoder.decode_all(rows)


_decoder = RowDecoder(Watch, "watch", list(FIELDS.values()), ("known",))
_alarm_decoder = RowDecoder(
    WatchAlarm, "watch alarm", ("key", "watch", "old", "new", "found_at"), ("old", "new")
)


def _json(place: QuotedPlace | None) -> str | None:
    return None if place is None else json.dumps(asdict(place))
