"""What a library answers, and how it comes to that."""

import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date
from functools import cache

from index.answering.context_windows import gather_windows, set_aside_copies
from index.answering.follow_ups import goes_on, without_lead
from index.answering.passages import make_passages
from index.answering.phrase_search import Lookup, parse_phrases, passage_of
from index.answering.ranking import Considered, Ranking, mark, rank
from index.answering.retrieval import (
    content_words,
    find_by_meaning,
    find_by_words,
    find_candidates,
    plain_rankings,
)
from index.article import SHARED, Answer, Passage
from index.embedding.encoder import Encoder, ModelInfo, Vectors
from index.embedding.micro_batching import Batching
from index.embedding.onnx_runtime import CORES
from index.errors import ModelMismatchError
from index.reader import Reader, choose_reader
from index.reader.calibration import load_calibration
from index.scope import SHARED_ONLY, Scope
from index.store import Store, StoredSentence
from index.text.recency import asks_for_latest

TOGETHER = CORES + 1
"""Questions that are answered at once: more of them only take the cores from each other."""

EMBEDDED_TOGETHER = 4
"""Questions that are embedded at once where several wait: to read the model's weights takes longer
than to multiply a question's few words with them."""

VectorOf = Callable[[], Vectors]
"""Gives the vector of a question, shape (width,), once it is wanted."""


class Answering:
    """Answers questions from what a store holds, with an encoder and a reader.

    Args:
        min_confidence: from 0 to 1, the confidence from which an answer counts as found; None:
            what belongs to the reader.
    """

    def __init__(
        self,
        store: Store,
        encoder: Encoder,
        reader: Reader | None = None,
        min_confidence: float | None = None,
    ) -> None:
        self._store = store
        self._encoder = encoder
        self._reader = reader or choose_reader()
        self._beside = ThreadPoolExecutor(thread_name_prefix="beside")
        self._vectors = Batching(self._embed, EMBEDDED_TOGETHER)
        self._in_hand = ThreadPoolExecutor(TOGETHER, thread_name_prefix="question")
        self._calibration = load_calibration()
        sureness = self._calibration.read if self._reader.calibrated else self._calibration.plain
        self._min_confidence = sureness.threshold if min_confidence is None else min_confidence

    def ask(
        self,
        question: str,
        collections: Sequence[str] = (SHARED,),
        limit: int = 3,
        *,
        articles: Sequence[str] | None = None,
        publisher: str | None = None,
        since: date | None = None,
        near: Sequence[str] = (),
    ) -> Answer:
        """Answer a question from some collections, with at most ``limit`` passages.

        Where ``found`` is False, the passages are the nearest ones. A question without a word
        in it finds nothing.

        Args:
            articles, publisher, since: leave articles out, as in ``Scope``.
            near: the ids of the articles that answered the question before, if this one may go
                on from it: "and when do they arrive?".

        Raises:
            EncoderError: the model cannot be loaded.
            ModelMismatchError: the weights are not those that the library was made with.
            StoreError: the library cannot be read.
        """
        began = time.perf_counter()
        only = None if articles is None else tuple(articles)
        scope = Scope(tuple(collections), only, publisher, since)
        asked = without_lead(question) if near else question

        def answer(vector: VectorOf) -> Answer:
            ranking = self._search_near(question, asked, vector, scope, near)
            return Answer(
                question=question,
                found=self.is_found(ranking),
                confidence=ranking.confidence,
                passages=self.passages(asked, ranking, limit, scope),
                searched=self._store.count(scope).articles,
                elapsed_ms=(time.perf_counter() - began) * 1000,
            )

        with self._vectors.wanted(_encodable(asked)) as vector:
            return self._in_hand.submit(answer, vector).result()

    def _search_near(
        self, question: str, asked: str, vector: VectorOf, scope: Scope, near: Sequence[str]
    ) -> Ranking:
        """What is found for what is asked: ``near`` by, or else everywhere."""
        elsewhere = self.search(asked, scope, vector)
        if not near:
            return elsewhere
        only = tuple(n for n in near if scope.articles is None or n in scope.articles)
        here = self.search(asked, replace(scope, articles=only), vector)
        stays = bool(here.readings) and goes_on(
            question, here.confidence, elsewhere.confidence, found_here=self.is_found(here)
        )
        return here if stays else elsewhere

    def search(
        self, question: str, scope: Scope = SHARED_ONLY, vector_of: VectorOf | None = None
    ) -> Ranking:
        """The sentences that may answer a question, the likeliest first.

        Args:
            vector_of: the question's; None: it is embedded by itself.

        Raises: as ``ask``.
        """
        return rank(
            self.consider(question, scope, vector_of),
            self._calibration,
            calibrated=self._reader.calibrated,
            latest=asks_for_latest(question),
        )

    def consider(
        self, question: str, scope: Scope = SHARED_ONLY, vector_of: VectorOf | None = None
    ) -> Considered:
        """What search finds for a question and what the reader makes of it, in no order yet.
        Args, raises: as ``search``."""
        question = _encodable(question)
        searched = self._store.count(scope).sentences
        if not content_words(question) or not searched:
            return Considered()
        self._verified_model()
        by_words = self._beside.submit(find_by_words, self._store, question, scope)
        vector = vector_of() if vector_of else self._encoder.encode_question(question)
        by_meaning = find_by_meaning(self._store, vector, scope)
        candidates = find_candidates(self._store, by_words.result(), by_meaning, vector)
        originals, copies = set_aside_copies(candidates)
        windows = gather_windows(self._store, question, vector, originals)
        findings = self._reader.read(question, [[c.stored.text for c in w] for w in windows])
        read = [
            pair
            for window, found in zip(windows, findings, strict=True)
            for pair in zip(window, found, strict=True)
        ]
        by_text = {candidate.stored.text: finding for candidate, finding in read}
        keys = {candidate.stored.key for candidate, _ in read}
        copied = [c for c in copies if c.stored.text in by_text and c.stored.key not in keys]
        read += [(c, by_text[c.stored.text]) for c in copied]
        keys |= {candidate.stored.key for candidate in copied}
        unread = [candidate for candidate in candidates if candidate.stored.key not in keys]
        return Considered(read, unread, searched)

    def passages(
        self, question: str, ranking: Ranking, limit: int, scope: Scope = SHARED_ONLY
    ) -> tuple[Passage, ...]:
        """At most ``limit`` passages of what ``search`` found in a scope. Raises: as ``ask``."""
        readings = mark(self._reader, _encodable(question), ranking.readings)
        story = cache(lambda article_id: self._store.same_story(article_id, scope))
        return make_passages(question, readings, limit, self._store.sentences, story)

    def find(
        self, words: str, scope: Scope = SHARED_ONLY, limit: int = 10, offset: int = 0
    ) -> Lookup:
        """The sentences that hold some words or "exact phrases", newest article first.

        They are taken as they are written, whatever the case and the diacritics, and not
        interpreted. Words of which none has a letter or a digit are found nowhere.

        Raises:
            StoreError: the library cannot be read.
        """
        phrases = parse_phrases(_encodable(words))
        if not phrases:
            return Lookup(0, ())
        found = self._store.occurrences(phrases, scope, limit, offset)
        return Lookup(
            self._store.count_occurrences(phrases, scope),
            tuple(map(passage_of, found)),
        )

    def plain_searches(
        self, question: str, scope: Scope, limit: int
    ) -> dict[str, list[StoredSentence]]:
        """What plain methods find, to compare with: the nearest vectors, the best by BM25, and
        both fused by reciprocal rank. Raises: as ``ask``."""
        self._verified_model()
        question = _encodable(question)
        vector = self._encoder.encode_question(question)
        found = plain_rankings(self._store, question, vector, scope)
        sentences = self._store.fetch([key for keys in found.values() for key in keys[:limit]])
        return {
            name: [sentences[key] for key in keys[:limit] if key in sentences]
            for name, keys in found.items()
        }

    def is_found(self, ranking: Ranking) -> bool:
        """Whether the first of ``search``'s sentences counts as an answer."""
        return bool(ranking.readings) and ranking.confidence >= self._min_confidence

    def warm_up(self) -> None:
        """Load the models now, so that the first question does not wait for them."""
        reader = self._beside.submit(self._reader.load)
        self._encoder.load()
        reader.result()
        self._verified_model()

    def _embed(self, questions: Sequence[str]) -> Vectors:
        return self._encoder.encode_questions(questions)

    def _verified_model(self) -> ModelInfo:
        """The encoder's identity, once it is sure that the library's vectors are its own."""
        info, stored = self._encoder.info, self._store.model
        if stored and stored.fingerprint != info.fingerprint:
            raise mismatch(stored, info.name)
        return info


def _encodable(question: str) -> str:
    """The question without half characters, which no tokenizer takes."""
    return question.encode(errors="replace").decode()


def mismatch(stored: ModelInfo, wanted: str) -> ModelMismatchError:
    """The error of asking, or adding to, a library that another model made."""
    return ModelMismatchError(
        f"The library was made with the model {stored.name}, not with {wanted} as it is now."
        " Set EMBEDDING_MODEL back, or run `python -m index rebuild` to change the model."
    )
