"""Metrics of evaluated questions."""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

HIT_CUTOFFS = (1, 3, 10)
CONFIDENCE_BINS = 10
RISK_COVERAGES = (0.25, 0.5, 0.75, 1.0)


@dataclass(frozen=True, slots=True)
class EvaluatedQuestion:
    """The outcome of one question.

    Args:
        rank: of the first right sentence, from 1; None if it is not among the first.
        candidate: whether a right sentence was a candidate.
        read: whether the reader read a right sentence.
        exact, f1: exact match and F1 of the first highlight with the closest answer; None if the
            answers' texts are not known.
        article: whether the first sentence's article is right.
        kind: of the question, if the set has several.
    """

    answerable: bool
    rank: int | None
    candidate: bool
    read: bool
    found: bool
    confidence: float
    exact: float | None
    f1: float | None
    article: bool = False
    kind: str = ""

    @property
    def right(self) -> bool:
        return self.rank == 1


def compute_metrics(evaluated: Sequence[EvaluatedQuestion], skipped: int = 0) -> dict[str, Any]:
    """The metrics of an evaluation by name; see ``docs/evaluating.md``.

    Rates are from 0 to 1; a metric is None if no question counts towards it.
    """
    answerable = [one for one in evaluated if one.answerable]
    unanswerable = [one for one in evaluated if not one.answerable]
    found = [one for one in evaluated if one.found]
    answerable_found = [one for one in answerable if one.found]
    return {
        "answerable": len(answerable),
        "unanswerable": len(unanswerable),
        "skipped": skipped,
        **{
            f"hit@{cutoff}": _hit_rate([one.rank for one in answerable], cutoff)
            for cutoff in HIT_CUTOFFS
        },
        f"mrr@{max(HIT_CUTOFFS)}": _mean([1 / one.rank if one.rank else 0.0 for one in answerable]),
        "article": _mean([one.article for one in answerable]),
        "candidates": _mean([one.candidate for one in answerable]),
        "read": _mean([one.read for one in answerable]),
        "exact": _mean([one.exact for one in answerable if one.exact is not None]),
        "f1": _mean([one.f1 for one in answerable if one.f1 is not None]),
        "found": _mean([one.found for one in answerable]),
        "found_right": _mean([one.found and one.right for one in answerable]),
        "right_of_found": _mean([one.right for one in answerable_found]),
        "refused": _mean([not one.found for one in unanswerable]),
        "precision": _mean([one.right for one in found]),
        "roc_area": _roc_area(evaluated),
        "calibration_error": _calibration_error(evaluated),
        "risk_area": _mean([risk for _, risk in risk_coverage(evaluated)]),
        **{f"risk@{coverage:.0%}": _risk_at(evaluated, coverage) for coverage in RISK_COVERAGES},
    }


def metrics_by_kind(evaluated: Sequence[EvaluatedQuestion]) -> dict[str, dict[str, Any]]:
    """The metrics of each kind of questions."""
    kinds = sorted({one.kind for one in evaluated} - {""})
    return {kind: compute_metrics([e for e in evaluated if e.kind == kind]) for kind in kinds}


def baseline_metrics(
    ranks: dict[str, list[int | None]],
) -> dict[str, dict[str, float | None]]:
    """The hit rates and the mean reciprocal rank of each baseline.

    Args:
        ranks: of the first right sentence for each question, by baseline.
    """
    last = max(HIT_CUTOFFS)
    return {
        name: {f"hit@{cutoff}": _hit_rate(found, cutoff) for cutoff in HIT_CUTOFFS}
        | {f"mrr@{last}": _mean([1 / r if r and r <= last else 0.0 for r in found])}
        for name, found in ranks.items()
    }


def risk_coverage(evaluated: Sequence[EvaluatedQuestion]) -> list[tuple[float, float]]:
    """The risk-coverage curve: for the n most confident questions, their share of all questions and
    the share of wrong answers among them, for every n (El-Yaniv and Wiener, "On the Foundations of
    Noise-free Selective Classification", 2010)."""
    wrong = 0
    points = []
    for number, one in enumerate(sorted(evaluated, key=lambda one: -one.confidence), 1):
        wrong += not one.right
        points.append((number / len(evaluated), wrong / number))
    return points


def reliability(evaluated: Sequence[EvaluatedQuestion]) -> list[tuple[float, float, int]]:
    """A reliability diagram: for each non-empty bin, the mean confidence, the share of right
    answers, and the number of questions."""
    bins: list[list[EvaluatedQuestion]] = [[] for _ in range(CONFIDENCE_BINS)]
    for one in evaluated:
        bins[min(int(one.confidence * CONFIDENCE_BINS), CONFIDENCE_BINS - 1)].append(one)
    return [
        (
            sum(one.confidence for one in held) / len(held),
            sum(one.right for one in held) / len(held),
            len(held),
        )
        for held in bins
        if held
    ]


def _hit_rate(ranks: Sequence[int | None], cutoff: int) -> float | None:
    return _mean([rank is not None and rank <= cutoff for rank in ranks])


def _roc_area(evaluated: Sequence[EvaluatedQuestion]) -> float | None:
    """The area under the ROC curve of confidence as a score for being answerable: the probability
    that an answerable question has the higher confidence (Hanley and McNeil, "The Meaning and Use
    of the Area under a Receiver Operating Characteristic Curve", 1982), ties counting one half."""
    positive = sorted(one.confidence for one in evaluated if one.answerable)
    negative = sorted(one.confidence for one in evaluated if not one.answerable)
    if not positive or not negative:
        return None
    wins = sum(bisect_left(negative, p) + bisect_right(negative, p) for p in positive) / 2
    return round(wins / (len(positive) * len(negative)), 4)


def _calibration_error(evaluated: Sequence[EvaluatedQuestion]) -> float | None:
    """The expected calibration error: Naeini, Cooper and Hauskrecht, "Obtaining Well Calibrated
    Probabilities Using Bayesian Binning", AAAI 2015."""
    if not evaluated:
        return None
    gaps = (abs(mean - right) * count for mean, right, count in reliability(evaluated))
    return round(sum(gaps) / len(evaluated), 4)


def _risk_at(evaluated: Sequence[EvaluatedQuestion], coverage: float) -> float | None:
    points = risk_coverage(evaluated)
    return round(points[max(1, round(coverage * len(points))) - 1][1], 4) if points else None


def _mean(values: Sequence[float]) -> float | None:
    return round(sum(values) / len(values), 4) if values else None
