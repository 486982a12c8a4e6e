"""Days as people type them: "2025-10-09", "9 October", "7d", "last week", "ayer"."""

import re
from datetime import date, datetime, timedelta

from index.text.dates import parse_date

SHORT_AGE = re.compile(r"(?P<number>\d{1,4})\s*(?P<unit>[dwmy])", re.IGNORECASE)
DAY_AND_MONTH = re.compile(r"^\s*(\d{1,2})[/-](\d{1,2})[/-]\d")
UNITS = {"d": "days", "w": "weeks", "m": "months", "y": "years"}


def first_day(typed: str, now: datetime) -> date | None:
    """The day that was typed, or the first one of a month or a year; None if it is not clear.

    "10/09/2025" is ambiguous and not read.
    """
    if _is_ambiguous(typed):
        return None
    if short := SHORT_AGE.fullmatch(typed.strip()):
        age = f"{short['number']} {UNITS[short['unit'].lower()]} ago"
        return parse_date(age, now, "current")
    return parse_date(typed, now)


def last_day(typed: str, now: datetime) -> date | None:
    """As ``first_day``, but a month or a year ("October 2025", "2025") means its last day."""
    first = first_day(typed, now)
    if first is None or SHORT_AGE.fullmatch(typed.strip()):
        return first
    return parse_date(typed, now, "last") or first


def lies_ahead(day: date, now: datetime) -> bool:
    """Whether a day has not begun yet anywhere on Earth."""
    return day > (now + timedelta(days=1)).date()


def _is_ambiguous(typed: str) -> bool:
    numbers = DAY_AND_MONTH.match(typed)
    if numbers is None:
        return False
    first, second = map(int, numbers.groups())
    return first != second and max(first, second) <= 12
