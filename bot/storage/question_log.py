"""Questions, and what they were answered with: what buttons, follow-ups and edits go back to."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Literal

from index.store.sqlite.database import Database

FIELDS = (
    "kind, server, channel, person, asking, answering, question, articles, publisher, since, near,"
    " found, confidence, passages, elapsed_ms, asked_at"
)


@dataclass(frozen=True, slots=True)
class Exchange:
    """A question, and what it was answered with.

    Args:
        kind: "hint", where there was no question in it; "find", where words were looked up;
            "list", where articles were listed.
        server: None in a direct message.
        channel: 0 where only the person sees the answer: nobody else goes on from it.
        asking: the message that asks; None for a command.
        answering: the message that answers; None until it is there.
        articles, publisher, since: what was searched only, as in ``index.Scope``.
        near: the ids of the articles that answered the question before.
        passages: of each that was found, the article's id, start, end and score.
        asked_at: UTC.
    """

    server: int | None
    channel: int
    person: int
    question: str
    asked_at: datetime
    kind: Literal["ask", "hint", "find", "list"] = "ask"
    asking: int | None = None
    answering: int | None = None
    articles: tuple[str, ...] | None = None
    publisher: str | None = None
    since: date | None = None
    near: tuple[str, ...] = ()
    found: bool = False
    confidence: float = 0.0
    passages: tuple[tuple[str, int, int, float], ...] = ()
    elapsed_ms: float = 0.0

    @property
    def about(self) -> tuple[str, ...]:
        """The articles that a question which goes on from this one is about."""
        return tuple(dict.fromkeys(p[0] for p in self.passages)) if self.found else self.near


@dataclass(frozen=True, slots=True)
class Usage:
    """How the bot was used.

    Args:
        median_ms: of the time that answers took; None where nothing was asked.
        helpful: the share of the votes that say so, 0 to 1; None where nobody voted.
    """

    questions: int
    median_ms: float | None
    helpful: float | None


class Exchanges:
    """What was asked and answered, as long as it is remembered."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def add(self, exchange: Exchange) -> int:
        """Remember an exchange, in place of the one with the same asking message; its key."""
        row = _row(exchange)
        marks = ",".join("?" * len(row))
        renewed = FIELDS.replace(" ", "").split(",")
        kept = ", ".join(f"{name} = excluded.{name}" for name in renewed if name != "answering")
        with self._database.transaction() as tx:
            ((key,),) = tx.execute(
                f"INSERT INTO exchanges ({FIELDS}) VALUES ({marks})"
                f" ON CONFLICT (asking) DO UPDATE SET {kept} RETURNING key",
                row,
            ).fetchall()
        return int(key)

    def answered(self, key: int, message: int, channel: int) -> None:
        """Remember the message that answers, and the channel (or thread) where it stands."""
        with self._database.transaction() as tx:
            tx.execute(
                "UPDATE exchanges SET answering = ?, channel = ? WHERE key = ?",
                (message, channel, key),
            )

    def get(self, key: int) -> Exchange | None:
        """The exchange with a key, if it is still remembered."""
        return self._one("key = ?", key)

    def asked_by(self, message: int) -> Exchange | None:
        """The exchange whose question a message is."""
        return self._one("asking = ?", message)

    def answered_by(self, message: int) -> Exchange | None:
        """The exchange whose answer a message is."""
        return self._one("answering = ?", message)

    def last_in(self, channel: int) -> Exchange | None:
        """The last question in a channel, thread or direct message."""
        return self._one("channel = ? AND kind = 'ask' ORDER BY key DESC LIMIT 1", channel)

    def forget_question(self, message: int) -> None:
        """Forget the exchange whose question a message was, and the votes on it."""
        with self._database.transaction() as tx:
            tx.execute("DELETE FROM exchanges WHERE asking = ?", (message,))

    def forget_before(self, when: datetime) -> None:
        """Forget what was asked before a moment (UTC)."""
        with self._database.transaction() as tx:
            tx.execute("DELETE FROM exchanges WHERE asked_at < ?", (_moment(when),))

    def vote(self, key: int, person: int, helpful: bool) -> bool:
        """Count a person's vote on an answer, in place of an earlier one.

        False, and nothing counted, where the exchange is not remembered any more.
        """
        with self._database.transaction() as tx:
            voted = tx.execute(
                "INSERT OR REPLACE INTO votes SELECT key, ?, ? FROM exchanges WHERE key = ?",
                (person, helpful, key),
            )
        return voted.rowcount > 0

    def in_vain(self, limit: int = 10_000) -> list[tuple[Exchange, int, int]]:
        """The questions that found nothing or whose answer was voted down, the latest first, with
        the numbers of votes that say helpful and not."""
        found = self._database.read(
            f"SELECT {FIELDS},"
            " (SELECT coalesce(sum(helpful), 0) FROM votes WHERE exchange = key) AS helped,"
            " (SELECT count(*) FROM votes WHERE exchange = key) AS voted"
            " FROM exchanges WHERE kind = 'ask' AND (NOT found OR helped < voted)"
            " ORDER BY key DESC LIMIT ?",
            (limit,),
        )
        return [(_exchange(fields), helpful, votes - helpful) for *fields, helpful, votes in found]

    def usage(self, server: int | None, person: int, since: datetime) -> Usage:
        """How the bot was used in a server since a moment (UTC); votes of all times.

        In direct messages (None), that is what the person alone asked.
        """
        where = "e.server = ?" if server is not None else "e.server IS NULL AND e.person = ?"
        who = person if server is None else server
        with self._database.snapshot() as rows:
            times = sorted(
                elapsed
                for (elapsed,) in rows.execute(
                    f"SELECT elapsed_ms FROM exchanges AS e WHERE {where} AND asked_at >= ?"
                    " AND kind = 'ask'",
                    (who, _moment(since)),
                )
            )
            (helpful,) = rows.execute(
                "SELECT avg(v.helpful) FROM votes AS v JOIN exchanges AS e ON e.key = v.exchange"
                f" WHERE {where}",
                (who,),
            ).fetchone()
        return Usage(len(times), times[len(times) // 2] if times else None, helpful)

    def _one(self, condition: str, value: int) -> Exchange | None:
        found = self._database.read(f"SELECT {FIELDS} FROM exchanges WHERE {condition}", (value,))
        return _exchange(found[0]) if found else None


def _row(exchange: Exchange) -> tuple[Any, ...]:
    return (
        exchange.kind,
        exchange.server,
        exchange.channel,
        exchange.person,
        exchange.asking,
        exchange.answering,
        exchange.question,
        None if exchange.articles is None else json.dumps(exchange.articles),
        exchange.publisher,
        exchange.since.isoformat() if exchange.since else None,
        json.dumps(exchange.near),
        exchange.found,
        exchange.confidence,
        json.dumps(exchange.passages),
        exchange.elapsed_ms,
        _moment(exchange.asked_at),
    )


def _exchange(row: Sequence[Any]) -> Exchange:
    kind, server, channel, person, asking, answering, question, articles, *rest = row
    publisher, since, near, found, confidence, passages, elapsed_ms, asked_at = rest
    return Exchange(
        kind=kind,
        server=server,
        channel=channel,
        person=person,
        question=question,
        asked_at=datetime.fromisoformat(asked_at),
        asking=asking,
        answering=answering,
        articles=None if articles is None else tuple(json.loads(articles)),
        publisher=publisher,
        since=date.fromisoformat(since) if since else None,
        near=tuple(json.loads(near)),
        found=bool(found),
        confidence=confidence,
        passages=tuple((a, s, e, score) for a, s, e, score in json.loads(passages)),
        elapsed_ms=elapsed_ms,
    )


def _moment(when: datetime) -> str:
    return when.isoformat(timespec="seconds")
