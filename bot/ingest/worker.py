"""Work in the background that is done step by step, as long as there is some."""

import asyncio
import logging
from collections.abc import Awaitable, Callable

from index import DatelineError

PATIENCE = 8.0
"""Seconds that the step in hand is waited for in the end."""

log = logging.getLogger(__name__)


class Lane:
    """Takes step after step while there is something to do, and never two at once.

    A step that raises is logged, and nothing more is done until the lane is woken again.

    Args:
        step: does something; tells whether there was anything to do.
        trouble: what it means if a step raises.
    """

    def __init__(self, step: Callable[[], Awaitable[bool]], trouble: str) -> None:
        self._step = step
        self._trouble = trouble
        self._woken = False
        self._ended = False
        self._task: asyncio.Task[None] | None = None

    def wake(self) -> None:
        """Do what there is to do; returns at once."""
        self._woken = True
        if not self._ended and (self._task is None or self._task.done()):
            self._task = asyncio.create_task(self._run())

    async def end(self) -> None:
        """Finish the step in hand, if that does not take too long, and take no more."""
        self._ended = True
        if self._task is not None:
            await asyncio.wait([self._task], timeout=PATIENCE)
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)

    async def _run(self) -> None:
        try:
            while self._woken:
                self._woken = False
                while not self._ended and await self._step():
                    pass
        except DatelineError as error:
            log.error("%s: %s", self._trouble, error)
        except Exception as error:
            log.error("%s", self._trouble, exc_info=error)
