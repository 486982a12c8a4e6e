"""The format of times in the database."""

from datetime import datetime


def timestamp(when: datetime) -> str:
    """A UTC time in ISO 8601 with a precision of seconds, so that text order is time order."""
    return when.isoformat(timespec="seconds")
