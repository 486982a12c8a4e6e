"""How often a feed is polled."""

import random
from datetime import timedelta

MIN_POLL_INTERVAL = timedelta(minutes=15)
MAX_POLL_INTERVAL = timedelta(hours=6)
"""The limits of the poll interval, whatever a feed requests (without jitter)."""

MAX_DOUBLINGS = 10
"""Of the poll interval after failures; more would be pointless, and overflow in the end."""

JITTER = 0.2
"""The largest share by which an interval is randomly extended, to spread the polls."""


def poll_interval(failures: int = 0, seconds: float | None = None) -> timedelta:
    """Poll interval, with jitter.

    Args:
        failures: the number of consecutive failed polls; each doubles the interval.
        seconds: the interval that the feed or its site requests, if any.
    """
    backoff: timedelta = MIN_POLL_INTERVAL * 2 ** min(failures, MAX_DOUBLINGS)
    requested = timedelta(seconds=min(seconds or 0, MAX_POLL_INTERVAL.total_seconds()))
    jitter: float = random.uniform(1, 1 + JITTER)
    return min(max(backoff, requested), MAX_POLL_INTERVAL) * jitter
