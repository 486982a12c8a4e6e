"""The period that a question asks about: "What was decided last week?"."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Literal

from index.text.time_expressions import TimeExpression, find_time_expressions

REPORTING_DELAY = timedelta(days=1)
"""How long after a day its news is published: the morning's papers report the evening."""

AHEAD = re.compile(
    r"\b(?:will|won['’]t|shall|going to|upcoming|tomorrow|planned|scheduled|expected|due)\b"
    r"|['’]ll\b",
    re.IGNORECASE,
)
"""Words of a question about what is to come, which articles announce before it happens."""

PRESENT = re.compile(r"\b(?:is|are|am|do|does|can)(?:n['’]t)?\b", re.IGNORECASE)
"""Words of a question about what holds today, which earlier articles may tell."""

POSSESSIVE = re.compile(r"['’]s\b")

Effect = Literal["narrows", "prefers", "widened"]


@dataclass(frozen=True, slots=True)
class Period:
    """A period that a question names, and what it does to the search.

    Args:
        words, start: its words in the question, which begin at ``start``.
        since, until: its first and its last day; None: without a limit. Never both None.
        effect: "narrows": only articles published in the period are searched. "prefers": of
            sentences that answer about equally well, those come first whose article was published
            in the period or that name a day, month or year in it. "widened": it would have
            narrowed the search, but nothing was found, so articles of all dates were searched.
    """

    words: str
    start: int
    since: date | None
    until: date | None
    effect: Effect

    @property
    def narrows(self) -> bool:
        return self.effect == "narrows"

    def contains(self, first: date, last: date) -> bool:
        """Whether all days from ``first`` to ``last`` lie in the period."""
        return (self.since is None or self.since <= first) and (
            self.until is None or last <= self.until
        )

    def as_dict(self) -> dict[str, Any]:
        """The period in the command line's JSON."""
        return {
            "words": self.words,
            "since": self.since.isoformat() if self.since else None,
            "until": self.until.isoformat() if self.until else None,
            "narrowed": self.narrows,
            "widened": self.effect == "widened",
        }


def find_period(question: str, now: datetime) -> Period | None:
    """The period that a question asks about, or None.

    Words that depend on the day of the question ("yesterday", "last week", "on Monday", "since
    Monday") narrow the search to articles published then; what happened on a single day may also
    be published one day later. All others only prefer, because later articles tell of the same
    time: dates ("in March", "in March 2025", "since 2019", "in 1945"), what ended ("until last
    week", "before Monday"), an event of then ("last year's flood"), and what holds now ("Which
    roads are closed today?").

    Read without a period are what may lie ahead in a question about what is to come ("What will
    open on Monday?"), and several periods, which a question compares ("in 2019 or in 2020").

    Args:
        now: the time of the question, whose day and time zone count.
    """
    today = now.date()
    is_ahead = AHEAD.search(question) is not None
    expressions = [
        expression
        for expression in find_time_expressions(question, now)
        if (expression.is_past or not is_ahead) and _limits_past(expression, today)
    ]
    narrowing = [one for one in expressions if _narrows(one, question, today)]
    chosen = _only(narrowing or expressions)
    if chosen is None:
        return None
    narrows = bool(narrowing)
    since, until = chosen.first, chosen.last
    if narrows and since == until and until is not None:
        until += REPORTING_DELAY
    if until is not None and until >= today:
        until = None
    return Period(
        question[chosen.start : chosen.end],
        chosen.start,
        since,
        until,
        "narrows" if narrows else "prefers",
    )


def _limits_past(expression: TimeExpression, today: date) -> bool:
    """Whether an expression excludes something of what has been published so far."""
    if expression.first is None:
        return expression.last is not None and expression.last < today
    return expression.first <= today


def _narrows(expression: TimeExpression, question: str, today: date) -> bool:
    is_now = expression.first == expression.last == today and PRESENT.search(question) is not None
    return (
        expression.is_deictic
        and expression.first is not None
        and POSSESSIVE.match(question, expression.end) is None
        and not is_now
    )


def _only(expressions: Iterable[TimeExpression]) -> TimeExpression | None:
    """The expression of the only period, whose first one counts; None for several periods."""
    by_days = {(one.first, one.last): one for one in reversed([*expressions])}
    return next(iter(by_days.values())) if len(by_days) == 1 else None
