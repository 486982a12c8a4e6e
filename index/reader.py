"""Candidates to ranked ones, with how sure it is that each answers the question.

This first reader looks at no more than the two searches found out. Its numbers are fitted by
``benchmarks/confidence.py`` and stand in ``docs/quality.md``.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from index.search import Candidate

OVERLAP_WEIGHT = 0.7
"""What a sentence that holds all the question's words is worth, as a cosine. The overlap is
squared: a stray common word says little, most of the words together say much."""

SLOPE, INTERCEPT = 7.0, -4.0
THRESHOLD = 0.3
"""The confidence from which an answer counts as found."""


@dataclass(frozen=True, slots=True)
class Reading:
    """A candidate and the probability, from 0 to 1, that it answers the question."""

    candidate: Candidate
    probability: float


def rank(candidates: Sequence[Candidate]) -> list[Reading]:
    """The candidates by how likely they answer the question, best first.

    Where two are equally likely, the order of the candidates stands.
    """
    readings = [Reading(candidate, probability(match(candidate))) for candidate in candidates]
    return sorted(readings, key=lambda reading: -reading.probability)


def match(candidate: Candidate) -> float:
    """How well a candidate matches the question: the cosine, raised by shared words."""
    return candidate.cosine + OVERLAP_WEIGHT * candidate.overlap**2


def probability(match: float) -> float:
    """Platt scaling ("Probabilistic Outputs for Support Vector Machines", 1999)."""
    return 1 / (1 + math.exp(-(SLOPE * match + INTERCEPT)))
