"""The answering pipeline: from what was typed to an answer with its passages."""

import time
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from dataclasses import replace
from functools import cache

from index.answer import Answer, Certainty, strong_passages
from index.answering.article_openings import articles_about
from index.answering.compound_answers import combine_answers
from index.answering.concurrent_questions import QuestionPool
from index.answering.differing_answers import find_differing
from index.answering.passages import make_passages
from index.answering.question_parts import split_question
from index.answering.question_search import (
    PLAIN,
    AskOptions,
    QuestionSearch,
    SearchResult,
    understand,
)
from index.answering.question_vectors import QuestionVectors
from index.answering.ranking import Ranking, extract_top_span
from index.answering.reading import Reading
from index.answering.retrieval import baseline_rankings
from index.answering.sentence_search import SentenceSearch
from index.answering.timeline import Timeline
from index.answering.timeline_search import TimelineSearch
from index.article import Passage
from index.conversation import Turn, add_scores
from index.embedding.base import ModelInfo, Vectors
from index.embedding.encoder import Encoder
from index.embedding.languages import understands
from index.embedding.micro_batching import MicroBatcher
from index.reader import Reader
from index.reader.calibration import load_calibration
from index.scope import SHARED_ONLY, Scope
from index.store import Store, StoredSentence
from index.text.surrogates import without_surrogates

QUESTION_BATCH_SIZE = 4
"""Waiting questions that are embedded together: reading the model's weights takes longer than
multiplying a question's few words with them."""


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
        calibration = load_calibration()
        calibrator = calibration.read if reader.calibrated else calibration.plain
        self._min_confidence = calibrator.threshold if min_confidence is None else min_confidence
        self._weak_confidence = calibrator.weak_threshold
        self._sentences = SentenceSearch(store, reader, calibration, self._pool, verify_model)
        self._understood: dict[str, bool] = {}
        self._questions = QuestionSearch(
            store,
            encoder,
            self._sentences,
            lambda ranking: self.certainty(ranking) is Certainty.FOUND,
        )
        self._timelines = TimelineSearch(store, encoder, reader, self._sentences, self.certainty)

    def submit(
        self,
        question: str,
        scope: Scope,
        limit: int,
        options: AskOptions = PLAIN,
        *,
        limited: bool = True,
    ) -> "Future[Answer]":
        """Queue a question; see ``Library.ask`` and, for ``limited``, ``QuestionPool.submit``.

        Raises StoreError after ``close``, and BusyError.
        """
        started = time.perf_counter()
        parts = [part.text for part in split_question(question)]
        expected = (understand(part, options.previous).query for part in parts)
        vectors = QuestionVectors(self._embeddings, map(without_surrogates, expected))

        def answer() -> Answer:
            answers: list[Answer] = []
            previous = options.previous
            for part in parts:
                asked = replace(options, previous=previous)
                begun = time.perf_counter()
                result = self._questions.search(part, scope, asked, vectors.of)
                answers.append(self._answer(part, result, limit, begun, previous))
                previous = answers[-1].turn
            elapsed_ms = (time.perf_counter() - started) * 1000
            return combine_answers(question, answers, limit, elapsed_ms)

        try:
            future = self._pool.submit(answer, limited=limited)
        except BaseException:
            vectors.withdraw()
            raise
        future.add_done_callback(lambda _: vectors.withdraw())
        return future

    def submit_timeline(
        self, about: str, scope: Scope, limit: int, *, limited: bool = True
    ) -> "Future[Timeline]":
        """Queue a timeline; see ``Library.timeline`` and, for ``limited``, ``QuestionPool.submit``.

        Raises as ``submit``.
        """

        def search() -> Timeline:
            embed = self._encoder.encode_question
            return self._timelines.search(without_surrogates(about), scope, limit, embed)

        return self._pool.submit(search, limited=limited)

    def search(
        self, question: str, scope: Scope = SHARED_ONLY, options: AskOptions = PLAIN
    ) -> SearchResult:
        """Rank the sentences that may answer one question, best first.

        Raises:
            EncoderError, ReaderError: a model cannot be loaded.
            ModelMismatchError: the store's vectors come from another model.
            StoreError: the store cannot be read.
        """
        return self._questions.search(question, scope, options, self._encoder.encode_question)

    def compare(self, words: str, scope: Scope, previous: Turn) -> tuple[Ranking, Ranking]:
        """The rankings between which a follow-up question decides; see ``QuestionSearch.compare``.
        Raises as ``search``."""
        return self._questions.compare(words, scope, previous, self._encoder.encode_question)

    def start_reading(self, question: str, scope: Scope = SHARED_ONLY) -> Reading | None:
        """Retrieve candidates for a question, to be read; None if there is nothing to search or to
        search for. Raises as ``search``."""
        return self._sentences.start_reading(question, scope, self._encoder.encode_question)

    def passages(self, result: SearchResult, limit: int) -> tuple[Passage, ...]:
        """At most ``limit`` passages of a search. Raises as ``search``."""
        question = result.ranking.question
        ranked = extract_top_span(
            self._reader, without_surrogates(question), result.ranking.sentences
        )
        near_duplicates = cache(lambda id_: self._store.near_duplicates.of(id_, result.scope))
        sentences = self._store.articles.sentences
        return make_passages(question, ranked, limit, sentences, near_duplicates)

    def certainty(self, ranking: Ranking) -> Certainty:
        """Whether the first sentence of a ranking is the answer, or may be it."""
        if not ranking.sentences:
            return Certainty.NONE
        if ranking.confidence >= self._min_confidence:
            return Certainty.FOUND
        return Certainty.WEAK if ranking.confidence >= self._weak_confidence else Certainty.NONE

    def turn(self, result: SearchResult, passages: Sequence[Passage], previous: Turn) -> Turn:
        """The turn of a conversation that an answer makes: about the article of its first passage
        or, without an answer, about that of the previous turn, if there was one."""
        ranking = result.ranking
        is_unanswered = self.certainty(ranking) is Certainty.NONE and bool(previous.articles)
        scores = ranking.article_scores
        if ranking.continues or is_unanswered:
            scores = add_scores(previous.scores, scores)
        if is_unanswered:
            return replace(previous, scores=scores)
        ids = dict.fromkeys(
            citation.article.id
            for passage in passages[:1]
            for citation in (passage.citation, *passage.also)
        )
        return Turn(ranking.question, tuple(ids), scores)

    def baselines(self, question: str, scope: Scope, limit: int) -> dict[str, list[StoredSentence]]:
        """The best sentences by plain methods, to compare with: the nearest vectors, BM25, and both
        fused by reciprocal rank. Raises as ``search``."""
        self._verify_model()
        question = without_surrogates(question)
        vector = self._encoder.encode_question(question)
        rankings = baseline_rankings(self._store, question, vector, scope)
        top = {name: keys[:limit] for name, keys in rankings.items()}
        sentences = self._store.articles.fetch([key for keys in top.values() for key in keys])
        return {
            name: [sentences[key] for key in keys if key in sentences] for name, keys in top.items()
        }

    def understands(self, language: str) -> bool:
        """Whether questions in a language ("es", "fr", "de", "pt") can be answered from articles in
        English; see ``embedding.languages``. Raises EncoderError."""
        if language not in self._understood:
            self._understood[language] = understands(self._encoder, language)
        return self._understood[language]

    def warm_up(self) -> None:
        """Load the models now, so that the first question does not wait for them."""
        reader = self._pool.fork(self._reader.load)
        self._encoder.load()
        reader()
        self._verify_model()

    def close(self) -> None:
        """Answer the questions in the queue and end all threads."""
        self._pool.close()

    def _answer(
        self, question: str, result: SearchResult, limit: int, started: float, previous: Turn
    ) -> Answer:
        """The answer to one question, which was begun at ``started``."""
        passages, certainty = self.passages(result, limit), self.certainty(result.ranking)
        asked = result.ranking.question
        return Answer(
            question=question,
            certainty=certainty,
            confidence=result.ranking.confidence,
            passages=passages,
            searched=self._store.articles.count(result.scope).articles,
            elapsed_ms=(time.perf_counter() - started) * 1000,
            query=asked,
            corrections=result.corrections,
            period=result.period,
            turn=self.turn(result, passages, previous),
            about=self._about(result) if certainty is Certainty.FOUND else (),
            differing=find_differing(asked, certainty, strong_passages(passages)),
        )

    def _about(self, result: SearchResult) -> tuple[str, ...]:
        """The ids of the articles about the topic that was asked for; () after a question."""
        if not result.ranking.is_topic:
            return ()
        near_duplicates = self._store.near_duplicates
        return articles_about(result.ranking, lambda id_: near_duplicates.of(id_, result.scope))

    def _embed(self, questions: Sequence[str]) -> Vectors:
        return self._encoder.encode_questions(questions)
