"""Fit the reader's confidence: python benchmarks/confidence.py --data ../shared/eval

Questions are asked of collections of one article, of ten and of all, so that the fit knows how
near the nearest sentence comes by chance: questions of the collection's own articles (right where
the first sentence is), questions of another set (never right) and, for squad2, questions that
only look answerable (never right). Prints the numbers that stand in ``index/reader.py``, and how
well they do on the half of the articles that they were not fitted on.
"""

import argparse
import random
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score

from index import Article, Library
from index.evaluate import Question, read_questions, right_ranks
from index.reader import THRESHOLD, features, logistic
from index.sources import read_source

SETS = {"xquad-en": "new-wiki", "new-wiki": "xquad-en", "squad2": "new-wiki"}
"""Each set, and the one whose questions are foreign to it."""

SIZES = (1, 10, None)


@dataclass(frozen=True)
class Sample:
    kind: str  # "own", "foreign" or "adversarial", and the size of the collection
    fold: int
    right: bool
    features: tuple[float, float, float]


def collect(data: Path, per_kind: int) -> Iterator[Sample]:
    draw = random.Random(7)
    for name, foreign in SETS.items():
        articles = [
            a for a in read_source(str(data / name / "articles.jsonl")) if isinstance(a, Article)
        ]
        draw.shuffle(articles)
        questions = read_questions(data / name / "questions.jsonl")
        kinds = {
            "own": [q for q in questions if q.starts],
            "foreign": read_questions(data / foreign / "questions.jsonl"),
            "adversarial": [q for q in questions if not q.starts],
        }
        for size in SIZES:
            groups = {a.title: f"{(i // size) if size else 0}" for i, a in enumerate(articles)}
            with tempfile.TemporaryDirectory() as folder, Library.open(folder) as library:
                list(library.add_all(replace(a, collection=groups[a.title]) for a in articles))
                for kind, asked in kinds.items():
                    for question in draw.sample(asked, min(per_kind, len(asked))):
                        home = groups.get(question.article) or draw.choice(list(groups.values()))
                        if sample := measure(library, question, home, kind, size):
                            yield sample


def measure(
    library: Library, question: Question, collection: str, kind: str, size: int | None
) -> Sample | None:
    ranking = library.search(question.text, [collection])
    if not ranking.readings:
        return None
    candidates = [reading.candidate for reading in ranking.readings]
    right = kind == "own" and next(right_ranks(question, ranking.readings), 0) == 1
    fold = sum(question.article.encode()) % 2
    searched = library._store.count([collection]).sentences
    return Sample(f"{kind}, {size or 'all'}", fold, right, features(candidates, searched))


def fit(samples: list[Sample]) -> tuple[np.ndarray, float]:
    regression = LogisticRegression(C=1e6).fit(
        np.array([s.features for s in samples]), np.array([s.right for s in samples])
    )
    return regression.coef_[0], float(regression.intercept_[0])


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, default=Path("../shared/eval"))
    parser.add_argument("--per-kind", type=int, default=400)
    options = parser.parse_args()
    samples = list(collect(options.data, options.per_kind))

    weights, intercept = fit(samples)
    print(
        "fitted on all: COSINE, MARGIN, SIZE, INTERCEPT =", *weights.round(2), round(intercept, 2)
    )
    weights, intercept = fit([s for s in samples if s.fold == 0])
    held_back = [s for s in samples if s.fold == 1]
    sure = np.array([logistic(float(np.dot(weights, s.features)) + intercept) for s in held_back])
    right = np.array([s.right for s in held_back])
    print(
        f"held back: {len(held_back)} questions, ROC area {roc_auc_score(right, sure):.3f},",
        end=" ",
    )
    bins = np.minimum((sure * 10).astype(int), 9)
    error = sum(
        abs(sure[bins == b].mean() - right[bins == b].mean()) * (bins == b).mean()
        for b in set(bins)
    )
    print(f"calibration error {error:.3f}")
    print("\n| questions, articles | number | first right | found | found, of the right ones |")
    print("|---|---|---|---|---|")
    for kind in dict.fromkeys(s.kind for s in held_back):
        here = np.array([s.kind == kind for s in held_back])
        found = sure[here] >= THRESHOLD
        of_right = f"{found[right[here]].mean():.3f}" if right[here].any() else "–"
        shares = f"{right[here].mean():.3f} | {found.mean():.3f}"
        print(f"| {kind} | {here.sum()} | {shares} | {of_right} |")


if __name__ == "__main__":
    main()
