"""Timeline search: each article's sentence that answers a question, or opens a topic's news."""

import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from statistics import median

from index.answer import Certainty
from index.answering.article_openings import find_openings
from index.answering.coverage import cover
from index.answering.passages import make_passages
from index.answering.question_grammar import parse_clause, tokenize_question, without_end
from index.answering.ranking import (
    COPY_OVERLAP,
    RankedSentence,
    Ranking,
    ReadCandidates,
    extract_top_span,
    retrieval_features,
)
from index.answering.requests import interpret
from index.answering.retrieval import Candidate, content_words
from index.answering.sentence_search import SentenceSearch, VectorOf
from index.answering.spelling import correct_question
from index.answering.timeline import Timeline, TimelineEntry, oldest_first
from index.article import Article
from index.embedding.encoder import Encoder
from index.reader import Reader
from index.reader.calibration import load_calibration, logistic
from index.scope import Scope
from index.store import Store
from index.text.quantities import find_quantity
from index.text.similarity import are_equivalent

MAX_ARTICLES = 40
"""Articles that are read for a timeline."""

BATCH_SIZE = 6
"""Articles that are read at a time; a batch without an entry is the last one."""

ARTICLE_CHARS = 700
"""Characters of an article from which no further window is read."""

REPRINT_DAYS = 7
"""The greatest number of days between an article and its reprint: later, the words are news."""

NAME_PENALTY = 1.5
"""What each name of the question that an article lacks takes from the logits of its sentences."""

MIN_CONFIDENCE = 0.5
"""The probability from which an article's best sentence is an entry."""

MIN_TOPIC_CONFIDENCE = 0.4
"""The same for the opening of an article about a topic."""

MIN_FIGURES_LOGIT = 1.2
"""The median logit of figures from which keywords ask for them ("death toll") and not for the news
of a topic ("the flood")."""


@dataclass(frozen=True, slots=True)
class _Found:
    """The sentence of an article that may be an entry.

    Args:
        confidence: the probability that it is one.
    """

    ranked: RankedSentence
    confidence: float

    @property
    def article(self) -> Article:
        return self.ranked.candidate.stored.article

    @property
    def figure(self) -> str:
        """The words that answer; "" if the reader has not read the sentence."""
        prediction = self.ranked.prediction
        span = prediction.span if prediction else None
        return self.ranked.candidate.stored.text[slice(*span)] if span else ""


class TimelineSearch:
    """Finds the entries of timelines.

    Args:
        certainty: of a ranking's first sentence.
    """

    def __init__(
        self,
        store: Store,
        encoder: Encoder,
        reader: Reader,
        sentences: SentenceSearch,
        certainty: Callable[[Ranking], Certainty],
    ) -> None:
        self._store = store
        self._encoder = encoder
        self._reader = reader
        self._sentences = sentences
        self._certainty = certainty
        self._calibration = load_calibration()

    def search(self, about: str, scope: Scope, limit: int, vector_of: VectorOf) -> Timeline:
        """The timeline of a question, of keywords or of a topic, with at most ``limit`` entries.

        A topic's entries are the openings of the articles about it. Raises as
        ``SentenceSearch.search``.
        """
        started = time.perf_counter()
        corrected = correct_question(self._store.vocabulary, about, scope.collections)
        meant = interpret(corrected.text)
        query = meant.query
        is_question = not meant.is_topic and _is_question(query)
        found: list[_Found] = []
        certainty = Certainty.NONE
        if not meant.is_topic:
            certainty, found = self._answers(query, scope, vector_of)
        if not is_question and not _are_figures(found):
            in_openings, openings = self._openings(query, scope, vector_of)
            if openings or meant.is_topic:
                certainty, found = in_openings, openings
        entries = self._entries(query, found)
        best = sorted(entries, key=lambda entry: -entry.confidence)[:limit]
        return Timeline(
            about,
            query,
            certainty if entries else Certainty.NONE,
            tuple(oldest_first(best)),
            len(entries) - len(best),
            self._store.articles.count(scope).articles,
            corrected.corrections,
            (time.perf_counter() - started) * 1000,
        )

    def _answers(
        self, query: str, scope: Scope, vector_of: VectorOf
    ) -> tuple[Certainty, list[_Found]]:
        """The sentence of each article that answers best, if it answers well enough."""
        reading = self._sentences.start_reading(query, scope, vector_of)
        if reading is None:
            return Certainty.NONE, []
        names = self._names(query, scope)

        @cache
        def missing(article: Article) -> int:
            return cover(names, f"{article.title}\n{article.text}").missing_names

        known = reading.best_of_articles()
        known.sort(key=lambda one: missing(one.stored.article))  # stable, so else by score
        found: dict[str, _Found] = {}
        read = ReadCandidates()
        for start in range(0, min(len(known), MAX_ARTICLES), BATCH_SIZE):
            read = reading.read_articles(known[start : start + BATCH_SIZE], ARTICLE_CHARS)
            before = len(found)
            for one in self._rated(read, missing):
                best = found.setdefault(one.article.id, one)
                if one.confidence > best.confidence:
                    found[one.article.id] = one
            if len(found) == before:
                break
        certainty = self._certainty(self._sentences.rank(query, read))
        return certainty, [] if certainty is Certainty.NONE else list(found.values())

    def _rated(
        self, candidates: ReadCandidates, missing: Callable[[Article], int]
    ) -> Iterator[_Found]:
        """The sentences that answer well enough to be entries.

        Args:
            missing: returns the number of the question's names that an article lacks.
        """
        for candidate, prediction in candidates.read:
            if self._reader.calibrated:
                score = prediction.logit - NAME_PENALTY * missing(candidate.stored.article)
                confidence, least = logistic(score), MIN_CONFIDENCE
            else:
                score, plain = candidate.hybrid_score, self._calibration.plain
                features = retrieval_features([(score, candidate, None)], candidates.searched)
                confidence, least = plain.confidence(features), plain.threshold
            if confidence >= least:
                yield _Found(RankedSentence(candidate, score, confidence, prediction), confidence)

    def _openings(
        self, topic: str, scope: Scope, vector_of: VectorOf
    ) -> tuple[Certainty, list[_Found]]:
        """The first sentences of the articles about a topic."""
        if not content_words(topic) or not self._store.articles.count(scope).sentences:
            return Certainty.NONE, []
        vector = vector_of(topic)
        openings = find_openings(self._store, self._encoder, topic, vector, scope, MAX_ARTICLES)
        openings.sort(key=lambda opening: -opening.confidence)
        found = []
        for opening in openings:
            candidate = Candidate(opening.sentences[0], opening.opening_cosine)
            score = opening.confidence
            if score >= MIN_TOPIC_CONFIDENCE:
                found.append(_Found(RankedSentence(candidate, score, score), score))
        best = tuple(one.ranked for one in found[:1])
        certainty = self._certainty(Ranking(topic, best, best[0].score if best else 0.0))
        return certainty, [] if certainty is Certainty.NONE else found

    def _entries(self, query: str, found: Sequence[_Found]) -> list[TimelineEntry]:
        """The entries, oldest first, without reprints of earlier articles."""
        entries: list[TimelineEntry] = []
        for entry in oldest_first([self._entry(query, one) for one in found]):
            for number, earlier in enumerate(entries):
                if _is_reprint(entry, earlier):
                    also = (*earlier.passage.also, entry.passage.citation)
                    passage = replace(earlier.passage, also=also)
                    best = max(earlier.confidence, entry.confidence)
                    entries[number] = TimelineEntry(passage, best)
                    break
            else:
                entries.append(entry)
        return entries

    def _entry(self, query: str, found: _Found) -> TimelineEntry:
        ranked = extract_top_span(self._reader, query, [found.ranked])
        (passage,) = make_passages(query, ranked, 1, self._store.articles.sentences)
        return TimelineEntry(passage, found.confidence)

    def _names(self, query: str, scope: Scope) -> str:
        """The words of a query that the articles write with a capital, as a question's text."""
        vocabulary = self._store.vocabulary
        spelled = (vocabulary.spelling(one, scope.collections) for one in content_words(query))
        return " ".join(["about", *(word for word in spelled if word[:1].isupper())])


def _is_reprint(later: TimelineEntry, earlier: TimelineEntry) -> bool:
    """Whether an article prints the sentence of an earlier one again, as papers print a wire
    report."""
    is_same = are_equivalent(later.passage.quote, earlier.passage.quote, COPY_OVERLAP)
    return is_same and _days_between(later.article, earlier.article) <= REPRINT_DAYS


def _days_between(one: Article, other: Article) -> int:
    """The whole days between the dates of two articles; 0 if one has none."""
    if one.published is None or other.published is None:
        return 0
    days = [date(d.year, d.month, d.day) for d in (one.published, other.published)]
    return abs((days[0] - days[1]).days)


def _is_question(text: str) -> bool:
    """Whether a text is a question rather than keywords."""
    return parse_clause(without_end(tokenize_question(text))) is not None


def _are_figures(found: Sequence[_Found]) -> bool:
    """Whether the answers to keywords are what they ask for: mostly figures, and good answers."""
    if not found:
        return False
    figures = sum(find_quantity(one.figure) is not None for one in found)
    logit = median(one.ranked.combined_score for one in found)
    return 2 * figures > len(found) and logit >= MIN_FIGURES_LOGIT
