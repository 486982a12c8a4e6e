"""Fitting the calibration: the weight of retrieval beside the reader, and the confidence.

It is fitted on held-back articles, in collections of several sizes, which are asked their own
questions (right if the first sentence is), questions about other articles (never right), and near
misses (never right), each as it was written or as it might be typed.
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
    Ranking,
    ReadCandidates,
    rank,
    reader_features,
    retrieval_features,
)
from index.answering.sentence_search import SURE_CONFIDENCE
from index.evaluation import evaluate
from index.evaluation.evaluate import is_right
from index.reader.base import Reader
from index.reader.calibration import Calibration, Calibrator
from index.scope import Scope
from training.data import TITLED, Question
from training.perturb import perturb

COLLECTION_SIZES = (1, 10, 100, 1000)
"""Numbers of articles in the collections that are asked."""

HYBRID_WEIGHTS = (0.0, 1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0, 8.0)
"""The weights of the hybrid score that are compared."""

CASE_WEIGHTS = {"own": 1.0, "foreign": 0.4, "near miss": 0.4, "made near miss": 0.05}
"""The weights of cases, by kind, in the regression. Libraries are asked their own questions more
often than others, and few near misses. Some near misses made by rules can be answered after all:
when they had a greater weight, the confidence was far too low."""

NOMINAL_HYBRID_WEIGHT = 3.0
"""The weight that decides, before one has been fitted, in which article reading goes on."""

FIT_ITERATIONS = 3

TYPED = 0.5
"""The share of questions that are asked as they might be typed."""

TARGET_PRECISION = 0.87
WEAK_PRECISION = 0.25
"""The threshold of an answer that is found is the least with this precision on the held-back
questions that are not near misses; that of a weak one, the least with its precision among those
between the two. Since many of these questions are foreign, the precision for a library's own is
higher (docs/quality.md)."""


MIN_WEAK_CONFIDENCE = 0.15
"""A lower confidence is no weak answer in any case."""


@dataclass(frozen=True, slots=True)
class Case:
    """A question with its candidates.

    Args:
        kind: "own", "foreign", "near miss" (written by people) or "made near miss".
        domain: of the question; see ``training.data``.
        candidates: the first that were read, with the reader's predictions.
        further: all that are read if the answer is uncertain.
    """

    kind: str
    domain: str
    question: evaluate.Question
    candidates: ReadCandidates
    further: ReadCandidates


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

    Collections of more than one article are not asked about posts and reviews: such questions do
    not say which one they mean ("Why did the author like it?"), as nobody would ask a library.

    Args:
        questions: held-back ones.
        misses: the near misses of each question, made by rules.
        per_size: the number of questions for each size of collection.
    """
    rng = random.Random(seed)
    titles = {question.article for question in questions}
    held_back = [article for article in articles if article.title in titles]
    others = [article for article in articles if article.title not in titles]
    rng.shuffle(held_back)
    rng.shuffle(others)
    pairs = list(zip(questions, misses, strict=True))
    with Library.open(work / "calibration", reader=reader) as library:
        for size in COLLECTION_SIZES:
            collected = held_back + others[: max(0, size - len(held_back))]
            collections = {
                article.title: f"{size}-{number // size}"
                for number, article in enumerate(collected)
            }
            for _ in library.add_all(
                replace(a, collection=collections[a.title]) for a in collected
            ):
                pass
            suitable = [pair for pair in pairs if size == 1 or pair[0].domain in TITLED]
            for question, own_misses in rng.sample(suitable, min(per_size, len(suitable))):
                for kind, collection, asked in _asked(question, own_misses, collections, rng):
                    scope = Scope((collection,))
                    reading = library.pipeline.start_reading(asked.text, scope)
                    if reading is not None:
                        first = reading.read()
                        best = _ranking(asked.text, first, NOMINAL_HYBRID_WEIGHT).sentences[0]
                        further = reading.read_on(best.candidate)
                        yield Case(kind, question.domain, asked, first, further)


def _asked(
    question: Question,
    misses: Sequence[str],
    collections: dict[str, str],
    rng: random.Random,
) -> Iterator[tuple[str, str, evaluate.Question]]:
    """The kind of each case that a question makes, the collection to ask, and what to ask it."""
    own = collections[question.article]
    starts = frozenset(start for start, _ in question.answers)

    def typed(text: str) -> evaluate.Question:
        asked = text
        if rng.random() < TYPED:
            asked, _ = perturb(text, rng, as_typed=question.as_typed)
        return evaluate.Question(asked, question.article, frozenset())

    if not starts:
        yield "near miss", own, typed(question.text)
        return
    yield "own", own, replace(typed(question.text), starts=starts)
    if misses:
        yield "made near miss", own, typed(misses[0])
    others = sorted(set(collections.values()) - {own})
    if others:
        yield "foreign", rng.choice(others), typed(question.text)


def _ranking(question: str, candidates: ReadCandidates, hybrid_weight: float) -> Ranking:
    """A ranking with a weight of the hybrid score; its confidence has no meaning."""
    unused = Calibrator((0.0, 0.0), 0.0, 0.0, 0.0)
    calibration = Calibration("", hybrid_weight, unused, unused)
    return rank(question, candidates, calibration, calibrated=False)


def rank_case(case: Case, hybrid_weight: float, *, sure: bool = False) -> Ranking:
    """The ranking of a case; if ``sure``, of its first candidates only."""
    candidates = case.candidates if sure else case.further
    return _ranking(case.question.text, candidates, hybrid_weight)


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
    # Of weights that are as good, the greatest: in larger libraries, retrieval counts for more.
    hybrid_weight = max(hits, key=lambda weight: (round(hits[weight], 3), weight))
    first = [rank_case(case, hybrid_weight, sure=True) for case in cases]
    further = [rank_case(case, hybrid_weight) for case in cases]
    kinds = np.array([case.kind for case in cases])
    fitted = {}
    report: dict[str, object] = {"right first, by hybrid_weight": hits}
    for name in ("read", "plain"):
        rankings = first
        # Which ranking a question gets depends on the confidence that is being fitted.
        for _ in range(FIT_ITERATIONS):
            table = [_features(name, c, r) for c, r in zip(cases, rankings, strict=True)]
            right = np.array([is_first_right(c, r) for c, r in zip(cases, rankings, strict=True)])
            fitted[name], confidences = _fit_calibrator(np.array(table), right, kinds)
            if name == "plain":
                break
            sure = [
                fitted[name].confidence(_features(name, c, r)) >= SURE_CONFIDENCE
                for c, r in zip(cases, first, strict=True)
            ]
            rankings = [a if known else b for a, b, known in zip(first, further, sure, strict=True)]
        found = confidences >= fitted[name].threshold
        counted = found & (kinds != "near miss") & (kinds != "made near miss")
        report[name] = {
            "precision": round(float(right[counted].mean()), 3) if counted.any() else None,
            "right first, own": round(float(right[kinds == "own"].mean()), 3),
            **{
                f"found, {kind}": round(float(found[kinds == kind].mean()), 3)
                for kind in dict.fromkeys(kinds.tolist())
            },
        }
    return Calibration(sha256, hybrid_weight, fitted["read"], fitted["plain"]), report


def _features(name: str, case: Case, ranking: Ranking) -> tuple[float, ...]:
    order = [(s.combined_score, s.candidate, s.prediction) for s in ranking.sentences]
    searched = case.candidates.searched
    if name == "plain":
        return retrieval_features(order, searched)
    return reader_features(case.question.text, order, searched)


def _fit_calibrator(
    table: npt.NDArray[np.float64], right: npt.NDArray[np.bool_], kinds: npt.NDArray[np.str_]
) -> tuple[Calibrator, npt.NDArray[np.float64]]:
    """The calibrator, and the confidence of each case.

    See ``TARGET_PRECISION`` for the thresholds; one that cannot be reached is 0.5.

    Args:
        table: the features of each case, shape (cases, features).
        right: whether the first sentence of each case is right.
        kinds: the kind of each case.
    """
    weights = np.array([CASE_WEIGHTS[kind] for kind in kinds])
    regression = LogisticRegression(C=1e4, max_iter=1000).fit(table, right, sample_weight=weights)
    confidences = regression.predict_proba(table)[:, 1]
    order = [n for n in np.argsort(-confidences) if "near miss" not in kinds[n]]

    def threshold(cases: Sequence[int], target: float) -> float:
        """The least confidence from which at least the target share of cases is right."""
        ordered = confidences[cases]
        precision = np.cumsum(right[cases]) / np.arange(1, len(cases) + 1)
        # Cases with the same confidence are found together or not at all.
        is_last = np.append(np.diff(ordered) < 0, True)
        enough = np.flatnonzero(is_last & (precision >= target))
        least = float(ordered[enough[-1]]) if len(enough) else 0.5
        return math.floor(least * 1e6) / 1e6

    found = threshold(order, TARGET_PRECISION)
    others = [n for n in order if confidences[n] < found]
    weak = threshold(others, WEAK_PRECISION) if others else found
    return (
        Calibrator(
            tuple(round(float(weight), 4) for weight in regression.coef_[0]),
            round(float(regression.intercept_[0]), 4),
            found,
            min(found, max(weak, MIN_WEAK_CONFIDENCE)),
        ),
        confidences,
    )


def save_calibration(calibration: Calibration, path: Path) -> None:
    """Write a calibration to a file, which ``load_calibration`` reads."""
    path.write_text(json.dumps(asdict(calibration), indent=2) + "\n", encoding="utf-8")
