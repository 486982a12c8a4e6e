"""The log of questions and their answers, on which buttons, follow-ups and edits rely."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Literal

from bot.storage.timestamps import timestamp
from index.store.sqlite.database import Database

FIELDS = (
    "kind, server, channel, person, asking, answering, question, articles, publisher, since, near,"
    " found, confidence, passages, elapsed_ms, asked_at"
)


QuestionKind = Literal["ask", "hint", "find", "list"]


@dataclass(frozen=True, slots=True)
class LoggedQuestion:
    """A question and its answer.

    Args:
        kind: "ask": a question; "hint": a message without words; "find": a phrase search;
            "list": a list of articles.
        guild_id: None in a direct message.
        channel_id: 0 if only the user sees the answer; it can have no follow-up questions.
        message_id: the message that asks; None for a command.
        answer_id: the message that answers; None until it is sent.
        articles, publisher, since: the filters, as in ``index.Scope``.
        near: the ids of the articles that answered the previous question.
        passages: article id, start, end and score of each passage shown.
        asked_at: UTC.
    """

    guild_id: int | None
    channel_id: int
    user_id: int
    text: str
    asked_at: datetime
    kind: QuestionKind = "ask"
    message_id: int | None = None
    answer_id: int | None = None
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
        """The ids of the articles that a follow-up question is about."""
        return tuple(dict.fromkeys(p[0] for p in self.passages)) if self.found else self.near


@dataclass(frozen=True, slots=True)
class Usage:
    """Usage statistics.

    Args:
        median_ms: median time to answer, in milliseconds; None if nothing was asked.
        helpful: the share of votes for "helpful", 0 to 1; None if there are no votes.
    """

    questions: int
    median_ms: float | None
    helpful: float | None


class QuestionLog:
    """The logged questions, until they are purged."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def add(self, question: LoggedQuestion) -> int:
        """Log a question, replacing the one with the same message; returns its key."""
        row = _row(question)
        placeholders = ",".join("?" * len(row))
        columns = FIELDS.replace(" ", "").split(",")
        updates = ", ".join(f"{name} = excluded.{name}" for name in columns if name != "answering")
        with self._database.transaction() as tx:
            ((key,),) = tx.execute(
                f"INSERT INTO exchanges ({FIELDS}) VALUES ({placeholders})"
                f" ON CONFLICT (asking) DO UPDATE SET {updates} RETURNING key",
                row,
            ).fetchall()
        return int(key)

    def set_answer(self, key: int, answer_id: int, channel_id: int) -> None:
        """Record the message that answers, and the channel or thread that it was posted in."""
        with self._database.transaction() as tx:
            tx.execute(
                "UPDATE exchanges SET answering = ?, channel = ? WHERE key = ?",
                (answer_id, channel_id, key),
            )

    def get(self, key: int) -> LoggedQuestion | None:
        """The question with a key, unless it was purged."""
        return self._one("key = ?", key)

    def get_by_message(self, message_id: int) -> LoggedQuestion | None:
        """The question that a message asks."""
        return self._one("asking = ?", message_id)

    def get_by_answer(self, answer_id: int) -> LoggedQuestion | None:
        """The question that a message answers."""
        return self._one("answering = ?", answer_id)

    def get_last(self, channel_id: int) -> LoggedQuestion | None:
        """The last question in a channel, thread or direct message."""
        return self._one("channel = ? AND kind = 'ask' ORDER BY key DESC LIMIT 1", channel_id)

    def delete_by_message(self, message_id: int) -> None:
        """Delete the question that a message asked, and the votes on its answer."""
        with self._database.transaction() as tx:
            tx.execute("DELETE FROM exchanges WHERE asking = ?", (message_id,))

    def purge(self, before: datetime) -> None:
        """Delete the questions that were asked before a time (UTC)."""
        with self._database.transaction() as tx:
            tx.execute("DELETE FROM exchanges WHERE asked_at < ?", (timestamp(before),))

    def vote(self, key: int, user_id: int, helpful: bool) -> bool:
        """Record a user's vote on an answer, in place of an earlier one.

        Returns:
            False, without recording anything, if the question has been purged.
        """
        with self._database.transaction() as tx:
            inserted = tx.execute(
                "INSERT OR REPLACE INTO votes SELECT key, ?, ? FROM exchanges WHERE key = ?",
                (user_id, helpful, key),
            )
        return inserted.rowcount > 0

    def unsuccessful(self, limit: int = 10_000) -> list[tuple[LoggedQuestion, int, int]]:
        """Questions without an answer or with one that was voted unhelpful, latest first, with
        their numbers of helpful and unhelpful votes."""
        found = self._database.read(
            f"SELECT {FIELDS},"
            " (SELECT coalesce(sum(helpful), 0) FROM votes WHERE exchange = key) AS helped,"
            " (SELECT count(*) FROM votes WHERE exchange = key) AS voted"
            " FROM exchanges WHERE kind = 'ask' AND (NOT found OR helped < voted)"
            " ORDER BY key DESC LIMIT ?",
            (limit,),
        )
        return [(_question(fields), helpful, votes - helpful) for *fields, helpful, votes in found]

    def usage(self, guild_id: int | None, user_id: int, since: datetime) -> Usage:
        """Usage in a server since a time (UTC), with the votes of all times.

        In direct messages (None): of the user alone.
        """
        where = "e.server = ?" if guild_id is not None else "e.server IS NULL AND e.person = ?"
        who = user_id if guild_id is None else guild_id
        with self._database.snapshot() as rows:
            times = sorted(
                elapsed
                for (elapsed,) in rows.execute(
                    f"SELECT elapsed_ms FROM exchanges AS e WHERE {where} AND asked_at >= ?"
                    " AND kind = 'ask'",
                    (who, timestamp(since)),
                )
            )
            (helpful,) = rows.execute(
                "SELECT avg(v.helpful) FROM votes AS v JOIN exchanges AS e ON e.key = v.exchange"
                f" WHERE {where}",
                (who,),
            ).fetchone()
        return Usage(len(times), times[len(times) // 2] if times else None, helpful)

    def _one(self, condition: str, value: int) -> LoggedQuestion | None:
        found = self._database.read(f"SELECT {FIELDS} FROM exchanges WHERE {condition}", (value,))
        return _question(found[0]) if found else None


def _row(question: LoggedQuestion) -> tuple[Any, ...]:
    return (
        question.kind,
        question.guild_id,
        question.channel_id,
        question.user_id,
        question.message_id,
        question.answer_id,
        question.text,
        None if question.articles is None else json.dumps(question.articles),
        question.publisher,
        question.since.isoformat() if question.since else None,
        json.dumps(question.near),
        question.found,
        question.confidence,
        json.dumps(question.passages),
        question.elapsed_ms,
        timestamp(question.asked_at),
    )


def _question(row: Sequence[Any]) -> LoggedQuestion:
    kind, guild_id, channel_id, user_id, message_id, answer_id, text, articles, *rest = row
    publisher, since, near, found, confidence, passages, elapsed_ms, asked_at = rest
    return LoggedQuestion(
        kind=kind,
        guild_id=guild_id,
        channel_id=channel_id,
        user_id=user_id,
        text=text,
        asked_at=datetime.fromisoformat(asked_at),
        message_id=message_id,
        answer_id=answer_id,
        articles=None if articles is None else tuple(json.loads(articles)),
        publisher=publisher,
        since=date.fromisoformat(since) if since else None,
        near=tuple(json.loads(near)),
        found=bool(found),
        confidence=confidence,
        passages=tuple((a, s, e, score) for a, s, e, score in json.loads(passages)),
        elapsed_ms=elapsed_ms,
    )
