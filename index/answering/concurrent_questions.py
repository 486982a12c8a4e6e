"""The threads that answer a library's questions: the one limit on how many run at a time."""

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from typing import ParamSpec, TypeVar

from index.embedding.onnx_runtime import CORES
from index.errors import StoreError

MAX_CONCURRENT_QUESTIONS = CORES + 1
"""Questions that are answered at the same time. More would compete for the cores; one more than the
cores keeps them busy while another question reads from the disk."""

P = ParamSpec("P")
T = TypeVar("T")


class QuestionPool:
    """Runs questions in the order in which they are asked, ``MAX_CONCURRENT_QUESTIONS`` at a time.

    A question occupies one thread from start to end. It may ``fork`` a part of its work, which an
    idle thread takes over; if all are busy, the question does it itself when it needs the result.
    So no question waits for a thread that waits for another question.
    """

    def __init__(self) -> None:
        self._executor = ThreadPoolExecutor(MAX_CONCURRENT_QUESTIONS, thread_name_prefix="question")

    def submit(self, function: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> "Future[T]":
        """Queue a question. Raises StoreError if the pool has been closed."""
        try:
            return self._executor.submit(function, *args, **kwargs)
        except RuntimeError:
            raise StoreError("The library has been closed.") from None

    def fork(self, function: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> Callable[[], T]:
        """Start a part of a question's work beside the rest; call the result to wait for it."""
        try:
            future = self._executor.submit(function, *args, **kwargs)
        except RuntimeError:  # closing: the questions in the queue are still answered
            return lambda: function(*args, **kwargs)

        def join() -> T:
            return function(*args, **kwargs) if future.cancel() else future.result()

        return join

    def close(self) -> None:
        """Answer the questions in the queue and end all threads."""
        self._executor.shutdown()
