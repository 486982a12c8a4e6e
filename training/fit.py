"""Fitting the calibration: the weight of retrieval beside the reader, and the confidence.

It is fitted on held-back articles, in collections of several sizes, which are asked their own
questions (right if the first sentence is), questions about other articles (never right), and near
misses (never right).
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
from index.answering.ranking import (
    RankedSentence,
    Ranking,
    ReadCandidates,
    Scored,
    rank,
    reader_features,
    retrieval_features,
)
from index.answering.retrieval import content_words
from index.evaluation import evaluate
from index.evaluation.evaluate import is_right
from index.reader.base import Reader
from index.reader.calibration import Calibration, Calibrator
from index.scope import Scope
from training.data import ENCYCLOPEDIC, Question

COLLECTION_SIZES = (1, 10, 100)
"""Numbers of articles in the collections that are asked."""

HYBRID_WEIGHTS = (0.0, 1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0, 8.0)
"""The weights of the hybrid score that are compared."""

CASE_WEIGHTS = {"own": 1.0, "foreign": 0.4, "near miss": 0.05}
"""The weights of cases, by kind, in the regression. Libraries are asked their own questions more
often than others, and few near misses. Some near misses can be answered after all: when they had a
greater weight, the confidence was far too low."""

TARGET_PRECISION = 0.83
"""The threshold is the least with this precision on the held-back questions that are not near
misses. Since half of them are foreign and many are about reviews, the precision for a library's own
questions is higher (docs/quality.md)."""


@dataclass(frozen=True, slots=True)
class Case:
    """A question with its candidates.

    Args:
        kind: "own", "foreign" or "near miss".
        domain: of the question; see ``training.data``.
        candidates: with the reader's predictions.
    """

    kind: str
    domain: str
    question: evaluate.Question
    candidates: ReadCandidates


def collect_cases(
    articles: Sequence[Article],
    questions: Sequence[Question],
    misses: Sequence[Sequence[str]],
    reader: Reader,
    work: Path,
    seed: int,
    per_size: int,
) -> Iterator[Case]:
    """Ask collections of several sizes held-back questions and their near misses.

    Collections of more than one article are asked encyclopedic questions only: others do not say
    which review they mean ("Why did the author like it?"), as nobody would ask a library.

    Args:
        questions: held-back ones.
        misses: the near misses of each question.
        per_size: the number of questions for each size of collection.
    """
    rng = random.Random(seed)
    titles = {question.article for question in questions}
    held_back = [article for article in articles if article.title in titles]
    rng.shuffle(held_back)
    pairs = list(zip(questions, misses, strict=True))
    with Library.open(work / "calibration", reader=reader) as library:
        for size in COLLECTION_SIZES:
            collections = {
                article.title: f"{size}-{number // size}"
                for number, article in enumerate(held_back)
            }
            moved = (replace(a, collection=collections[a.title]) for a in held_back)
            for _ in library.add_all(moved):
                pass
            suitable = [pair for pair in pairs if size == 1 or pair[0].domain == ENCYCLOPEDIC]
            for question, own_misses in rng.sample(suitable, min(per_size, len(suitable))):
                own = collections[question.article]
                starts = frozenset(start for start, _ in question.answers)
                right = evaluate.Question(question.text, question.article, starts)
                miss = evaluate.Question(next(iter(own_misses), ""), question.article, frozenset())
                others = [name for name in set(collections.values()) if name != own]
                cases = [("own", own, right), ("near miss", own, miss)]
                if others:
                    foreign = replace(right, starts=frozenset())
                    cases.append(("foreign", rng.choice(sorted(others)), foreign))
                for kind, collection, asked in cases:
                    if content_words(asked.text):
                        scope = Scope((collection,))
                        candidates = library.pipeline.read_candidates(asked.text, scope)
                        yield Case(kind, question.domain, asked, candidates)


def rank_case(case: Case, hybrid_weight: float) -> Ranking:
    """The ranking of a case with a weight of the hybrid score; its confidence has no meaning."""
    unused = Calibrator((0.0, 0.0), 0.0, 0.0)
    return rank(case.candidates, Calibration("", hybrid_weight, unused, unused), calibrated=False)


def is_first_right(case: Case, ranking: Ranking) -> bool:
    """Whether the first sentence of a ranking is right."""
    return bool(ranking.sentences) and is_right(
        case.question, ranking.sentences[0].candidate.stored
    )


def fit(cases: Sequence[Case], sha256: str) -> tuple[Calibration, dict[str, object]]:
    """The calibration, and a report of its quality.

    Args:
        sha256: of the reader's weights.
    """
    own = [case for case in cases if case.kind == "own"]
    hits = {
        weight: float(np.mean([is_first_right(case, rank_case(case, weight)) for case in own]))
        for weight in HYBRID_WEIGHTS
    }
    hybrid_weight = max(hits, key=lambda weight: hits[weight])
    rankings = [rank_case(case, hybrid_weight) for case in cases]
    right = np.array([is_first_right(c, r) for c, r in zip(cases, rankings, strict=True)])
    orders = [[_scored(sentence) for sentence in ranking.sentences] for ranking in rankings]
    tables = {
        name: [
            features(order, case.candidates.searched)
            for order, case in zip(orders, cases, strict=True)
        ]
        for name, features in (("read", reader_features), ("plain", retrieval_features))
    }
    kinds = np.array([case.kind for case in cases])
    fitted = {}
    report: dict[str, object] = {"right first, by hybrid_weight": hits}
    for name, table in tables.items():
        fitted[name], confidences = _fit_calibrator(np.array(table), right, kinds)
        found = confidences >= fitted[name].threshold
        counted = found & (kinds != "near miss")
        report[name] = {
            "precision": round(float(right[counted].mean()), 3) if counted.any() else None,
            **{
                f"found, {kind}": round(float(found[kinds == kind].mean()), 3)
                for kind in dict.fromkeys(kinds.tolist())
            },
        }
    return Calibration(sha256, hybrid_weight, fitted["read"], fitted["plain"]), report


def _scored(sentence: RankedSentence) -> Scored:
    return sentence.combined_score, sentence.candidate, sentence.prediction


def _fit_calibrator(
    table: npt.NDArray[np.float64], right: npt.NDArray[np.bool_], kinds: npt.NDArray[np.str_]
) -> tuple[Calibrator, npt.NDArray[np.float64]]:
    """The calibrator, and the confidence of each case.

    The threshold is the least with ``TARGET_PRECISION``, or 0.5 if there is none.

    Args:
        table: the features of each case, shape (cases, features).
        right: whether the first sentence of each case is right.
        kinds: the kind of each case.
    """
    weights = np.array([CASE_WEIGHTS[kind] for kind in kinds])
    regression = LogisticRegression(C=1e4, max_iter=1000).fit(table, right, sample_weight=weights)
    confidences = regression.predict_proba(table)[:, 1]
    order = [n for n in np.argsort(-confidences) if kinds[n] != "near miss"]
    precision = np.cumsum(right[order]) / np.arange(1, len(order) + 1)
    # Cases with the same confidence are found together or not at all.
    is_last = np.append(np.diff(confidences[order]) < 0, True)
    enough = np.flatnonzero(is_last & (precision >= TARGET_PRECISION))
    threshold = float(confidences[order][enough[-1]]) if len(enough) else 0.5
    return (
        Calibrator(
            tuple(round(float(weight), 4) for weight in regression.coef_[0]),
            round(float(regression.intercept_[0]), 4),
            math.floor(threshold * 1e6) / 1e6,
        ),
        confidences,
    )


def save_calibration(calibration: Calibration, path: Path) -> None:
    """Write a calibration to a file, which ``load_calibration`` reads."""
    path.write_text(json.dumps(asdict(calibration), indent=2) + "\n", encoding="utf-8")
