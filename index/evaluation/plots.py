"""Plots of evaluated questions."""

from collections.abc import Sequence
from pathlib import Path

from index.errors import SettingsError
from index.evaluation.metrics import EvaluatedQuestion, reliability, risk_coverage


def plot(evaluated: Sequence[EvaluatedQuestion], path: Path) -> None:
    """Plot a reliability diagram and the risk-coverage curve to an image file.

    Raises:
        SettingsError: matplotlib is missing, or the file cannot be written.
    """
    try:
        from matplotlib.figure import Figure
    except ImportError:
        raise SettingsError("Plots need matplotlib: pip install matplotlib") from None
    figure = Figure(figsize=(9, 4), layout="constrained")
    left, right = figure.subplots(1, 2)
    points = reliability(evaluated)
    left.plot([0, 1], [0, 1], color="0.7", linewidth=1)
    left.bar([mean for mean, _, _ in points], [right for _, right, _ in points], width=0.07)
    for mean, share, count in points:
        left.annotate(f"{count}", (mean, share), ha="center", va="bottom", fontsize=7)
    left.set(xlabel="confidence", ylabel="share right", xlim=(0, 1), ylim=(0, 1.05))
    left.set_title("Reliability (numbers: questions)")
    curve = risk_coverage(evaluated)
    right.plot([share for share, _ in curve], [risk for _, risk in curve])
    right.set(xlabel="coverage", ylabel="share wrong", xlim=(0, 1), ylim=(0, 1))
    right.set_title("Risk and coverage")
    try:
        figure.savefig(path)
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) else str(error)
        raise SettingsError(f"{path}: the plot cannot be written ({reason}).") from error
