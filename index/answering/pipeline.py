"""The answering pipeline: question, retrieval, reader, ranking, passages."""

import time
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from dataclasses import dataclass, replace
from functools import cache

from index.answering.concurrent_questions import QuestionPool
from index.answering.coverage import Coverage, cover
from index.answering.follow_ups import (
    NO_TURN,
    Evidence,
    Turn,
    complete,
    continues_previous,
    strip_lead_in,
)
from index.answering.passages import make_passages
from index.answering.ranking import Ranking, ReadCandidates, extract_top_span, rank
from index.answering.reading import Reading
from index.answering.retrieval import (
    baseline_rankings,
    content_words,
    dense_search,
    hybrid_candidates,
    lexical_search,
)
from index.article import Answer, Certainty, Passage
from index.embedding.base import ModelInfo, Vectors
from index.embedding.encoder import Encoder
from index.embedding.micro_batching import MicroBatcher
from index.reader import Reader
from index.reader.calibration import load_calibration
from index.scope import SHARED_ONLY, Scope
from index.store import Store, StoredSentence
from index.text.recency import asks_for_latest

QUESTION_BATCH_SIZE = 4
"""Waiting questions that are embedded together: reading the model's weights takes longer than
multiplying a question's few words with them."""

SURE_CONFIDENCE = 0.7
"""The confidence from which nothing more is read."""

VectorOf = Callable[[], Vectors]
"""Returns the vector of a question, shape (width,), when it is first needed."""


@dataclass(frozen=True, slots=True)
class SearchResult:
    """A ranking, and the question that it answers, as it was searched."""

    query: str
    ranking: Ranking

    def evidence(self, question: str) -> Evidence:
        """What the best article has to say on a question."""
        if not self.ranking.sentences:
            return Evidence(0.0, Coverage(0.0, 0))
        article = self.ranking.sentences[0].candidate.stored.article
        text = f"{article.title}\n{article.text}"
        return Evidence(self.ranking.confidence, cover(question, text))

    def turn(self, passages: Sequence[Passage]) -> Turn:
        """The turn of a conversation that the passages of an answer make."""
        ids = dict.fromkeys(passage.citation.article.id for passage in passages)
        return Turn(self.query, tuple(ids))


class AnsweringPipeline:
    """Answers questions from a store, with an encoder and a reader.

    Args:
        min_confidence: the confidence, from 0 to 1, from which an answer counts as found; None: the
            reader's calibrated threshold.
        verify_model: returns the encoder's identity, or raises ModelMismatchError if the store's
            vectors come from another model.
    """

    def __init__(
        self,
        store: Store,
        encoder: Encoder,
        reader: Reader,
        min_confidence: float | None,
        verify_model: Callable[[], ModelInfo],
    ) -> None:
        self._store = store
        self._encoder = encoder
        self._reader = reader
        self._verify_model = verify_model
        self._pool = QuestionPool()
        self._embeddings = MicroBatcher(self._embed, QUESTION_BATCH_SIZE)
        self._calibration = load_calibration()
        calibrator = self._calibration.read if reader.calibrated else self._calibration.plain
        self._min_confidence = calibrator.threshold if min_confidence is None else min_confidence
        self._weak_confidence = calibrator.weak_threshold

    def submit(
        self, question: str, scope: Scope, limit: int, previous: Turn = NO_TURN
    ) -> "Future[Answer]":
        """Queue a question; see ``Library.ask``. Raises StoreError after ``close``."""
        started = time.perf_counter()
        # Registered before it is its turn, so that it can be embedded with earlier questions.
        vector = self._embeddings.register(_without_surrogates(_standing(question, previous)))

        def answer() -> Answer:
            result = self.search_after(question, previous, scope, vector.result)
            ranking = result.ranking
            return Answer(
                question=question,
                certainty=self.certainty(ranking),
                confidence=ranking.confidence,
                passages=self.passages(result.query, ranking, limit, scope),
                searched=self._store.articles.count(scope).articles,
                elapsed_ms=(time.perf_counter() - started) * 1000,
            )

        try:
            future = self._pool.submit(answer)
        except BaseException:
            vector.withdraw()
            raise
        future.add_done_callback(lambda _: vector.withdraw())
        return future

    def search(
        self, question: str, scope: Scope = SHARED_ONLY, vector_of: VectorOf | None = None
    ) -> Ranking:
        """Rank the sentences that may answer a question, best first.

        Args:
            vector_of: the question's vector; None: embed it separately.

        Raises:
            EncoderError, ReaderError: a model cannot be loaded.
            ModelMismatchError: the store's vectors come from another model.
            StoreError: the store cannot be read.
        """
        reading = self.start_reading(question, scope, vector_of)
        if reading is None:
            return Ranking()
        ranking = self._rank(reading.read(), question)
        if self._reader.calibrated and 0 < ranking.confidence < SURE_CONFIDENCE:
            ranking = self._rank(reading.read_on(ranking.sentences[0].candidate), question)
        return ranking

    def _rank(self, candidates: ReadCandidates, question: str) -> Ranking:
        return rank(
            question,
            candidates,
            self._calibration,
            calibrated=self._reader.calibrated,
            latest=asks_for_latest(question),
        )

    def start_reading(
        self, question: str, scope: Scope = SHARED_ONLY, vector_of: VectorOf | None = None
    ) -> Reading | None:
        """Retrieve candidates, to be read; None if there is nothing to search or to search for.

        Args and raises as ``search``.
        """
        question = _without_surrogates(question)
        searched = self._store.articles.count(scope).sentences
        if not content_words(question) or not searched:
            return None
        self._verify_model()
        lexical = self._pool.fork(lexical_search, self._store, question, scope)
        vector = vector_of() if vector_of else self._encoder.encode_question(question)
        dense = dense_search(self._store, vector, scope)
        candidates = hybrid_candidates(self._store, lexical(), dense, vector)
        return Reading(
            self._store, self._reader, self._pool, question, vector, candidates, searched
        )

    def passages(
        self, question: str, ranking: Ranking, limit: int, scope: Scope = SHARED_ONLY
    ) -> tuple[Passage, ...]:
        """At most ``limit`` passages of a ranking. Raises as ``search``."""
        ranked = extract_top_span(self._reader, _without_surrogates(question), ranking.sentences)
        near_duplicates = cache(lambda id_: self._store.near_duplicates.of(id_, scope))
        sentences = self._store.articles.sentences
        return make_passages(question, ranked, limit, sentences, near_duplicates)

    def certainty(self, ranking: Ranking) -> Certainty:
        """Whether the first sentence of a ranking is the answer, or may be it."""
        if not ranking.sentences:
            return Certainty.NONE
        if ranking.confidence >= self._min_confidence:
            return Certainty.FOUND
        return Certainty.WEAK if ranking.confidence >= self._weak_confidence else Certainty.NONE

    def baselines(self, question: str, scope: Scope, limit: int) -> dict[str, list[StoredSentence]]:
        """The best sentences by plain methods, to compare with: the nearest vectors, BM25, and both
        fused by reciprocal rank. Raises as ``search``."""
        self._verify_model()
        question = _without_surrogates(question)
        vector = self._encoder.encode_question(question)
        rankings = baseline_rankings(self._store, question, vector, scope)
        top = {name: keys[:limit] for name, keys in rankings.items()}
        sentences = self._store.articles.fetch([key for keys in top.values() for key in keys])
        return {
            name: [sentences[key] for key in keys if key in sentences] for name, keys in top.items()
        }

    def warm_up(self) -> None:
        """Load the models now, so that the first question does not wait for them."""
        reader = self._pool.fork(self._reader.load)
        self._encoder.load()
        reader()
        self._verify_model()

    def close(self) -> None:
        """Answer the questions in the queue and end all threads."""
        self._pool.close()

    def search_after(
        self,
        question: str,
        previous: Turn,
        scope: Scope = SHARED_ONLY,
        vector_of: VectorOf | None = None,
    ) -> SearchResult:
        """``search`` in the articles of the previous turn if the question is about them, else in
        the scope."""
        standing = _standing(question, previous)
        elsewhere = SearchResult(standing, self.search(standing, scope, vector_of))
        if not previous.articles:
            return elsewhere
        near = tuple(id_ for id_ in previous.articles if id_ in (scope.articles or (id_,)))
        query = complete(question, previous.question)
        own_vector = vector_of if query == standing else None
        here = SearchResult(query, self.search(query, replace(scope, articles=near), own_vector))
        stays = bool(here.ranking.sentences) and continues_previous(
            question, here.evidence(standing), elsewhere.evidence(standing)
        )
        return here if stays else elsewhere

    def _embed(self, questions: Sequence[str]) -> Vectors:
        return self._encoder.encode_questions(questions)


def _standing(question: str, previous: Turn) -> str:
    """The question without its lead-in, if it has a turn to follow up on."""
    return strip_lead_in(question) if previous.articles else question


def _without_surrogates(question: str) -> str:
    """The question without lone surrogates, which no tokenizer accepts."""
    return question.encode(errors="replace").decode()
