"""Thread pools for calls that would block the event loop."""

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import ParamSpec, TypeVar

MAX_CONCURRENT_DB_CALLS = 4

P = ParamSpec("P")
T = TypeVar("T")


class Executors:
    """The bot's thread pools.

    ``run_db`` is for short reads and writes of the databases, including ``/find``.
    ``run_exclusive`` is for calls that may take minutes, such as adding articles, flushing and
    exporting: they run one at a time in a separate thread, so that they do not delay short calls.
    Questions need neither, because the library answers them in its own threads.
    """

    def __init__(self) -> None:
        self._db = ThreadPoolExecutor(MAX_CONCURRENT_DB_CALLS, thread_name_prefix="db")
        self._exclusive = ThreadPoolExecutor(1, thread_name_prefix="exclusive")

    async def run_db(self, function: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Call a function that takes milliseconds, in one of a few threads."""
        return await _run(self._db, partial(function, *args, **kwargs))

    async def run_exclusive(self, function: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Call a function that may take minutes, after the calls submitted before it."""
        return await _run(self._exclusive, partial(function, *args, **kwargs))

    def run_exclusive_blocking(
        self, function: Callable[P, T], *args: P.args, **kwargs: P.kwargs
    ) -> T:
        """``run_exclusive`` for threads other than the event loop's; blocks until it returns."""
        return self._exclusive.submit(function, *args, **kwargs).result()

    def close(self) -> None:
        """Wait for the submitted calls, then end the threads."""
        self._db.shutdown()
        self._exclusive.shutdown()


async def _run(executor: ThreadPoolExecutor, call: Callable[[], T]) -> T:
    return await asyncio.get_running_loop().run_in_executor(executor, call)
