"""Which of two articles is the newer one, how old one is, and whether a question is about that."""

import re
from datetime import UTC, date, datetime, timedelta
from typing import Literal

from babel.dates import format_timedelta

LATEST = re.compile(
    r"\b(?:latest|newest|most recent(?:ly)?|recently|lately|current(?:ly)?|up[- ]to[- ]date"
    r"|at the moment|now|today)\b",
    re.IGNORECASE,
)

CHANGE = 2.0
"""Of which unit there are to be how many before a larger one is told: 6 weeks, not 2 months."""


def asks_for_latest(question: str) -> bool:
    """Whether a question wants what was published last."""
    return LATEST.search(question) is not None


def recency(published: date | datetime | None) -> str:
    """Sorts what was published later after what was published earlier, and what nobody knows
    before all. Of a day without a time it is only known that it was not later than its end."""
    if published is None:
        return ""
    if isinstance(published, datetime) and published.tzinfo:
        published = published.astimezone(UTC)
    return published.isoformat()


def age(published: date | datetime | None, now: datetime) -> str:
    """ "6 weeks ago", in English; empty for None, and for what lies ahead."""
    if published is None:
        return ""
    granularity: Literal["second", "day"] = "second"
    if isinstance(published, datetime) and published.tzinfo:
        delta = now - published
    else:
        day = published.date() if isinstance(published, datetime) else published
        delta, granularity = now.date() - day, "day"
        if not delta:
            return "today"
    if delta.total_seconds() < 0:
        return ""
    if delta < timedelta(minutes=1):
        return "just now"
    return format_timedelta(-delta, granularity, threshold=CHANGE, add_direction=True, locale="en")
