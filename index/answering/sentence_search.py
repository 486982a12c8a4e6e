"""Sentence search: retrieval, reading and ranking for one question as it is searched."""

from collections.abc import Callable

from index.answering.concurrent_questions import QuestionPool
from index.answering.ranking import Ranking, ReadCandidates, rank
from index.answering.reading import Reading
from index.answering.retrieval import (
    content_words,
    dense_search,
    hybrid_candidates,
    lexical_search,
)
from index.embedding.base import ModelInfo, Vectors
from index.reader import Reader
from index.reader.calibration import Calibration
from index.scope import Scope
from index.store import Store
from index.text.recency import asks_for_latest
from index.text.surrogates import without_surrogates

SURE_CONFIDENCE = 0.7
"""The confidence from which nothing more is read."""

VectorOf = Callable[[str], Vectors]
"""Returns the vector of a question, shape (width,)."""


class SentenceSearch:
    """Ranks the sentences that may answer a question.

    Args:
        verify_model: returns the encoder's identity, or raises ModelMismatchError if the store's
            vectors come from another model.
    """

    def __init__(
        self,
        store: Store,
        reader: Reader,
        calibration: Calibration,
        pool: QuestionPool,
        verify_model: Callable[[], ModelInfo],
    ) -> None:
        self._store = store
        self._reader = reader
        self._calibration = calibration
        self._pool = pool
        self._verify_model = verify_model

    def search(self, question: str, scope: Scope, vector_of: VectorOf) -> Ranking:
        """The sentences of a scope, best first.

        Raises:
            EncoderError, ReaderError: a model cannot be loaded.
            ModelMismatchError: the store's vectors come from another model.
            StoreError: the store cannot be read.
        """
        reading = self.start_reading(question, scope, vector_of)
        if reading is None:
            return Ranking(question)
        ranking = self.rank(question, reading.read())
        if self._reader.calibrated and 0 < ranking.confidence < SURE_CONFIDENCE:
            further = reading.read_on(ranking.sentences[0].candidate)
            ranking = self.rank(question, further)
        return ranking

    def start_reading(self, question: str, scope: Scope, vector_of: VectorOf) -> Reading | None:
        """Retrieve candidates, to be read; None if there is nothing to search or to search for.

        Raises as ``search``.
        """
        question = without_surrogates(question)
        searched = self._store.articles.count(scope).sentences
        if not content_words(question) or not searched:
            return None
        self._verify_model()
        lexical = self._pool.fork(lexical_search, self._store, question, scope)
        vector = vector_of(question)
        dense = dense_search(self._store, vector, scope)
        candidates = hybrid_candidates(self._store, lexical(), dense, vector)
        return Reading(
            self._store, self._reader, self._pool, question, vector, candidates, searched
        )

    def rank(self, question: str, candidates: ReadCandidates) -> Ranking:
        """The candidates for a question in order, with their confidence."""
        return rank(
            question,
            candidates,
            self._calibration,
            calibrated=self._reader.calibrated,
            latest=asks_for_latest(question),
        )
