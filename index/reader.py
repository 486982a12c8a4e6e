"""Candidates to ranked ones, with how sure it is that the first answers the question.

This first reader looks at no more than the two searches found out. ``benchmarks/confidence.py``
fits its numbers; what they reach stands in ``docs/quality.md``.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from index.search import Candidate

OVERLAP_WEIGHT = 0.7
"""What a sentence that holds all the question's words is worth, as a cosine. The overlap is
squared: a stray common word says little, most of the words together say much."""

COSINE, MARGIN, SIZE, INTERCEPT = 6.24, 2.37, -0.22, -4.2
"""The logistic regression that ``confidence`` is: on the cosine of the first candidate, how far
its match is ahead of the second's, and the decimal logarithm of how many sentences were searched
(the more there are, the nearer the nearest comes by chance)."""

THRESHOLD = 0.14
"""The confidence from which an answer counts as found."""


@dataclass(frozen=True, slots=True)
class Reading:
    """A candidate and how well it matches the question, from 0 to 1."""

    candidate: Candidate
    score: float


@dataclass(frozen=True, slots=True)
class Ranking:
    """Candidates, the best first, and the probability, from 0 to 1, that the first one answers."""

    readings: tuple[Reading, ...] = ()
    confidence: float = 0.0


def read(candidates: Sequence[Candidate], searched: int) -> Ranking:
    """Rank candidates for an answer; of two that match alike, the earlier stays first.

    Args:
        searched: how many sentences they were found among.
    """
    ranked = sorted(candidates, key=lambda candidate: -match(candidate))
    if not ranked:
        return Ranking()
    confidence = logistic(
        sum(w * x for w, x in zip((COSINE, MARGIN, SIZE), features(ranked, searched), strict=True))
        + INTERCEPT
    )
    return Ranking(tuple(Reading(candidate, _score(candidate)) for candidate in ranked), confidence)


def match(candidate: Candidate) -> float:
    """The cosine, raised by the words in common: about -1 to 1.7."""
    return candidate.cosine + OVERLAP_WEIGHT * candidate.overlap**2


def features(ranked: Sequence[Candidate], searched: int) -> tuple[float, float, float]:
    """What confidence depends on; see ``COSINE``."""
    first, *others = ranked
    margin = match(first) - (match(others[0]) if others else 0.0)
    return first.cosine, margin, math.log10(max(searched, 1))


def logistic(value: float) -> float:
    return 1 / (1 + math.exp(-value))


def _score(candidate: Candidate) -> float:
    return min(max(match(candidate) / (1 + OVERLAP_WEIGHT), 0.0), 1.0)
