"""Question search: from one question, as it was typed, to what is searched for, and its ranking.

Typing errors are corrected, a request becomes a question or a topic, a period filters or orders the
articles, and a follow-up question is completed by the one before it.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from index.answering.article_openings import rank_openings
from index.answering.coverage import Coverage, cover
from index.answering.follow_ups import (
    Evidence,
    complete,
    continues_previous,
    strip_lead_in,
)
from index.answering.period_search import search_period
from index.answering.ranking import Ranking
from index.answering.requests import Interpretation, interpret
from index.answering.retrieval import score_articles
from index.answering.sentence_search import SentenceSearch, VectorOf
from index.answering.spelling import CorrectedQuestion, correct_question
from index.conversation import NO_TURN, Turn
from index.embedding.encoder import Encoder
from index.scope import Scope
from index.store import Store
from index.text.periods import Period, find_period
from index.text.typing_errors import Correction


@dataclass(frozen=True, slots=True)
class AskOptions:
    """How a question is to be understood.

    Args:
        previous: the turn of the conversation before it, for follow-up questions.
        as_typed: whether typing errors stay as they are.
        any_time: whether to ignore the period that it names ("last week"), which otherwise counts
            unless the scope has a first or last day; see ``find_period``.
        now: the time of the question; None: the current one.
    """

    previous: Turn = NO_TURN
    as_typed: bool = False
    any_time: bool = False
    now: datetime | None = None


PLAIN = AskOptions()


@dataclass(frozen=True, slots=True)
class SearchResult:
    """What a question found.

    Args:
        ranking: of the sentences, with the question that was searched.
        scope: the articles that were searched.
        corrections: the typing errors that were corrected, in order.
        period: the period that the question names, with its effect.
    """

    ranking: Ranking
    scope: Scope
    corrections: tuple[Correction, ...] = ()
    period: Period | None = None


@dataclass(frozen=True, slots=True)
class _Asked:
    """A question without typing errors, and what it is searched with.

    Args:
        meant: what it asks for.
        previous: the turn of the conversation before it.
    """

    text: str
    meant: Interpretation
    previous: Turn
    vector_of: VectorOf


class QuestionSearch:
    """Understands a question, and searches for it.

    Args:
        is_found: whether the first sentence of a ranking counts as an answer.
    """

    def __init__(
        self,
        store: Store,
        encoder: Encoder,
        sentences: SentenceSearch,
        is_found: Callable[[Ranking], bool],
    ) -> None:
        self._store = store
        self._encoder = encoder
        self._sentences = sentences
        self._is_found = is_found

    def search(
        self, question: str, scope: Scope, options: AskOptions, vector_of: VectorOf
    ) -> SearchResult:
        """The ranking for a question, and how the question was understood.

        Raises as ``SentenceSearch.search``.
        """
        corrected = CorrectedQuestion(question)
        if not options.as_typed:
            corrected = correct_question(self._store.vocabulary, question, scope.collections)
        meant = understand(corrected.text, options.previous)
        asked = _Asked(corrected.text, meant, options.previous, vector_of)
        found = search_period(
            lambda words, articles: self._search(asked, words, articles),
            self._is_found,
            meant.query,
            scope,
            find_period(meant.query, options.now or datetime.now(UTC)),
            is_ignored=options.any_time or scope.since is not None or scope.until is not None,
        )
        return SearchResult(found.ranking, found.scope, corrected.corrections, found.period)

    def _search(self, asked: _Asked, words: str, scope: Scope) -> Ranking:
        """The ranking for a question or a request.

        Args:
            words: of the question or topic that are searched for.
        """
        if asked.meant.is_topic:
            return self._search_openings(asked, asked.meant, words, scope)
        ranking = self._search_near(asked, words, scope)
        if asked.meant.opening_of and not self._is_found(ranking):
            topic = Interpretation(asked.meant.opening_of, is_topic=True)
            openings = self._search_openings(asked, topic, topic.query, scope)
            return openings if self._is_found(openings) else ranking
        return ranking

    def _search_near(self, asked: _Asked, words: str, scope: Scope) -> Ranking:
        """The ranking in the articles that the conversation is about if the question is about them
        too, else in the scope."""
        here, elsewhere = self.compare(words, scope, asked.previous, asked.vector_of)
        stays = bool(here.sentences) and continues_previous(
            asked.text, evidence_of(here, words), evidence_of(elsewhere, words)
        )
        return here if stays else elsewhere

    def compare(
        self, words: str, scope: Scope, previous: Turn, vector_of: VectorOf
    ) -> tuple[Ranking, Ranking]:
        """The rankings in the articles that the conversation is about, which is empty if it has not
        begun, and in the scope.

        Raises as ``SentenceSearch.search``.
        """
        elsewhere = self._sentences.search(words, scope, vector_of)
        scores = score_articles([sentence.candidate for sentence in elsewhere.sentences])
        elsewhere = replace(elsewhere, article_scores=scores)
        if not previous.articles:
            return Ranking(words), elsewhere
        completed = complete(words, previous.question)
        near = scope.within(previous.topic(scores))
        here = self._sentences.search(completed, near, vector_of)
        return replace(here, article_scores=scores, continues=True), elsewhere

    def _search_openings(
        self, asked: _Asked, topic: Interpretation, words: str, scope: Scope
    ) -> Ranking:
        """The openings of the articles about a topic; of the previous turn's first one for "it"."""
        previous = asked.previous.articles
        if topic.is_pronoun and not previous:
            return Ranking(words)
        scope = scope.within(previous[:1]) if topic.is_pronoun else scope
        return rank_openings(
            self._store, self._encoder, words, asked.vector_of, scope, is_known=topic.is_pronoun
        )


def understand(question: str, previous: Turn) -> Interpretation:
    """What a question or a request asks for, without the lead-in of a follow-up question."""
    return interpret(strip_lead_in(question) if previous.articles else question)


def evidence_of(ranking: Ranking, question: str) -> Evidence:
    """What the best article of a ranking has to say on a question."""
    if not ranking.sentences:
        return Evidence(0.0, Coverage(0.0, 0))
    article = ranking.sentences[0].candidate.stored.article
    coverage = cover(question, f"{article.title}\n{article.text}")
    return Evidence(ranking.confidence, coverage)
