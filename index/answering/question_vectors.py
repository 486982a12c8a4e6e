"""The vectors of the questions that one request needs."""

from collections.abc import Iterable

from index.embedding.base import Vectors
from index.embedding.micro_batching import MicroBatcher, PendingRequest


class QuestionVectors:
    """Embeds questions, each once.

    Expected ones are registered before it is the request's turn, so that they can be embedded
    together with those of earlier requests.
    """

    def __init__(self, batcher: MicroBatcher[str, Vectors], expected: Iterable[str]) -> None:
        self._batcher = batcher
        self._pending: dict[str, PendingRequest[str, Vectors]] = {}
        for question in expected:
            self._register(question)

    def of(self, question: str) -> Vectors:
        """The unit vector of a question, shape (width,). Raises EncoderError."""
        return self._register(question).result()

    def withdraw(self) -> None:
        """Stop other threads from embedding questions that are no longer needed."""
        for pending in self._pending.values():
            pending.withdraw()

    def _register(self, question: str) -> PendingRequest[str, Vectors]:
        if question not in self._pending:
            self._pending[question] = self._batcher.register(question)
        return self._pending[question]
