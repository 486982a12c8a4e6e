"""What became of many questions, in figures and pictures."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from index.errors import SettingsError

CUTOFFS = (1, 3, 10)
BINS = 10
COVERAGES = (0.25, 0.5, 0.75, 1.0)


@dataclass(frozen=True, slots=True)
class Asked:
    """What became of one question.

    Args:
        rank: of the first right sentence, from 1; None where there is none among the first.
        candidate: whether a right sentence was among the candidates at all; ``read``, whether
            the reader saw it.
        exact, f1: of the first highlight and the nearest of the answers; None where the
            answers' words are not known.
    """

    answerable: bool
    rank: int | None
    candidate: bool
    read: bool
    found: bool
    confidence: float
    exact: float | None
    f1: float | None

    @property
    def right(self) -> bool:
        return self.rank == 1


def summary(asked: Sequence[Asked], skipped: int = 0) -> dict[str, Any]:
    """The figures of an evaluation, by name; see ``docs/evaluating.md``.

    Shares are from 0 to 1; a figure is None where there was nothing to measure it on.
    """
    answerable = [one for one in asked if one.answerable]
    others = [one for one in asked if not one.answerable]
    found = [one for one in asked if one.found]
    own = [one for one in answerable if one.found]
    return {
        "answerable": len(answerable),
        "unanswerable": len(others),
        "skipped": skipped,
        **{f"hit@{cutoff}": _hits([one.rank for one in answerable], cutoff) for cutoff in CUTOFFS},
        f"mrr@{max(CUTOFFS)}": _mean([1 / one.rank if one.rank else 0.0 for one in answerable]),
        "candidates": _mean([one.candidate for one in answerable]),
        "read": _mean([one.read for one in answerable]),
        "exact": _mean([one.exact for one in answerable if one.exact is not None]),
        "f1": _mean([one.f1 for one in answerable if one.f1 is not None]),
        "found": _mean([one.found for one in answerable]),
        "right_of_found": _mean([one.right for one in own]),
        "refused": _mean([not one.found for one in others]),
        "precision": _mean([one.right for one in found]),
        "roc_area": _roc_area(asked),
        "calibration_error": _calibration_error(asked),
        "risk_area": _mean([risk for _, risk in risk_coverage(asked)]),
        **{f"risk@{coverage:.0%}": _risk_at(asked, coverage) for coverage in COVERAGES},
    }


def compared(ranks: dict[str, list[int | None]]) -> dict[str, dict[str, float | None]]:
    """For each way of searching its hits and its mean reciprocal rank."""
    return {
        name: {f"hit@{cutoff}": _hits(of, cutoff) for cutoff in CUTOFFS}
        | {f"mrr@{max(CUTOFFS)}": _mean([1 / r if r and r <= max(CUTOFFS) else 0.0 for r in of])}
        for name, of in ranks.items()
    }


def risk_coverage(asked: Sequence[Asked]) -> list[tuple[float, float]]:
    """For each number of questions answered, the surest first: their share, and how many of them
    were answered wrongly (El-Yaniv and Wiener, "On the Foundations of Noise-free Selective
    Classification", 2010)."""
    wrong = 0
    points = []
    for number, one in enumerate(sorted(asked, key=lambda one: -one.confidence), 1):
        wrong += not one.right
        points.append((number / len(asked), wrong / number))
    return points


def reliability(asked: Sequence[Asked]) -> list[tuple[float, float, int]]:
    """For each tenth of confidence that was given: its mean, the share right, and how many."""
    bins: list[list[Asked]] = [[] for _ in range(BINS)]
    for one in asked:
        bins[min(int(one.confidence * BINS), BINS - 1)].append(one)
    return [
        (
            sum(one.confidence for one in held) / len(held),
            sum(one.right for one in held) / len(held),
            len(held),
        )
        for held in bins
        if held
    ]


def plot(asked: Sequence[Asked], path: Path) -> None:
    """Draw a reliability diagram and the risk-coverage curve.

    Raises:
        SettingsError: matplotlib is missing, or the file cannot be written as a picture.
    """
    try:
        from matplotlib.figure import Figure
    except ImportError:
        raise SettingsError("Plots need matplotlib: pip install matplotlib") from None
    figure = Figure(figsize=(9, 4), layout="constrained")
    left, right = figure.subplots(1, 2)
    points = reliability(asked)
    left.plot([0, 1], [0, 1], color="0.7", linewidth=1)
    left.bar([sure for sure, _, _ in points], [share for _, share, _ in points], width=0.07)
    for sure, share, count in points:
        left.annotate(f"{count}", (sure, share), ha="center", va="bottom", fontsize=7)
    left.set(xlabel="confidence", ylabel="share right", xlim=(0, 1), ylim=(0, 1.05))
    left.set_title("Reliability (numbers: questions)")
    curve = risk_coverage(asked)
    right.plot([share for share, _ in curve], [risk for _, risk in curve])
    right.set(xlabel="coverage", ylabel="share wrong", xlim=(0, 1), ylim=(0, 1))
    right.set_title("Risk and coverage")
    try:
        figure.savefig(path)
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) else str(error)
        raise SettingsError(f"{path}: the plot cannot be written ({reason}).") from error


def _hits(ranks: Sequence[int | None], cutoff: int) -> float | None:
    return _mean([rank is not None and rank <= cutoff for rank in ranks])


def _roc_area(asked: Sequence[Asked]) -> float | None:
    kinds = [one.answerable for one in asked]
    if len(set(kinds)) < 2:
        return None
    from sklearn.metrics import roc_auc_score  # a second to import

    return round(float(roc_auc_score(kinds, [one.confidence for one in asked])), 4)


def _calibration_error(asked: Sequence[Asked]) -> float | None:
    """Naeini, Cooper and Hauskrecht, "Obtaining Well Calibrated Probabilities …", AAAI 2015."""
    if not asked:
        return None
    gaps = (abs(sure - share) * count for sure, share, count in reliability(asked))
    return round(sum(gaps) / len(asked), 4)


def _risk_at(asked: Sequence[Asked], coverage: float) -> float | None:
    points = risk_coverage(asked)
    return round(points[max(1, round(coverage * len(points))) - 1][1], 4) if points else None


def _mean(values: Sequence[float]) -> float | None:
    return round(sum(values) / len(values), 4) if values else None
