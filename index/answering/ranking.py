"""What search and the reader think of each sentence, to one order and one confidence."""

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from itertools import accumulate

from index.answering.retrieval import Candidate
from index.reader.base import Finding, Reader
from index.reader.calibration import Calibration, logistic
from index.text.recency import recency
from index.text.similarity import say_the_same, shared_words, words_of

TIE = 0.1
"""Values that differ by less count as the same, and the newer article comes first."""

ACCOUNTS_TIE = 0.8
"""The same for two articles' accounts of one thing: a number in place of another moves the value of
a sentence by up to about .5."""

LATEST_TIE = 3.0
"""The same for a question that wants the latest, of all that speaks of the matter: what speaks of
something else is further behind."""

ACCOUNTS_SHARE = 0.7
"""The share of the shorter sentence's words that the other one has too, if they are accounts."""

COPY_SHARE = 0.9
"""The same, if one is a copy of the other."""

NOT_READ = -5.0
"""The logit, for confidence, of a first sentence that the reader has not seen."""

MOST_LEAD = 1.0
"""The lead beyond which a greater one tells nothing more: it may be that nothing else speaks of the
matter, and that does not make the first sentence an answer."""

MOST_MATCH = 0.8
"""The match beyond which a greater one tells nothing more: such a sentence repeats the question."""


@dataclass(frozen=True, slots=True)
class Considered:
    """All that was found out about a question.

    Args:
        read: sentences with what the reader made of them.
        unread: the other candidates, in the order that search gave them.
        searched: how many sentences they were found among.
    """

    read: Sequence[tuple[Candidate, Finding]] = ()
    unread: Sequence[Candidate] = ()
    searched: int = 0


@dataclass(frozen=True, slots=True)
class Reading:
    """A candidate, and how well it answers the question.

    Args:
        value: what the order goes by: the reader's logit and search's match, added up.
        score: from 0 to 1: the first one's is how sure the answer is; one that is half as good
            has half of it.
        finding: the reader's; None where the sentence was not read.
    """

    candidate: Candidate
    value: float
    score: float
    finding: Finding | None = None


@dataclass(frozen=True, slots=True)
class Ranking:
    """Candidates, the best first, and the probability, from 0 to 1, that the first one answers."""

    readings: tuple[Reading, ...] = ()
    confidence: float = 0.0


def rank(
    considered: Considered, calibration: Calibration, *, calibrated: bool, latest: bool = False
) -> Ranking:
    """Put what was read in order; what was not read follows, in the order that search gave it.

    Args:
        calibrated: whether ``calibration`` knows the reader; else search alone says how sure
            the answer is.
        latest: whether the newer comes first even where the older answers rather better.
    """
    weight = calibration.match_weight
    valued = [(finding.logit + weight * c.match, c, finding) for c, finding in considered.read]
    tie = LATEST_TIE if latest else TIE
    valued = _newer_first(sorted(valued, key=lambda one: -one[0]), tie)
    least = min((value for value, *_ in valued), default=0.0)
    most = max((c.match for c in considered.unread), default=0.0)
    rest = [(least + weight * (c.match - most), c, None) for c in considered.unread]
    order: list[tuple[float, Candidate, Finding | None]] = [*valued, *rest]
    if not order:
        return Ranking()
    if calibrated:
        sure = calibration.read.confidence(read_features(order, considered.searched))
    else:
        sure = calibration.plain.confidence(plain_features(order, considered.searched))
    best = order[0][0]
    # Of those that tie, a later one may have the higher value, but no more of a score.
    scores = accumulate((min(1.0, 2 * logistic(value - best)) for value, *_ in order), min)
    return Ranking(
        tuple(
            Reading(candidate, value, score * sure, finding)
            for (value, candidate, finding), score in zip(order, scores, strict=True)
        ),
        sure,
    )


def mark(reader: Reader, question: str, readings: Sequence[Reading]) -> list[Reading]:
    """The readings, the first of them with the answer marked more carefully; see ``Reader.mark``.

    Raises:
        ReaderError: the model cannot be loaded.
    """
    if not readings:
        return []
    first, *rest = readings
    if first.finding and first.finding.span:
        span = reader.mark(question, first.candidate.stored.text, first.finding)
        first = replace(first, finding=replace(first.finding, span=span))
    return [first, *rest]


def read_features(
    order: Sequence[tuple[float, Candidate, Finding | None]], searched: int
) -> tuple[float, float, float, float, float]:
    """The first one's logit, its lead over the next that says something else, its match, the
    decimal logarithm of the number of sentences searched, and the product of these two: the more
    sentences there are, the nearer the nearest comes by chance, and the more it takes to tell it
    from one that answers.
    """
    value, first, finding = order[0]
    lead = next((value - v for v, c, _ in order[1:] if not _copies(first, c)), MOST_LEAD)
    logit = finding.logit if finding else NOT_READ
    match, size = plain_features(order, searched)
    return logit, min(max(lead, 0.0), MOST_LEAD), match, size, match * size


def plain_features(
    order: Sequence[tuple[float, Candidate, Finding | None]], searched: int
) -> tuple[float, float]:
    """The first one's match, and the decimal logarithm of the number of sentences searched."""
    return min(order[0][1].match, MOST_MATCH), math.log10(max(searched, 1))


Valued = tuple[float, Candidate, Finding]


def _newer_first(valued: Sequence[Valued], tie: float) -> list[Valued]:
    """The same, the best first, but of those that tie with the best of them the newer first."""
    ordered: list[Valued] = []
    rest = list(valued)
    while rest:
        tied: list[Valued] = []
        behind: list[Valued] = []
        for one in rest:
            (tied if _tie(rest[0], one, tie) else behind).append(one)
        rest = behind
        ordered += sorted(tied, key=_published, reverse=True)
    return ordered


def _tie(best: Valued, other: Valued, tie: float) -> bool:
    behind = best[0] - other[0]
    return behind < tie or (behind < ACCOUNTS_TIE and _two_accounts(best[1], other[1]))


def _two_accounts(one: Candidate, other: Candidate) -> bool:
    if one.stored.article.id == other.stored.article.id:
        return False
    share = shared_words(words_of(one.stored.text), words_of(other.stored.text))
    return share >= ACCOUNTS_SHARE


def _copies(one: Candidate, other: Candidate) -> bool:
    """Whether two articles say the same in the same words, as the papers do that print a wire
    report: that it is said twice makes it no less likely."""
    if one.stored.article.id == other.stored.article.id:
        return False
    return say_the_same(one.stored.text, other.stored.text, COPY_SHARE)


def _published(valued: Valued) -> str:
    """What is dated ahead is not the latest: nothing was published tomorrow."""
    when = recency(valued[1].stored.article.published)
    return when if when <= recency(datetime.now(UTC)) else ""
