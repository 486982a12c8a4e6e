"""The format of times in the database."""

from datetime import datetime


def timestamp(when: datetime) -> str:
    """A time (UTC) in ISO 8601, to the second, so that texts sort by time."""
    return when.isoformat(timespec="seconds")
