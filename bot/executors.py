"""The thread pools in which blocking calls run, beside the event loop."""

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

    ``run_db`` is for short reads and writes of the databases, ``/find`` among them.
    ``run_exclusive`` is for calls that may take minutes, whether they write to the library (adding
    articles, flushing) or read all of it (exports): they have a thread of their own and run one at
    a time, so that they never delay the short ones. Questions need neither: the library has
    threads for them.
    """

    def __init__(self) -> None:
        self._db = ThreadPoolExecutor(MAX_CONCURRENT_DB_CALLS, thread_name_prefix="db")
        self._exclusive = ThreadPoolExecutor(1, thread_name_prefix="exclusive")

    async def run_db(self, function: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Call a function that takes milliseconds."""
        return await _run(self._db, partial(function, *args, **kwargs))

    async def run_exclusive(self, function: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Call a function that may take minutes, after those that were submitted before it."""
        return await _run(self._exclusive, partial(function, *args, **kwargs))

    def run_exclusive_blocking(
        self, function: Callable[P, T], *args: P.args, **kwargs: P.kwargs
    ) -> T:
        """``run_exclusive`` for a thread other than the event loop's, which waits for it."""
        return self._exclusive.submit(function, *args, **kwargs).result()

    def close(self) -> None:
        """Wait for the calls that were submitted, and end the threads."""
        self._db.shutdown()
        self._exclusive.shutdown()


async def _run(executor: ThreadPoolExecutor, call: Callable[[], T]) -> T:
    return await asyncio.get_running_loop().run_in_executor(executor, call)
