"""Micro-batching: requests of several threads that are cheaper to process together."""

from collections.abc import Callable, Iterable
from concurrent.futures import Future
from threading import Lock
from typing import Generic, TypeVar

Item = TypeVar("Item")
Result = TypeVar("Result")


class MicroBatcher(Generic[Item, Result]):
    """Processes pending requests in batches: the first thread that needs its result processes the
    requests of others with its own, and a single request never waits for others to arrive.

    Flat combining: Hendler, Incze, Shavit and Tzafrir, "Flat Combining and the
    Synchronization-Parallelism Tradeoff", SPAA 2010. May be used from several threads.

    Args:
        process: maps a batch of items to their results, one each.
        batch_size: the greatest number of items in a batch.
    """

    def __init__(self, process: Callable[[list[Item]], Iterable[Result]], batch_size: int) -> None:
        self._process = process
        self._batch_size = batch_size
        self._pending: dict[Future[Result], Item] = {}
        self._lock = Lock()

    def register(self, item: Item) -> "PendingRequest[Item, Result]":
        """Announce a request, which other threads may process from now on."""
        future: Future[Result] = Future()
        with self._lock:
            self._pending[future] = item
        return PendingRequest(self, future)

    def _result(self, wanted: "Future[Result]") -> Result:
        batch: dict[Future[Result], Item] = {}
        with self._lock:
            if wanted in self._pending:
                # The newest of the others: older ones may be about to start on another core.
                others = [future for future in reversed(self._pending) if future is not wanted]
                chosen = [wanted, *others[: self._batch_size - 1]]
                batch = {future: self._pending.pop(future) for future in chosen}
        if batch:
            self._process_batch(batch)
        return wanted.result()

    def _process_batch(self, batch: "dict[Future[Result], Item]") -> None:
        try:
            results = self._process(list(batch.values()))
        except BaseException as error:
            for future in batch:
                future.set_exception(error)
            return
        for future, result in zip(batch, results, strict=True):
            future.set_result(result)

    def _withdraw(self, future: "Future[Result]") -> None:
        with self._lock:
            self._pending.pop(future, None)


class PendingRequest(Generic[Item, Result]):
    """A request that a ``MicroBatcher`` has not necessarily processed yet."""

    def __init__(self, batcher: MicroBatcher[Item, Result], future: "Future[Result]") -> None:
        self._batcher = batcher
        self._future = future

    def result(self) -> Result:
        """The result, computed now if no other thread has. Raises what ``process`` raises."""
        return self._batcher._result(self._future)

    def withdraw(self) -> None:
        """Stop other threads from processing a request whose result is no longer needed."""
        self._batcher._withdraw(self._future)
