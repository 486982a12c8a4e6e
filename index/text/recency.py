"""Recency of articles: their order, their age in words, and questions that ask for the latest."""

import re
from datetime import UTC, date, datetime, timedelta
from typing import Literal

LATEST = re.compile(
    r"\b(?:latest|newest|most recent(?:ly)?|recently|lately|current(?:ly)?|up[- ]to[- ]date"
    r"|at the moment|now|today)\b",
    re.IGNORECASE,
)

UNIT_THRESHOLD = 2.0
"""The number of a larger unit from which an age is given in it: 6 weeks, not 2 months."""


def asks_for_latest(question: str) -> bool:
    """Whether a question asks for the latest news."""
    return LATEST.search(question) is not None


def recency_key(published: date | datetime | None) -> str:
    """A sort key for dates of publication, oldest first, undated before all.

    A day without a time sorts before the moments of that day.
    """
    if published is None:
        return ""
    if isinstance(published, datetime) and published.tzinfo:
        published = published.astimezone(UTC)
    return published.isoformat()


def age(published: date | datetime | None, now: datetime) -> str:
    """ "6 weeks ago", in English; empty for None and for dates in the future."""
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
    from babel.dates import format_timedelta  # slow to import

    return format_timedelta(
        -delta, granularity, threshold=UNIT_THRESHOLD, add_direction=True, locale="en"
    )
