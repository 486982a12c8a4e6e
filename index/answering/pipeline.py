"""The answering pipeline: question, retrieval, reader, ranking, passages."""

import time
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from dataclasses import replace
from functools import cache

from index.answering.concurrent_questions import QuestionPool
from index.answering.context_windows import build_windows, separate_copies
from index.answering.follow_ups import continues_previous, strip_lead_in
from index.answering.passages import make_passages
from index.answering.ranking import Ranking, ReadCandidates, extract_top_span, rank
from index.answering.retrieval import (
    baseline_rankings,
    content_words,
    dense_search,
    hybrid_candidates,
    lexical_search,
)
from index.answering.spelling import CorrectedQuestion, correct_question
from index.article import Answer, Passage
from index.embedding.base import ModelInfo, Vectors
from index.embedding.encoder import Encoder
from index.embedding.micro_batching import MicroBatcher
from index.reader import Reader
from index.reader.calibration import load_calibration
from index.scope import SHARED_ONLY, Scope
from index.store import Store, StoredSentence
from index.text.recency import asks_for_latest
from index.text.word_frequencies import load_word_frequencies

QUESTION_BATCH_SIZE = 4
"""Waiting questions that are embedded together: reading the model's weights takes longer than
multiplying a question's few words with them."""

VectorOf = Callable[[], Vectors]
"""Returns the vector of a question, shape (width,), when it is first needed."""


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

    def submit(
        self,
        question: str,
        scope: Scope,
        limit: int,
        near: Sequence[str],
        *,
        as_typed: bool = False,
    ) -> "Future[Answer]":
        """Queue a question; see ``Library.ask``. Raises StoreError after ``close``."""
        started = time.perf_counter()
        typed = strip_lead_in(question) if near else question
        # Registered before it is its turn, so that it can be embedded with earlier questions.
        vector = self._embeddings.register(_without_surrogates(typed))

        def answer() -> Answer:
            corrected = CorrectedQuestion(question) if as_typed else self.correct(question, scope)
            query = strip_lead_in(corrected.text) if near else corrected.text
            vector_of = vector.result
            if query != typed:
                vector.withdraw()
                vector_of = self._embeddings.register(_without_surrogates(query)).result
            ranking = self._search_near(corrected.text, query, vector_of, scope, near)
            return Answer(
                question=question,
                found=self.is_found(ranking),
                confidence=ranking.confidence,
                passages=self.passages(query, ranking, limit, scope),
                searched=self._store.articles.count(scope).articles,
                corrections=corrected.corrections,
                elapsed_ms=(time.perf_counter() - started) * 1000,
            )

        try:
            future = self._pool.submit(answer)
        except BaseException:
            vector.withdraw()
            raise
        future.add_done_callback(lambda _: vector.withdraw())
        return future

    def correct(self, question: str, scope: Scope = SHARED_ONLY) -> CorrectedQuestion:
        """The question to ``search`` for in place of one with typing errors, which ``search`` does
        not look for itself. Raises StoreError."""
        return correct_question(self._store.vocabulary, question, scope.collections)

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
        return rank(
            self.read_candidates(question, scope, vector_of),
            self._calibration,
            calibrated=self._reader.calibrated,
            latest=asks_for_latest(question),
        )

    def read_candidates(
        self, question: str, scope: Scope = SHARED_ONLY, vector_of: VectorOf | None = None
    ) -> ReadCandidates:
        """Retrieve candidates and have the reader read the best of them; not ranked yet.

        Args and raises as ``search``.
        """
        question = _without_surrogates(question)
        searched = self._store.articles.count(scope).sentences
        if not content_words(question) or not searched:
            return ReadCandidates()
        self._verify_model()
        lexical = self._pool.fork(lexical_search, self._store, question, scope)
        vector = vector_of() if vector_of else self._encoder.encode_question(question)
        dense = dense_search(self._store, vector, scope)
        candidates = hybrid_candidates(self._store, lexical(), dense, vector)
        originals, copies = separate_copies(candidates)
        windows = build_windows(self._store, question, vector, originals)
        predictions = self._reader.read(question, [[c.stored.text for c in w] for w in windows])
        read = [
            pair
            for window, predicted in zip(windows, predictions, strict=True)
            for pair in zip(window, predicted, strict=True)
        ]
        by_text = {candidate.stored.text: prediction for candidate, prediction in read}
        keys = {candidate.stored.key for candidate, _ in read}
        copies = [c for c in copies if c.stored.text in by_text and c.stored.key not in keys]
        read += [(c, by_text[c.stored.text]) for c in copies]
        keys |= {candidate.stored.key for candidate in copies}
        unread = [candidate for candidate in candidates if candidate.stored.key not in keys]
        return ReadCandidates(read, unread, searched)

    def passages(
        self, question: str, ranking: Ranking, limit: int, scope: Scope = SHARED_ONLY
    ) -> tuple[Passage, ...]:
        """At most ``limit`` passages of a ranking. Raises as ``search``."""
        ranked = extract_top_span(self._reader, _without_surrogates(question), ranking.sentences)
        near_duplicates = cache(lambda id_: self._store.near_duplicates.of(id_, scope))
        sentences = self._store.articles.sentences
        return make_passages(question, ranked, limit, sentences, near_duplicates)

    def is_found(self, ranking: Ranking) -> bool:
        """Whether the first sentence of a ranking counts as an answer."""
        return bool(ranking.sentences) and ranking.confidence >= self._min_confidence

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
        self._pool.fork(load_word_frequencies)  # which no question without typing errors needs
        self._encoder.load()
        reader()
        self._verify_model()

    def close(self) -> None:
        """Answer the questions in the queue and end all threads."""
        self._pool.close()

    def _search_near(
        self, question: str, query: str, vector_of: VectorOf, scope: Scope, near: Sequence[str]
    ) -> Ranking:
        """``search`` in the articles ``near`` if the question is about them, else in the scope.

        Args:
            query: the question without its lead-in.
        """
        elsewhere = self.search(query, scope, vector_of)
        if not near:
            return elsewhere
        previous = tuple(n for n in near if scope.articles is None or n in scope.articles)
        here = self.search(query, replace(scope, articles=previous), vector_of)
        stays = bool(here.sentences) and continues_previous(
            question, here.confidence, elsewhere.confidence, found_here=self.is_found(here)
        )
        return here if stays else elsewhere

    def _embed(self, questions: Sequence[str]) -> Vectors:
        return self._encoder.encode_questions(questions)


def _without_surrogates(question: str) -> str:
    """The question without lone surrogates, which no tokenizer accepts."""
    return question.encode(errors="replace").decode()
