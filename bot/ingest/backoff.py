"""How long a failed job of the ingest queue waits before it is retried."""

import random
from datetime import timedelta

BACKOFF = [timedelta(minutes=minutes) for minutes in (1, 5, 30, 120, 360, 720)]
"""The delay after each failed attempt. After the last delay, there is one more attempt."""

JITTER = 0.2
"""The largest share by which a delay is randomly extended or shortened, to spread the retries."""


def backoff(attempts: int, retry_after: float | None = None) -> timedelta:
    """The delay after a failed attempt, with jitter.

    Args:
        attempts: the number of failed attempts before it.
        retry_after: the minimum delay in seconds that the site requests, if any.
    """
    delay = BACKOFF[min(attempts, len(BACKOFF) - 1)] * random.uniform(1 - JITTER, 1 + JITTER)
    return max(delay, timedelta(seconds=min(retry_after or 0, BACKOFF[-1].total_seconds())))
