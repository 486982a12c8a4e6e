"""The numbers beside the weights: what search counts, and how sure an answer is.

All of it on articles that the network was not trained on. They are put into collections of one,
of ten and of a hundred, and asked: questions of their own (right where the first sentence is),
questions of other articles (never right) and near misses (never right).
"""

import json
import math
import random
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path

import numpy as np
import numpy.typing as npt
from sklearn.linear_model import LogisticRegression

from index import Article, Library
from index.answering.ranking import Considered, Ranking, plain_features, rank, read_features
from index.answering.retrieval import content_words
from index.evaluation.evaluate import Question as Asked
from index.evaluation.evaluate import is_right
from index.reader.base import Reader
from index.reader.calibration import Calibration, Sureness
from index.scope import Scope
from training.data import ENCYCLOPEDIC, Question

SIZES = (1, 10, 100)
"""Articles of the collections that are asked."""

MATCH_WEIGHTS = (0.0, 1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0, 8.0)
COUNTS = {"own": 1.0, "foreign": 0.4, "near miss": 0.05}
"""What a case of each kind counts beside the others, for how sure an answer is: libraries are asked
their own questions oftener than others, and few near misses, of which some can be answered after
all. With more of these, answers were right far oftener than they were sure."""

PRECISION = 0.83
"""The share of what is found among held-back questions that is right: the threshold is the least
that keeps it. Half of these are foreign and many are about reviews; what keeps so many of them
right keeps nine of ten of a library's own questions (docs/quality.md)."""


@dataclass(frozen=True, slots=True)
class Case:
    """A question of one kind, and all that the reader and search found out about it."""

    kind: str  # "own", "foreign" or "near miss"
    domain: str
    asked: Asked
    considered: Considered


def collect(
    articles: Sequence[Article],
    questions: Sequence[Question],
    misses: Sequence[Sequence[str]],
    reader: Reader,
    work: Path,
    seed: int,
    per_size: int,
) -> Iterator[Case]:
    """Ask questions, and their near misses, of collections of several sizes.

    Of more than one article only the encyclopedia's are asked: others do not say which review
    they mean ("Why did the author like it?"), and nobody asks a library like that.
    """
    draw = random.Random(seed)
    home = {question.article for question in questions}
    held_back = [article for article in articles if article.title in home]
    draw.shuffle(held_back)
    asked = list(zip(questions, misses, strict=True))
    with Library.open(work / "calibration", reader=reader) as library:
        for size in SIZES:
            group = {
                article.title: f"{size}-{number // size}"
                for number, article in enumerate(held_back)
            }
            for _ in library.add_all(replace(a, collection=group[a.title]) for a in held_back):
                pass
            clear = [pair for pair in asked if size == 1 or pair[0].domain == ENCYCLOPEDIC]
            for question, miss in draw.sample(clear, min(per_size, len(clear))):
                own = group[question.article]
                starts = frozenset(start for start, _ in question.answers)
                right = Asked(question.text, question.article, starts)
                wrong = Asked(next(iter(miss), ""), question.article, frozenset())
                others = [name for name in set(group.values()) if name != own]
                cases = [("own", own, right), ("near miss", own, wrong)]
                if others:
                    away = replace(right, starts=frozenset())
                    cases.append(("foreign", draw.choice(sorted(others)), away))
                for kind, collection, one in cases:
                    if content_words(one.text):
                        considered = library.consider(one.text, Scope((collection,)))
                        yield Case(kind, question.domain, one, considered)


def ranked(case: Case, weight: float) -> Ranking:
    nothing = Sureness((0.0, 0.0), 0.0, 0.0)
    return rank(case.considered, Calibration("", weight, nothing, nothing), calibrated=False)


def is_first_right(case: Case, ranking: Ranking) -> bool:
    return bool(ranking.readings) and is_right(case.asked, ranking.readings[0].candidate.stored)


def fit(cases: Sequence[Case], sha256: str) -> tuple[Calibration, dict[str, object]]:
    """The calibration, and what there is to tell about it."""
    own = [case for case in cases if case.kind == "own"]
    hits = {
        w: float(np.mean([is_first_right(c, ranked(c, w)) for c in own])) for w in MATCH_WEIGHTS
    }
    weight = max(hits, key=lambda w: hits[w])
    rankings = [ranked(case, weight) for case in cases]
    right = np.array([is_first_right(c, r) for c, r in zip(cases, rankings, strict=True)])
    orders = [[(r.value, r.candidate, r.finding) for r in ranking.readings] for ranking in rankings]
    tables = {
        name: [
            features(order, case.considered.searched)
            for order, case in zip(orders, cases, strict=True)
        ]
        for name, features in (("read", read_features), ("plain", plain_features))
    }
    kinds = np.array([case.kind for case in cases])
    fitted = {}
    told: dict[str, object] = {"right first, by match_weight": hits}
    for name, table in tables.items():
        fitted[name], sure = _sureness(np.array(table), right, kinds)
        found = sure >= fitted[name].threshold
        asked = found & (kinds != "near miss")
        told[name] = {
            "precision": round(float(right[asked].mean()), 3) if asked.any() else None,
            **{
                f"found, {kind}": round(float(found[kinds == kind].mean()), 3)
                for kind in dict.fromkeys(kinds.tolist())
            },
        }
    return Calibration(sha256, weight, fitted["read"], fitted["plain"]), told


def _sureness(
    table: npt.NDArray[np.float64], right: npt.NDArray[np.bool_], kinds: npt.NDArray[np.str_]
) -> tuple[Sureness, npt.NDArray[np.float64]]:
    """The regression, and what it says of each row of the table.

    The threshold is the least that keeps ``PRECISION`` of the questions that were asked as they
    stand; a half where none does.
    """
    weights = np.array([COUNTS[kind] for kind in kinds])
    regression = LogisticRegression(C=1e4, max_iter=1000).fit(table, right, sample_weight=weights)
    sure = regression.predict_proba(table)[:, 1]
    order = [n for n in np.argsort(-sure) if kinds[n] != "near miss"]
    precision = np.cumsum(right[order]) / np.arange(1, len(order) + 1)
    # Those that are equally sure are found together or not at all.
    last = np.append(np.diff(sure[order]) < 0, True)
    enough = np.flatnonzero(last & (precision >= PRECISION))
    threshold = float(sure[order][enough[-1]]) if len(enough) else 0.5
    return (
        Sureness(
            tuple(round(float(weight), 4) for weight in regression.coef_[0]),
            round(float(regression.intercept_[0]), 4),
            math.floor(threshold * 1e6) / 1e6,
        ),
        sure,
    )


def write(calibration: Calibration, path: Path) -> None:
    path.write_text(json.dumps(asdict(calibration), indent=2) + "\n", encoding="utf-8")
