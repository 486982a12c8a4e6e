"""A background worker: a task that runs while there is work."""

import asyncio
import logging
from collections.abc import Awaitable, Callable

from index import DatelineError

CLOSE_TIMEOUT_SECONDS = 8.0
"""How long ``close`` waits for the current step."""

log = logging.getLogger(__name__)


class Worker:
    """Repeats a step in a task, from ``wake`` until there is no more work.

    An error in a step is logged, and ends the task until the next ``wake``.

    Args:
        step: does a piece of work, and returns whether there was any.
        error_message: the message to log with an error.
    """

    def __init__(self, step: Callable[[], Awaitable[bool]], error_message: str) -> None:
        self._step = step
        self._error_message = error_message
        self._woken = False
        self._closed = False
        self._task: asyncio.Task[None] | None = None

    def wake(self) -> None:
        """Start the task, or let a running one check for work once more; does not block."""
        self._woken = True
        if not self._closed and (self._task is None or self._task.done()):
            self._task = asyncio.create_task(self._run())

    async def close(self) -> None:
        """Stop after the current step, which is cancelled after ``CLOSE_TIMEOUT_SECONDS``."""
        self._closed = True
        if self._task is not None:
            await asyncio.wait([self._task], timeout=CLOSE_TIMEOUT_SECONDS)
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)

    async def _run(self) -> None:
        try:
            while self._woken:
                self._woken = False
                while not self._closed and await self._step():
                    pass
        except DatelineError as error:
            log.error("%s: %s", self._error_message, error)
        except Exception as error:
            log.error("%s", self._error_message, exc_info=error)
