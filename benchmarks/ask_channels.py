"""Ask channels: how many lines of talk are answered, and how many questions.

``python -m benchmarks.ask_channels`` asks the lines in ``benchmarks/chat`` of the sample articles
and those of ``benchmarks/news``. With ``--mistakes``, it also prints the lines that are decided
wrongly, with ``--fit`` the weights that fit best; both only of ``development*.tsv`` and the odd
lines of ``first.tsv``.
"""

import argparse
import tempfile
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from sklearn.linear_model import LogisticRegression

from benchmarks.quality import NEWS, ROOT, open_library
from bot.services.question_detection import Evidence, evidence, is_wanted
from index import Answer
from index.reader import DEFAULT_READER

CHAT = Path(__file__).parent / "chat"
SAMPLE = (ROOT / "articles",)
LIBRARIES = {
    "development_small": SAMPLE,
    "development": (*SAMPLE, NEWS / "articles.jsonl"),
    "first": (*SAMPLE, NEWS / "articles.jsonl"),
    "second": (*SAMPLE, NEWS / "articles.jsonl"),
}
"""The articles that each file's lines are asked of."""

PASSAGES = 12
"""As the bot asks for."""

INVERSE_REGULARIZATION = 2.0


@dataclass(frozen=True, slots=True)
class Line:
    """A line of chat with its label, and its answer."""

    name: str
    number: int
    kind: str
    text: str
    answer: Answer

    @property
    def is_talk(self) -> bool:
        return self.kind == "talk"

    @property
    def may_be_fitted(self) -> bool:
        """Whether the rules may be fitted to it."""
        is_odd = self.name == "first" and self.number % 2 == 1
        return self.name.startswith("development") or is_odd

    @property
    def half(self) -> str:
        if self.name == "first":
            return "first, odd (fitted to)" if self.may_be_fitted else "first, even"
        return f"{self.name} (fitted to)" if self.may_be_fitted else self.name


def ask(work: Path) -> Iterable[Line]:
    """All lines with their answers."""
    for name, articles in LIBRARIES.items():
        with open_library(articles, work / str(len(articles)), DEFAULT_READER) as library:
            texts = (CHAT / f"{name}.tsv").read_text(encoding="utf-8").splitlines()
            for number, line in enumerate(texts, 1):
                kind, text = line.split("\t")
                yield Line(name, number, kind, text, library.ask(text, limit=PASSAGES))


def print_counts(lines: Iterable[Line]) -> None:
    """Print a Markdown table of the lines that are answered."""
    halves: dict[str, list[Line]] = {}
    for line in lines:
        halves.setdefault(line.half, []).append(line)
    print("| lines | talk answered | asked and answered | without an answer, answered |")
    print("|---|---|---|---|")
    for half, of_half in halves.items():
        talk = [line for line in of_half if line.is_talk]
        unanswerable = [line for line in of_half if line.kind == "unanswerable"]
        asked = [line for line in of_half if line not in talk and line not in unanswerable]
        cells = (
            f"{sum(is_wanted(line.answer) for line in part)} of {len(part)}"
            for part in (talk, asked, unanswerable)
        )
        print(f"| {half} | {' | '.join(cells)} |")


def print_weights(lines: Iterable[Line]) -> None:
    """Print the weights that fit the lines best."""
    labelled = [
        (_evidence(line).values, not line.is_talk)
        for line in lines
        if line.may_be_fitted and line.kind != "unanswerable"
    ]
    model = LogisticRegression(C=INVERSE_REGULARIZATION)
    model.fit([values for values, _ in labelled], [label for _, label in labelled])
    print(f"BIAS = {model.intercept_[0]:.2f}")
    print(f"WEIGHTS = ({', '.join(f'{weight:.2f}' for weight in model.coef_[0])})")


def print_mistakes(lines: Iterable[Line]) -> None:
    """Print the lines that are decided wrongly among the lines that the rules may be fitted to."""
    for line in lines:
        wrong = line.kind != "unanswerable" and is_wanted(line.answer) == line.is_talk
        if wrong and line.may_be_fitted:
            print(f"{_evidence(line).probability:.2f} {line.kind}: {line.text}")


def _evidence(line: Line) -> Evidence:
    """That of the likeliest question of a line."""
    parts = line.answer.parts or (line.answer,)
    return max(map(evidence, parts), key=lambda one: one.probability)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--fit", action="store_true", help="print the weights that fit best")
    parser.add_argument("--mistakes", action="store_true", help="print lines decided wrongly")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as work:
        lines = list(ask(Path(work)))
    print_counts(lines)
    if options.fit:
        print_weights(lines)
    if options.mistakes:
        print_mistakes(lines)


if __name__ == "__main__":
    main()
