"""Dates in words."""

from datetime import date, datetime


def format_date(value: date | datetime | None) -> str:
    """ "9 October 2025", with the time if it is known; empty for None."""
    if value is None:
        return ""
    day = f"{value.day} {value:%B %Y}"
    return f"{day}, {value:%H:%M}" if isinstance(value, datetime) else day
