"""Times as the database has them."""

from datetime import datetime


def timestamp(when: datetime) -> str:
    """A time (UTC) in ISO 8601, to the second: it sorts as text."""
    return when.isoformat(timespec="seconds")
