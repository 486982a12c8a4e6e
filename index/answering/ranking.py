"""Ranking: the scores of retrieval and the reader combined into one order and one confidence."""

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from itertools import accumulate

from index.answering.coverage import cover
from index.answering.retrieval import STOP_WORDS, Candidate
from index.conversation import ArticleScores
from index.reader.base import Excerpt, Reader, SentencePrediction
from index.reader.calibration import Calibration, logistic
from index.text.recency import recency_key
from index.text.similarity import are_equivalent, tokenize, word_overlap

TIE_MARGIN = 0.1
"""Scores that differ by less are tied; of tied sentences, the newest article's comes first."""

REPORTS_TIE_MARGIN = 0.8
"""The margin for two articles' reports of the same thing: another number in a sentence changes its
score by up to about .5."""

LATEST_TIE_MARGIN = 3.0
"""The margin for a question that asks for the latest news; sentences about something else are
further behind."""

REPORTS_OVERLAP = 0.7
"""The word overlap from which two sentences report the same thing."""

COPY_OVERLAP = 0.9
"""The word overlap from which a sentence is a copy of another."""

UNREAD_LOGIT = -5.0
"""The logit, for confidence, of a first sentence that the reader has not read."""

MAX_LEAD = 1.0
"""A greater lead adds no confidence: if nothing else is about the topic, the first sentence need
not be an answer."""

MAX_MISSING_NAMES = 2
"""More missing names lower the confidence no further."""

MAX_HYBRID_SCORE = 0.8
"""A greater hybrid score adds no confidence: such a sentence repeats the question."""


@dataclass(frozen=True, slots=True)
class ReadCandidates:
    """The candidates for a question, before they are ranked.

    Args:
        read: candidates with the reader's predictions.
        unread: other candidates, in the order of retrieval.
        searched: the number of sentences that were searched.
    """

    read: Sequence[tuple[Candidate, SentencePrediction]] = ()
    unread: Sequence[Candidate] = ()
    searched: int = 0


@dataclass(frozen=True, slots=True)
class RankedSentence:
    """A candidate with its scores.

    Args:
        combined_score: the reader's logit plus the weighted hybrid score; sentences are ranked by
            it, apart from ties.
        score: from 0 to 1, relative to the first sentence's, which is the confidence.
        prediction: the reader's; None if it has not read the sentence.
    """

    candidate: Candidate
    combined_score: float
    score: float
    prediction: SentencePrediction | None = None


@dataclass(frozen=True, slots=True)
class Ranking:
    """Sentences, best first.

    Args:
        question: as it was searched.
        confidence: the probability, from 0 to 1, that the first sentence is an answer.
        article_scores: how well articles fit the question; see ``retrieval.score_articles``.
        continues: whether the question was asked of the articles that the conversation is about.
        is_topic: the sentences are openings of articles about a topic, not answers.
    """

    question: str
    sentences: tuple[RankedSentence, ...] = ()
    confidence: float = 0.0
    article_scores: ArticleScores = ()
    continues: bool = False
    is_topic: bool = False


Scored = tuple[float, Candidate, SentencePrediction | None]
"""A candidate with its combined score and the reader's prediction."""


def rank(
    question: str,
    candidates: ReadCandidates,
    calibration: Calibration,
    *,
    calibrated: bool,
    latest: bool = False,
) -> Ranking:
    """Rank the candidates that were read, followed by the others in the order of retrieval.

    Args:
        calibrated: whether ``calibration`` was fitted for the reader; if not, the confidence is
            computed from the hybrid score alone.
        latest: whether the question asks for the latest news, so that a newer sentence comes first
            even if an older one answers somewhat better.
    """
    weight = calibration.hybrid_weight
    read: list[Scored] = [(p.logit + weight * c.hybrid_score, c, p) for c, p in candidates.read]
    margin = LATEST_TIE_MARGIN if latest else TIE_MARGIN
    read = _newest_of_tied_first(sorted(read, key=lambda scored: -scored[0]), margin)
    lowest = min((score for score, *_ in read), default=0.0)
    highest_unread = max((c.hybrid_score for c in candidates.unread), default=0.0)
    unread: list[Scored] = [
        (lowest + weight * (c.hybrid_score - highest_unread), c, None) for c in candidates.unread
    ]
    order = [*read, *unread]
    if not order:
        return Ranking(question)
    if calibrated:
        features = reader_features(question, order, candidates.searched)
        confidence = calibration.read.confidence(features)
    else:
        confidence = calibration.plain.confidence(retrieval_features(order, candidates.searched))
    top = order[0][0]
    # A tied sentence may have a higher combined score than the one before it, but not a score.
    relative = accumulate((min(1.0, 2 * logistic(score - top)) for score, *_ in order), min)
    return Ranking(
        question,
        tuple(
            RankedSentence(candidate, combined, score * confidence, prediction)
            for (combined, candidate, prediction), score in zip(order, relative, strict=True)
        ),
        confidence,
    )


def extract_top_span(
    reader: Reader, question: str, sentences: Sequence[RankedSentence]
) -> list[RankedSentence]:
    """Refine the answer span of the first sentence; see ``Reader.extract_span``.

    Raises:
        ReaderError: the model cannot be loaded.
    """
    if not sentences:
        return []
    first, *rest = sentences
    if first.prediction and first.prediction.span:
        stored = first.candidate.stored
        alone = Excerpt([stored.text], stored.article.title)
        span = reader.extract_span(question, alone, first.prediction)
        first = replace(first, prediction=replace(first.prediction, span=span))
    return [first, *rest]


def reader_features(question: str, order: Sequence[Scored], searched: int) -> tuple[float, ...]:
    """The features of the confidence with a calibrated reader.

    They are the first sentence's logit, its lead over the next one that states something else, its
    hybrid score, the decimal logarithm of the number of sentences searched, the product of the
    last two (the more sentences there are, the closer the nearest comes by chance), and the number
    of names and numbers of the question that its article lacks: see ``Coverage``.
    """
    top, first, prediction = order[0]
    lead = next((top - s for s, c, p in order[1:] if not _agree(first, prediction, c, p)), MAX_LEAD)
    logit = prediction.logit if prediction else UNREAD_LOGIT
    hybrid_score, size = retrieval_features(order, searched)
    article = first.stored.article
    missing = cover(question, f"{article.title}\n{article.text}").missing_names
    return (
        logit,
        min(max(lead, 0.0), MAX_LEAD),
        hybrid_score,
        size,
        hybrid_score * size,
        float(min(missing, MAX_MISSING_NAMES)),
    )


def retrieval_features(order: Sequence[Scored], searched: int) -> tuple[float, float]:
    """The features of the confidence without a calibrated reader: the first sentence's hybrid
    score, and the decimal logarithm of the number of sentences searched."""
    return min(order[0][1].hybrid_score, MAX_HYBRID_SCORE), math.log10(max(searched, 1))


def _newest_of_tied_first(order: Sequence[Scored], margin: float) -> list[Scored]:
    """The same order, except that sentences tied with the best of the rest are sorted by date."""
    result: list[Scored] = []
    remaining = list(order)
    while remaining:
        tied: list[Scored] = []
        behind: list[Scored] = []
        for scored in remaining:
            (tied if _is_tied(remaining[0], scored, margin) else behind).append(scored)
        remaining = behind
        result += sorted(tied, key=_date_key, reverse=True)
    return result


def _is_tied(best: Scored, other: Scored, margin: float) -> bool:
    behind = best[0] - other[0]
    return behind < margin or (behind < REPORTS_TIE_MARGIN and _report_the_same(best[1], other[1]))


def _report_the_same(one: Candidate, other: Candidate) -> bool:
    if one.stored.article.id == other.stored.article.id:
        return False
    overlap = word_overlap(tokenize(one.stored.text), tokenize(other.stored.text))
    return overlap >= REPORTS_OVERLAP


def _agree(
    one: Candidate,
    prediction: SentencePrediction | None,
    other: Candidate,
    other_prediction: SentencePrediction | None,
) -> bool:
    """Whether two sentences answer alike, since one is a copy of the other, or since the words that
    answer in one are all among those in the other: "200" and "about 200 soldiers"."""
    if _is_copy(one, other):
        return True
    answer, other_answer = _answer(one, prediction), _answer(other, other_prediction)
    return bool(answer and other_answer) and (answer <= other_answer or other_answer <= answer)


def _answer(candidate: Candidate, prediction: SentencePrediction | None) -> set[str]:
    """The content words that answer in a sentence."""
    if prediction is None or prediction.span is None:
        return set()
    return set(tokenize(candidate.stored.text[slice(*prediction.span)])) - STOP_WORDS


def _is_copy(one: Candidate, other: Candidate) -> bool:
    """Whether a sentence is another article's copy, as papers print a wire report: a copy does not
    make the first one less likely to be the answer."""
    if one.stored.article.id == other.stored.article.id:
        return False
    return are_equivalent(one.stored.text, other.stored.text, COPY_OVERLAP)


def _date_key(scored: Scored) -> str:
    """The recency key of a sentence's article; a date in the future counts as unknown."""
    key = recency_key(scored[1].stored.article.published)
    return key if key <= recency_key(datetime.now(UTC)) else ""
