"""Loops that run in the background as long as the bot does: they survive whatever fails in them."""

import asyncio
import logging
import traceback
from collections import defaultdict
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from discord.utils import utcnow

from index import DatelineError

LoopName = Literal[
    "articles folder",
    "announcements",
    "digests",
    "corrections",
    "failing feeds",
    "feeds",
    "indexes",
    "links",
    "queue",
    "retention",
    "schedule",
    "shared feeds",
    "watch alarms",
    "watches",
]
"""What a loop takes care of. ``loop-…`` messages in the locales name it to people."""

FIRST_RETRY_SECONDS = 15.0
MAX_RETRY_SECONDS = 300.0
"""The delay after a failure, and the longest one; each further failure doubles it."""

INTERNAL_ERROR = "something went wrong inside Dateline; its log has the details"
"""The reason for a failure that nobody foresaw, for people."""

CLOSE_TIMEOUT_SECONDS = 8.0
"""How long ``Worker.close`` waits for the current step."""

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class LoopFailure:
    """Why a loop fails.

    Args:
        reason: the last error, in a sentence.
        since: when the first of the failures in a row happened (UTC).
        retry_seconds: the delay before the loop is tried again.
        retry_at: when that delay is over (UTC).
    """

    reason: str
    since: datetime
    retry_seconds: float
    retry_at: datetime


class LoopHealth:
    """Knows which loops fail. May be used from several threads."""

    def __init__(self) -> None:
        self._failures: dict[LoopName, LoopFailure] = {}
        self._logged: defaultdict[LoopName, set[str]] = defaultdict(set)

    @property
    def failures(self) -> dict[LoopName, LoopFailure]:
        """The loops that fail, by name."""
        return dict(self._failures)

    @contextmanager
    def surviving(self, loop: LoopName) -> Iterator[None]:
        """A context for a round of a loop: an exception in it ends the round, not the loop."""
        try:
            yield
        except Exception as error:
            self._record_failure(loop, error)
        else:
            self.record_success(loop)

    def record_success(self, loop: LoopName) -> None:
        """Record that a loop has done a round of its work."""
        if self._failures.pop(loop, None):
            self._logged.pop(loop, None)
            log.info("%s: works again", loop)

    def may_run(self, loop: LoopName) -> bool:
        """Whether a loop has not failed, or the delay after its last failure is over."""
        failure = self._failures.get(loop)
        return failure is None or failure.retry_at <= utcnow()

    def retry_seconds(self, loop: LoopName) -> float:
        """The delay after the last failure of a loop; 0 if its last round was a success."""
        failure = self._failures.get(loop)
        return failure.retry_seconds if failure else 0.0

    def _record_failure(self, loop: LoopName, error: Exception) -> None:
        """Log an error, but once for each kind until the loop succeeds again."""
        is_expected = isinstance(error, DatelineError | OSError)
        description = str(error) if is_expected else f"{type(error).__name__}: {error}"
        reason = description if is_expected else INTERNAL_ERROR
        now, before = utcnow(), self._failures.get(loop)
        since = before.since if before else now
        delay = min(before.retry_seconds * 2, MAX_RETRY_SECONDS) if before else FIRST_RETRY_SECONDS
        self._failures[loop] = LoopFailure(reason, since, delay, now + timedelta(seconds=delay))
        kind = reason if is_expected else _where(error)
        if kind not in self._logged[loop]:
            self._logged[loop].add(kind)
            details = None if is_expected else error
            log.error(
                "%s: failed, and will be tried again: %s", loop, description, exc_info=details
            )


class Worker:
    """A loop that repeats a step in a task, from ``wake`` until there is no more work.

    An exception in a step ends the task until the next ``wake``.

    Args:
        name: of the loop, in ``health``.
        step: does a piece of work, and returns whether there may be more.
    """

    def __init__(
        self, name: LoopName, step: Callable[[], Awaitable[bool]], health: LoopHealth
    ) -> None:
        self._name: LoopName = name
        self._step = step
        self._health = health
        self._woken = False
        self._closed = False
        self._task: asyncio.Task[None] | None = None

    def wake(self) -> None:
        """Start the task, or let a running one check for work once more; does not block."""
        self._woken = True
        if not self._closed and (self._task is None or self._task.done()):
            self._task = asyncio.create_task(self._run())

    def wake_if_due(self) -> None:
        """``wake``, unless the step has failed and the delay before a retry is not over."""
        if self._health.may_run(self._name):
            self.wake()

    async def close(self) -> None:
        """Stop after the current step, which is cancelled after ``CLOSE_TIMEOUT_SECONDS``."""
        self._closed = True
        if self._task is not None:
            await asyncio.wait([self._task], timeout=CLOSE_TIMEOUT_SECONDS)
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)

    async def _run(self) -> None:
        while self._woken and not self._closed:
            self._woken = False
            with self._health.surviving(self._name):
                while not self._closed and await self._step():
                    pass


def _where(error: Exception) -> str:
    """The type of an error, and the line that raised it: the same for all errors of a kind."""
    frames = traceback.extract_tb(error.__traceback__)
    place = f"{frames[-1].filename}:{frames[-1].lineno}" if frames else ""
    return f"{type(error).__name__} at {place}"
