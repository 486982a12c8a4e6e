"""The question log: questions with their answers, for buttons, follow-ups, edits and statistics."""

import json
from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Any, Literal

from bot.storage.rows import RowDecoder
from bot.storage.timestamps import timestamp
from index import NO_TURN, Certainty, Turn
from index.store.sqlite.database import Database

FIELDS = {
    "kind": "kind",
    "server": "guild_id",
    "channel": "channel_id",
    "person": "user_id",
    "asking": "message_id",
    "answering": "answer_id",
    "question": "text",
    "articles": "articles",
    "publisher": "publisher",
    "since": "since",
    "until": "until",
    "any_time": "any_time",
    "as_typed": "as_typed",
    "previous": "previous",
    "turn": "turn",
    "found": "found",
    "certainty": "certainty",
    "confidence": "confidence",
    "passages": "passages",
    "versions": "versions",
    "elapsed_ms": "elapsed_ms",
    "asked_at": "asked_at",
}
"""The attributes of a logged question, by column."""

COLUMNS = ", ".join(FIELDS)

STORED_COLUMNS = ", ".join(
    "coalesce(certainty, iif(found, 'found', 'none'))" if column == "certainty" else column
    for column in FIELDS
    if column != "found"
)
"""The columns that are read. Version 0.1 stored no certainty."""

MAX_UNSUCCESSFUL = 10_000

QuestionKind = Literal["ask", "hint", "find", "list", "timeline"]


@dataclass(frozen=True, slots=True)
class LoggedQuestion:
    """A question and its answer.

    Args:
        kind: "ask": a question; "hint": small talk, or a message without words; "find": a phrase
            search; "list": a list of articles; "timeline": a timeline.
        guild_id: the server; None in direct messages.
        channel_id: the channel or thread of the answer; 0 if only the user sees the answer, so
            that no other user's question follows up on it.
        message_id: the message with the question; None for a command.
        answer_id: the message with the answer; None until it is posted.
        articles, publisher, since, until: the filters, as in ``index.Scope``.
        any_time: whether a period named in the question is ignored.
        as_typed: whether typing errors are left as they are.
        previous: the turn of the conversation before the question.
        turn: the turn that a follow-up question follows up on.
        passages: (article id, start, end, score) for each passage on the first page.
        versions: the first digits of the ``content_hash`` of each passage's article, in the same
            order; empty in questions that earlier versions of Dateline logged.
        elapsed_ms: the time that the answer took.
        asked_at: the time of the question (UTC).
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
    until: date | None = None
    any_time: bool = False
    as_typed: bool = False
    previous: Turn = NO_TURN
    turn: Turn = NO_TURN
    certainty: Certainty = Certainty.NONE
    confidence: float = 0.0
    passages: tuple[tuple[str, int, int, float], ...] = ()
    versions: tuple[str, ...] = ()
    elapsed_ms: float = 0.0

    @property
    def found(self) -> bool:
        """Whether an answer was found."""
        return self.certainty is Certainty.FOUND


@dataclass(frozen=True, slots=True)
class Usage:
    """Usage statistics.

    Args:
        questions: the number of questions.
        median_ms: the median response time; None without questions.
        helpful: the share of helpful votes, from 0 to 1; None without votes.
    """

    questions: int
    median_ms: float | None
    helpful: float | None


class QuestionLog:
    """The logged questions and the votes on their answers, until they are purged."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def add(self, question: LoggedQuestion) -> int:
        """Log a question; returns its key. It replaces the question of the same message, if any,
        and keeps the key and ``answer_id`` of that one."""
        row = _row(question)
        placeholders = ",".join("?" * len(row))
        updates = ", ".join(f"{name} = excluded.{name}" for name in FIELDS if name != "answering")
        with self._database.transaction() as tx:
            ((key,),) = tx.execute(
                f"INSERT INTO exchanges ({COLUMNS}) VALUES ({placeholders})"
                f" ON CONFLICT (asking) DO UPDATE SET {updates}, marked_at = NULL RETURNING key",
                row,
            ).fetchall()
            tx.execute("DELETE FROM quoted WHERE exchange = ?", (key,))
            tx.executemany(
                "INSERT OR IGNORE INTO quoted VALUES (?, ?)",
                [(article_id, key) for article_id, *_ in question.passages],
            )
        return int(key)

    def set_answer(self, key: int, answer_id: int, channel_id: int) -> None:
        """Record the message with the answer, and the channel or thread in which it was posted."""
        with self._database.transaction() as tx:
            tx.execute(
                "UPDATE exchanges SET answering = ?, channel = ? WHERE key = ?",
                (answer_id, channel_id, key),
            )

    def get(self, key: int) -> LoggedQuestion | None:
        """The question with a key; None if it has been purged."""
        return self._select_one("key = ?", key)

    def get_by_message(self, message_id: int) -> LoggedQuestion | None:
        """The question in a message."""
        return self._select_one("asking = ?", message_id)

    def get_by_answer(self, answer_id: int) -> LoggedQuestion | None:
        """The question that is answered in a message."""
        return self._select_one("answering = ?", answer_id)

    def get_last(self, channel_id: int) -> LoggedQuestion | None:
        """The last question in a channel, a thread or direct messages."""
        return self._select_one(
            "channel = ? AND kind = 'ask' ORDER BY key DESC LIMIT 1", channel_id
        )

    def direct_channels(self, since: datetime) -> list[int]:
        """The direct messages in which something was asked since a time (UTC)."""
        found = self._database.read(
            "SELECT DISTINCT channel FROM exchanges"
            " WHERE server IS NULL AND channel != 0 AND asked_at >= ?",
            (timestamp(since),),
        )
        return [channel for (channel,) in found]

    def delete_by_message(self, message_id: int) -> None:
        """Delete the question in a message, and the votes on its answer."""
        with self._database.transaction() as tx:
            tx.execute("DELETE FROM exchanges WHERE asking = ?", (message_id,))

    def purge(self, before: datetime) -> None:
        """Delete the questions that were asked before a time (UTC)."""
        with self._database.transaction() as tx:
            tx.execute("DELETE FROM exchanges WHERE asked_at < ?", (timestamp(before),))

    def vote(self, key: int, user_id: int, helpful: bool) -> bool:
        """Record a user's vote on an answer, replacing an earlier one.

        Returns:
            False if the question has been purged, so that nothing was recorded.
        """
        with self._database.transaction() as tx:
            inserted = tx.execute(
                "INSERT OR REPLACE INTO votes SELECT key, ?, ? FROM exchanges WHERE key = ?",
                (user_id, helpful, key),
            )
        return inserted.rowcount > 0

    def unsuccessful(self, limit: int = MAX_UNSUCCESSFUL) -> list[tuple[LoggedQuestion, int, int]]:
        """Questions without an answer or with unhelpful votes, latest first.

        Returns:
            (question, number of helpful votes, number of unhelpful votes) for each.
        """
        found = self._database.read(
            f"SELECT {STORED_COLUMNS},"
            " (SELECT coalesce(sum(helpful), 0) FROM votes WHERE exchange = key) AS helped,"
            " (SELECT count(*) FROM votes WHERE exchange = key) AS voted"
            " FROM exchanges WHERE kind = 'ask' AND (NOT found OR helped < voted)"
            " ORDER BY key DESC LIMIT ?",
            (limit,),
        )
        return [
            (question, helpful, votes - helpful)
            for *row, helpful, votes in found
            if (question := _decoder.decode(tuple(row)))
        ]

    def usage(self, guild_id: int | None, user_id: int, since: datetime) -> Usage:
        """The usage in a server, or (None) by a user in direct messages.

        The questions are those since a time (UTC); votes are counted whenever they were cast.
        """
        condition = "e.server = ?" if guild_id is not None else "e.server IS NULL AND e.person = ?"
        value = user_id if guild_id is None else guild_id
        with self._database.snapshot() as connection:
            times = sorted(
                elapsed
                for (elapsed,) in connection.execute(
                    f"SELECT elapsed_ms FROM exchanges AS e WHERE {condition} AND asked_at >= ?"
                    " AND kind = 'ask'",
                    (value, timestamp(since)),
                )
            )
            (helpful,) = connection.execute(
                "SELECT avg(v.helpful) FROM votes AS v JOIN exchanges AS e ON e.key = v.exchange"
                f" WHERE {condition}",
                (value,),
            ).fetchone()
        return Usage(len(times), times[len(times) // 2] if times else None, helpful)

    def _select_one(self, condition: str, value: int) -> LoggedQuestion | None:
        found = self._database.read(
            f"SELECT {STORED_COLUMNS} FROM exchanges WHERE {condition}", (value,)
        )
        return _decoder.decode(found[0]) if found else None


_decoder = RowDecoder(
    LoggedQuestion,
    "logged question",
    [field for field in FIELDS.values() if field != "found"],
    ("articles", "previous", "turn", "passages", "versions"),
)


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
        question.until.isoformat() if question.until else None,
        question.any_time,
        question.as_typed,
        json.dumps(asdict(question.previous)),
        json.dumps(asdict(question.turn)),
        question.found,
        question.certainty,
        question.confidence,
        json.dumps(question.passages),
        json.dumps(question.versions),
        question.elapsed_ms,
        timestamp(question.asked_at),
    )
