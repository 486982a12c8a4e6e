"""How often watches alarm: python -m benchmarks.watches [--half develop|measure] [--show]

Each story of ``benchmarks/watch`` has a question, the article that answers it first, an article
that says the same in other words, one that changes the answer, and one on another matter. A watch
on the question knows the answer of the first articles; then each of the others arrives.

The rule was developed on the half ``develop``; of the half ``measure``, only figures are printed.
"""

import argparse
import json
import tempfile
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from index import Article, Library
from index.answering.answer_changes import highlighted, latest_change

STORIES = Path(__file__).parent / "watch"
HALVES = ("develop", "measure")
LATER = {"same": 11, "changed": 13, "unrelated": 12}
"""The kinds of later articles, and the days in October on which they are published."""


@dataclass(frozen=True)
class Story:
    """A question, and the ids of its articles by kind."""

    question: str
    ids: dict[str, str]


def read_stories(half: str, library: Library) -> list[Story]:
    """The stories of a half, whose articles are added to a library."""
    stories, articles = [], []
    for line in (STORIES / f"{half}.jsonl").read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        ids = {}
        for kind, day in {"first": 9, **LATER}.items():
            article = Article(**row[kind], publisher="Harbor Wire", published=date(2026, 10, day))
            articles.append(article)
            ids[kind] = article.id
        stories.append(Story(row["question"], ids))
    for _ in library.add_all(articles):
        pass
    return stories


def alarms(story: Story, firsts: list[str], library: Library, *, show: bool) -> dict[str, bool]:
    """Whether each later article of a story alarms, by kind."""
    first = library.ask(story.question, articles=firsts)
    known = first.passages[0] if first.found else None
    result = {}
    for kind in LATER:
        answer = library.ask(story.question, articles=[story.ids[kind]])
        result[kind] = latest_change(story.question, known, [answer]) is not None
        if show and result[kind] != (kind == "changed"):
            old = highlighted(known) if known else "nothing"
            new = highlighted(answer.passages[0]) if answer.passages else "nothing"
            print(f"{kind}: {story.question} {old} / {new} ({answer.confidence:.2f})")
    return result


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--half", choices=HALVES, action="append")
    parser.add_argument("--show", action="store_true", help="show the mistakes in develop")
    options = parser.parse_args()
    print("| half | stories | same answer | changed answer | another matter |")
    print("|---|---|---|---|---|")
    for half in options.half or HALVES:
        with tempfile.TemporaryDirectory() as folder, Library.open(folder) as library:
            stories = read_stories(half, library)
            firsts = [story.ids["first"] for story in stories]
            show = options.show and half == "develop"
            found = [alarms(story, firsts, library, show=show) for story in stories]
        counts = " | ".join(str(sum(one[kind] for one in found)) for kind in LATER)
        print(f"| {half} | {len(stories)} | {counts} |")


if __name__ == "__main__":
    main()
