"""How long a failed job of the ingest queue waits before it is retried."""

import random
from datetime import timedelta

BACKOFF = [timedelta(minutes=minutes) for minutes in (1, 5, 30, 120, 360, 720)]
"""The delay after each failed attempt; the attempt after the last one is final."""

JITTER = 0.2
"""The share by which a delay is randomly longer or shorter, so that retries spread out."""


def backoff(attempts: int, retry_after: float | None = None) -> timedelta:
    """The delay after a failed attempt, with jitter.

    Args:
        attempts: the number of failed attempts before it.
        retry_after: the least delay in seconds that the site asks for, if it does.
    """
    delay = BACKOFF[min(attempts, len(BACKOFF) - 1)] * random.uniform(1 - JITTER, 1 + JITTER)
    return max(delay, timedelta(seconds=min(retry_after or 0, BACKOFF[-1].total_seconds())))
