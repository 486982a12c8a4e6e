"""The metrics of docs/quality.md on all question sets: python -m benchmarks.quality

Each question set's articles are put into a library, which is kept in ``--work``, and it is asked
the set's questions. The library of ``xquad-en`` is also asked the questions of ``new-wiki``, which
none of its articles answers.
"""

import argparse
import random
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from index import Article, Library
from index.evaluation.evaluate import (
    Question,
    evaluate_all,
    evaluate_baselines,
    read_questions,
    without_answers,
)
from index.evaluation.metrics import EvaluatedQuestion, baseline_metrics, compute_metrics
from index.evaluation.plots import plot
from index.sources import read_source

SETS = ("xquad-en", "new-wiki", "squad2", "typed", "followups", "seed")
OWN_QUESTIONS = 300
"""Questions of the library's own set that are mixed with foreign ones."""

ROOT = Path(__file__).parents[1]
NEWS = ROOT / "benchmarks" / "news"
ALL_NEWS = (NEWS / "articles.jsonl", ROOT / "training" / "news" / "articles.jsonl")
"""The articles of the news benchmark, and as distractors the news that the reader is trained on."""

OWN_SETS = {
    "news": (ALL_NEWS, NEWS / "questions.jsonl"),
    "news dialogues": (ALL_NEWS, NEWS / "dialogues.jsonl"),
    "sample dialogues": ((ROOT / "articles",), ROOT / "benchmarks" / "sample_dialogues.jsonl"),
}
"""The articles and the questions of the project's own sets."""

ANSWER_METRICS = (
    "hit@1",
    "hit@3",
    "hit@10",
    "mrr@10",
    "article",
    "read",
    "exact",
    "f1",
    "roc_area",
)
HIT_METRICS = ANSWER_METRICS[:4]
CONFIDENCE_METRICS = (
    "found",
    "found_right",
    "right_of_found",
    "refused",
    "precision",
    "calibration_error",
    "risk_area",
)


def open_library(sources: Sequence[Path], work: Path, reader: str) -> Library:
    """A library in ``work`` with the articles of some files or folders."""
    library = Library.open(work, reader=reader)
    articles = (article for source in sources for article in read_source(str(source)))
    for _ in library.add_all(article for article in articles if isinstance(article, Article)):
        pass
    library.flush()
    return library


def load_questions(path: Path, limit: int) -> list[Question]:
    """At most ``limit`` questions of a question set, in random order unless they are dialogues."""
    questions = read_questions(path)
    if not any(question.dialogue for question in questions):
        random.Random(7).shuffle(questions)
    return questions[:limit]


def print_table(title: str, rows: dict[str, dict[str, Any]], columns: Sequence[str]) -> None:
    """Print a Markdown table of metrics.

    Args:
        title: the heading of the rows' names.
    """
    print(f"\n| {title} | {' | '.join(columns)} |\n|{'---|' * (len(columns) + 1)}")
    for name, metrics in rows.items():
        cells = ("–" if metrics.get(c) is None else f"{metrics[c]:.3f}" for c in columns)
        print(f"| {name} | {' | '.join(cells)} |")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, default=Path("../shared/eval"))
    parser.add_argument("--work", type=Path, default=Path("build/quality"))
    parser.add_argument("--reader", default="dateline")
    parser.add_argument("--most", type=int, default=1_000_000, help="questions of each set")
    parser.add_argument("--compare", action="store_true", help="baselines as well")
    options = parser.parse_args()
    evaluated: dict[str, list[EvaluatedQuestion]] = {}
    baselines: dict[str, dict[str, Any]] = {}
    sources = {
        name: ((options.data / name / "articles.jsonl",), options.data / name / "questions.jsonl")
        for name in SETS
    }
    for name, (articles, path) in {**sources, **OWN_SETS}.items():
        own = load_questions(path, options.most)
        with open_library(articles, options.work / name, options.reader) as library:
            evaluated[name] = list(evaluate_all(library, own))
            if options.compare:
                ranks = evaluate_baselines(library, own)
                for baseline, metrics in baseline_metrics(ranks).items():
                    baselines[f"{name}, {baseline}"] = metrics
            if name == "xquad-en":
                others = load_questions(sources["new-wiki"][1], options.most)
                foreign = list(evaluate_all(library, without_answers(others)))
        for kind in sorted({one.kind for one in evaluated[name]} - {""}):
            evaluated[f"{name}: {kind}"] = [e for e in evaluated[name] if e.kind == kind]
        print(f"{name}: {len(evaluated[name])} questions asked", flush=True)
    evaluated["foreign and 300 own"] = evaluated["xquad-en"][:OWN_QUESTIONS] + foreign
    evaluated["foreign and all own"] = evaluated["xquad-en"] + foreign
    plot(evaluated["foreign and all own"], options.work / "confidence.png")
    metrics_of = {name: compute_metrics(outcomes) for name, outcomes in evaluated.items()}
    print_table("set", metrics_of, ANSWER_METRICS)
    print_table("set", metrics_of, CONFIDENCE_METRICS)
    if baselines:
        print_table("baseline", baselines, HIT_METRICS)


if __name__ == "__main__":
    main()
