"""Calibration: the parameters that ``training/`` fits for the packaged reader's weights."""

import json
import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

FILE = Path(__file__).parent / "weights" / "reader.json"


@dataclass(frozen=True, slots=True)
class Calibrator:
    """A logistic regression from features to the probability that the first sentence is an answer.

    Platt, "Probabilistic Outputs for Support Vector Machines", 1999.

    Args:
        weights: one for each feature.
        threshold: the probability from which an answer counts as found.
        weak_threshold: the lower probability from which it may be the answer.
    """

    weights: tuple[float, ...]
    intercept: float
    threshold: float
    weak_threshold: float

    def confidence(self, features: Sequence[float]) -> float:
        """The probability, from 0 to 1. Raises ValueError if the number of features is wrong."""
        return logistic(
            self.intercept + sum(w * x for w, x in zip(self.weights, features, strict=True))
        )


@dataclass(frozen=True, slots=True)
class Calibration:
    """Parameters fitted on questions that the reader was not trained on.

    Args:
        sha256: of the reader's weights that they belong to.
        hybrid_weight: the weight of the hybrid retrieval score beside the reader's logit.
        read: the calibrator for the packaged reader.
        plain: the calibrator for any other reader, which does not use its logits.
    """

    sha256: str
    hybrid_weight: float
    read: Calibrator
    plain: Calibrator


@cache
def load_calibration() -> Calibration:
    """The calibration of the packaged reader."""
    fields = json.loads(FILE.read_text("utf-8"))
    for name in ("read", "plain"):
        fields[name] = Calibrator(**fields[name] | {"weights": tuple(fields[name]["weights"])})
    return Calibration(**fields)


def logistic(value: float) -> float:
    """The logistic function, from 0 to 1."""
    return 1 / (1 + math.exp(-value)) if value > -700 else 0.0
