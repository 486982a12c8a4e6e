"""Dates to words, and words to dates."""

import threading
from datetime import date, datetime
from typing import Literal

Edge = Literal["first", "current", "last"]

FIRST_YEAR, LAST_YEAR = 1600, 2099
"""The years in which an article can have been published: the first newspapers are of 1605. Far from
the ends of the calendar, a moment can be converted to any time zone."""

_parsing = threading.Lock()
"""dateparser changes its settings and caches in place, so it is used by one thread at a time."""


def publication_date(value: date | datetime | None) -> date | datetime | None:
    """The date if an article can have been published then; None if not, which is a mistake of
    whoever wrote it ("0001-01-01", "9999-12-31")."""
    return value if value is not None and FIRST_YEAR <= value.year <= LAST_YEAR else None


def format_date(value: date | datetime | None) -> str:
    """ "9 October 2025", with the time if it is known; empty for None."""
    if value is None:
        return ""
    day = f"{value.day} {value:%B %Y}"
    return f"{day}, {value:%H:%M}" if isinstance(value, datetime) else day


def format_days(since: date | None, until: date | None) -> str:
    """ "from 16 to 22 November 2026", "since 16 November 2026", "until 22 November 2026" or "on 16
    November 2026"; at least one of the days must be given."""
    if since is None or until is None:
        return f"since {format_date(since)}" if since else f"until {format_date(until)}"
    if since == until:
        return f"on {format_date(since)}"
    first = format_date(since)
    if since.year == until.year:
        first = first.removesuffix(f" {since.year}")
        if since.month == until.month:
            first = str(since.day)
    return f"from {first} to {format_date(until)}"


def parse_date(text: str, now: datetime, edge: Edge = "first") -> date | None:
    """The day that a text names, in English or Spanish; None if it names none.

    Of several possible days, such as Mondays, it is the last one before ``now``.

    Args:
        edge: which day and month is meant if the text has only a month or a year: the first one,
            the last one or the one of ``now``.
    """
    import dateparser  # a tenth of a second

    with _parsing:
        found: datetime | None = dateparser.parse(
            text.strip(),
            languages=["en", "es"],
            settings={
                "RELATIVE_BASE": now.replace(tzinfo=None),
                "PREFER_DATES_FROM": "past",
                "PREFER_DAY_OF_MONTH": edge,
                "PREFER_MONTH_OF_YEAR": edge,
                "DATE_ORDER": "DMY",
                "PARSERS": ["relative-time", "absolute-time", "custom-formats"],
            },
        )
    return found.date() if found else None
