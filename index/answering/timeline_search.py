"""Timeline search: each article's sentence that answers a question, or opens a topic's news."""

import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
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

REPRINT_DAYS = 3
"""The greatest number of days between an article and its reprint, unless they are
near-duplicates."""

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
            openings = self._openings(query, scope, vector_of)
            if openings or meant.is_topic:
                found = openings
                certainty = Certainty.FOUND if openings else Certainty.NONE
        entries = self._entries(query, found, scope)
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
        known = reading.best_of_articles()
        missing = {one.stored.article.id: _missing(names, one.stored.article) for one in known}
        known.sort(key=lambda one: missing[one.stored.article.id])  # stable, so else by score
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

    def _rated(self, candidates: ReadCandidates, missing: Mapping[str, int]) -> Iterator[_Found]:
        """The sentences that answer well enough to be entries.

        Args:
            missing: the number of the question's names that each article lacks, by article id.
        """
        for candidate, prediction in candidates.read:
            if self._reader.calibrated:
                lacking = missing.get(candidate.stored.article.id, 0)
                score = prediction.logit - NAME_PENALTY * lacking
                confidence, least = logistic(score), MIN_CONFIDENCE
            else:
                score, plain = candidate.hybrid_score, self._calibration.plain
                features = retrieval_features([(score, candidate, None)], candidates.searched)
                confidence, least = plain.confidence(features), plain.threshold
            if confidence >= least:
                yield _Found(RankedSentence(candidate, score, confidence, prediction), confidence)

    def _openings(self, topic: str, scope: Scope, vector_of: VectorOf) -> list[_Found]:
        """The first sentences of the articles about a topic."""
        if not content_words(topic) or not self._store.articles.count(scope).sentences:
            return []
        openings = find_openings(
            self._store, self._encoder, topic, vector_of(topic), scope, MAX_ARTICLES
        )
        return [
            _Found(
                RankedSentence(
                    Candidate(opening.sentences[0], opening.opening_cosine),
                    opening.confidence,
                    opening.confidence,
                ),
                opening.confidence,
            )
            for opening in openings
            if opening.confidence >= MIN_TOPIC_CONFIDENCE
        ]

    def _entries(self, query: str, found: Sequence[_Found], scope: Scope) -> list[TimelineEntry]:
        """The entries, oldest first, without those that another article has printed before."""
        entries: list[TimelineEntry] = []
        for entry in oldest_first([self._entry(query, one) for one in found]):
            for number, earlier in enumerate(entries):
                if self._is_reprint(entry, earlier, scope):
                    also = (*earlier.passage.also, entry.passage.citation)
                    passage = replace(earlier.passage, also=also)
                    best = max(earlier.confidence, entry.confidence)
                    entries[number] = TimelineEntry(passage, best)
                    break
            else:
                entries.append(entry)
        return entries

    def _is_reprint(self, later: TimelineEntry, earlier: TimelineEntry, scope: Scope) -> bool:
        """Whether an article prints the sentence of an earlier one again, as papers print a wire
        report; months later, the same words are news."""
        if not are_equivalent(later.passage.quote, earlier.passage.quote, COPY_OVERLAP):
            return False
        if _days_between(later.article, earlier.article) <= REPRINT_DAYS:
            return True
        near_duplicates = self._store.near_duplicates.of(later.article.id, scope)
        return any(article.id == earlier.article.id for article in near_duplicates)

    def _entry(self, query: str, found: _Found) -> TimelineEntry:
        ranked = extract_top_span(self._reader, query, [found.ranked])
        (passage,) = make_passages(query, ranked, 1, self._store.articles.sentences)
        return TimelineEntry(passage, found.confidence)

    def _names(self, query: str, scope: Scope) -> str:
        """The words of a query that the articles write with a capital, as a question's text."""
        vocabulary = self._store.vocabulary
        spelled = (vocabulary.spelling(one, scope.collections) for one in content_words(query))
        return " ".join(["about", *(word for word in spelled if word[:1].isupper())])


def _missing(names: str, article: Article) -> int:
    """The number of names that an article lacks."""
    return cover(names, f"{article.title}\n{article.text}").missing_names


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
