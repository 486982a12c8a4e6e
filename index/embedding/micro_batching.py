"""Work that is cheaper for several together, asked for by several threads."""

from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future
from contextlib import contextmanager
from functools import partial
from threading import Lock
from typing import Generic, TypeVar

Item = TypeVar("Item")
Result = TypeVar("Result")


class Batching(Generic[Item, Result]):
    """Does what several threads want done: the first that needs its own does that of others too.

    Who is alone waits for nobody. After Hendler, Incze, Shavit and Tzafrir, "Flat Combining and the
    Synchronization-Parallelism Tradeoff", SPAA 2010. May be used from several threads.

    Args:
        work: items to their results, one for each.
        most: items that are worked on together.
    """

    def __init__(self, work: Callable[[list[Item]], Iterable[Result]], most: int) -> None:
        self._work = work
        self._most = most
        self._waiting: dict[Future[Result], Item] = {}
        self._lock = Lock()

    @contextmanager
    def wanted(self, item: Item) -> Iterator[Callable[[], Result]]:
        """Say what will be wanted, so that others may do it meanwhile; gives what to call for the
        result, which raises what ``work`` raises."""
        future: Future[Result] = Future()
        with self._lock:
            self._waiting[future] = item
        try:
            yield partial(self._result, future)
        finally:
            with self._lock:
                self._waiting.pop(future, None)

    def _result(self, wanted: "Future[Result]") -> Result:
        some: dict[Future[Result], Item] = {}
        with self._lock:
            if wanted in self._waiting:
                # The newest: who came earlier may be about to do its own, on another core.
                others = [future for future in reversed(self._waiting) if future is not wanted]
                some = {f: self._waiting.pop(f) for f in [wanted, *others[: self._most - 1]]}
        if some:
            self._do(some)
        return wanted.result()

    def _do(self, some: "dict[Future[Result], Item]") -> None:
        try:
            results = self._work(list(some.values()))
        except BaseException as error:
            for future in some:
                future.set_exception(error)
            return
        for future, result in zip(some, results, strict=True):
            future.set_result(result)
