"""The threads that answer a library's questions: how many run at a time, and how many wait."""

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from threading import Lock
from typing import ParamSpec, TypeVar

from index.embedding.onnx_runtime import CORES
from index.errors import BusyError, StoreError

MAX_CONCURRENT_QUESTIONS = CORES + 1
"""Questions that are answered at the same time. More would compete for the cores; one more than the
cores keeps them busy while another question reads from the disk."""

MAX_WAITING_QUESTIONS = 25 * max(2, CORES)
"""Questions that wait for others when one more is refused: seconds of work, so that whoever is
accepted has an answer soon, however many ask."""

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
        self._unfinished = 0
        self._lock = Lock()

    def submit(self, question: Callable[[], T], *, limited: bool = True) -> "Future[T]":
        """Queue a question.

        Args:
            limited: refuse it if ``MAX_WAITING_QUESTIONS`` wait already. Otherwise, it waits too.

        Raises:
            BusyError: too many questions wait.
            StoreError: the pool has been closed.
        """
        self._enter(limited)

        def run() -> T:
            try:
                return question()
            finally:  # before the result is there: who has it may ask the next question
                self._leave()

        try:
            future = self._executor.submit(run)
        except RuntimeError:
            self._leave()
            raise StoreError("The library has been closed.") from None
        future.add_done_callback(lambda done: self._leave() if done.cancelled() else None)
        return future

    def _enter(self, limited: bool) -> None:
        with self._lock:
            if limited and self._unfinished >= MAX_CONCURRENT_QUESTIONS + MAX_WAITING_QUESTIONS:
                raise BusyError("Too many questions are waiting. Try again in a moment.")
            self._unfinished += 1

    def _leave(self) -> None:
        with self._lock:
            self._unfinished -= 1

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
