"""How often a feed is polled."""

import random
from datetime import timedelta

MIN_POLL_INTERVAL = timedelta(minutes=15)
MAX_POLL_INTERVAL = timedelta(hours=6)
"""The limits of the interval, whatever a feed asks for."""

JITTER = 0.2
"""The share by which an interval is randomly longer, so that polls spread out."""


def poll_interval(failures: int = 0, seconds: float | None = None) -> timedelta:
    """Poll interval, with jitter.

    Args:
        failures: consecutive failures before the last poll; each doubles the interval.
        seconds: the interval that the feed or its site asks for.
    """
    backoff: timedelta = MIN_POLL_INTERVAL * 2 ** min(failures, 10)
    interval = max(backoff, timedelta(seconds=min(seconds or 0, 1e6)))
    jitter: float = random.uniform(1, 1 + JITTER)
    return min(interval, MAX_POLL_INTERVAL) * jitter
