"""The numbers that ``training/`` fitted for the packaged reader and ships beside its weights."""

import json
import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

FILE = Path(__file__).parent / "weights" / "reader.json"


@dataclass(frozen=True, slots=True)
class Sureness:
    """Features to the probability that the first sentence answers: a logistic regression.

    Platt, "Probabilistic Outputs for Support Vector Machines", 1999.

    Args:
        threshold: the probability from which an answer counts as found.
    """

    weights: tuple[float, ...]
    intercept: float
    threshold: float

    def confidence(self, features: Sequence[float]) -> float:
        """From 0 to 1. Raises ValueError if there are not as many features as weights."""
        return logistic(
            self.intercept + sum(w * x for w, x in zip(self.weights, features, strict=True))
        )


@dataclass(frozen=True, slots=True)
class Calibration:
    """What was fitted on questions that the reader was not trained on.

    Args:
        sha256: of the weights that these numbers belong to.
        match_weight: what search's match counts beside a reader's logit.
        read: for the packaged reader, by ``ranking.read_features``.
        plain: for any other, by ``ranking.plain_features``.
    """

    sha256: str
    match_weight: float
    read: Sureness
    plain: Sureness


@cache
def load_calibration() -> Calibration:
    """The packaged reader's."""
    fields = json.loads(FILE.read_text("utf-8"))
    for name in ("read", "plain"):
        fields[name] = Sureness(**fields[name] | {"weights": tuple(fields[name]["weights"])})
    return Calibration(**fields)


def logistic(value: float) -> float:
    """From 0 to 1, and a half at 0."""
    return 1 / (1 + math.exp(-value)) if value > -700 else 0.0
