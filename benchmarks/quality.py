"""The whole table of docs/quality.md: python -m benchmarks.quality --data ../shared/eval

Puts each question set's articles into a library (kept in ``--work``, so that a second run is
quicker), asks all of its questions, and those of ``new-wiki`` of ``xquad-en``'s articles, where
nothing answers them.
"""

import argparse
import random
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from index import Article, Library
from index.evaluation.evaluate import Question, ask_all, compare, read_questions, without_answers
from index.evaluation.metrics import Asked, compared, plot, summary
from index.sources import read_source

SETS = ("xquad-en", "new-wiki", "squad2", "seed")
OWN = 300
"""Questions of the library's own that foreign ones are told from."""

SHOWN = ("hit@1", "hit@3", "hit@10", "mrr@10", "candidates", "read", "exact", "f1", "roc_area")
DOUBTS = ("found", "right_of_found", "refused", "precision", "calibration_error", "risk_area")


def opened(data: Path, work: Path, name: str, reader: str) -> Library:
    library = Library.open(work / name, reader=reader)
    articles = read_source(str(data / name / "articles.jsonl"))
    for _ in library.add_all(article for article in articles if isinstance(article, Article)):
        pass
    library.flush()
    return library


def questions_of(data: Path, name: str, most: int) -> list[Question]:
    questions = read_questions(data / name / "questions.jsonl")
    random.Random(7).shuffle(questions)
    return questions[:most]


def row(name: str, figures: dict[str, Any], shown: Sequence[str]) -> str:
    cells = ("–" if figures.get(s) is None else f"{figures[s]:.3f}" for s in shown)
    return f"| {name} | {' | '.join(cells)} |"


def head(first: str, names: Sequence[str]) -> str:
    return f"| {first} | {' | '.join(names)} |\n|{'---|' * (len(names) + 1)}"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, default=Path("../shared/eval"))
    parser.add_argument("--work", type=Path, default=Path("build/quality"))
    parser.add_argument("--reader", default="dateline")
    parser.add_argument("--most", type=int, default=1_000_000, help="questions of each set")
    parser.add_argument("--compare", action="store_true", help="plain searches as well")
    options = parser.parse_args()
    asked: dict[str, list[Asked]] = {}
    plain: dict[str, dict[str, Any]] = {}
    for name in SETS:
        own = questions_of(options.data, name, options.most)
        with opened(options.data, options.work, name, options.reader) as library:
            asked[name] = list(ask_all(library, own))
            if options.compare:
                for search, figures in compared(compare(library, own)).items():
                    plain[f"{name}, {search}"] = figures
            if name == "xquad-en":
                away = questions_of(options.data, "new-wiki", options.most)
                foreign = list(ask_all(library, without_answers(away)))
        print(f"{name}: {len(asked[name])} questions asked", flush=True)
    asked["foreign and 300 own"] = asked["xquad-en"][:OWN] + foreign
    asked["foreign and all own"] = asked["xquad-en"] + foreign
    plot(asked["foreign and all own"], options.work / "confidence.png")
    measured = {name: summary(of) for name, of in asked.items()}
    for shown in (SHOWN, DOUBTS):
        print(f"\n{head('set', shown)}")
        for name, figures in measured.items():
            print(row(name, figures, shown))
    if plain:
        print(f"\n{head('plain search', SHOWN[:4])}")
        for name, figures in plain.items():
            print(row(name, figures, SHOWN[:4]))


if __name__ == "__main__":
    main()
