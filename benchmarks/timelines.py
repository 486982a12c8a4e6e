"""Precision and recall of timelines' entries, in two halves: python -m benchmarks.timelines

All articles of ``timelines.jsonl`` are in one library, so that each story's articles stand between
those of the others. ``--failures`` shows what is wrong in the half that rules may be tuned on, and
``--sentences N`` measures the time of a timeline in a library of at least N sentences.
"""

import argparse
import json
import statistics
import tempfile
from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from index import Article, Library
from index.answering.timeline import Timeline

FILE = Path(__file__).parent / "timelines.jsonl"
LIMIT = 30


@dataclass
class Counts:
    """What was counted in a half.

    Args:
        shown, right, wanted: entries.
        sorted_: timelines whose entries are in the order of their dates.
    """

    timelines: int = 0
    shown: int = 0
    right: int = 0
    wanted: int = 0
    sorted_: int = 0

    def count(self, timeline: Timeline, wanted: set[str]) -> None:
        quotes = [entry.passage.quote for entry in timeline.entries]
        dates = [str(entry.article.published) for entry in timeline.entries]
        self.timelines += 1
        self.shown += len(quotes)
        self.right += sum(any(one in quote for quote in quotes) for one in wanted)
        self.wanted += len(wanted)
        self.sorted_ += dates == sorted(dates)

    def __str__(self) -> str:
        precision, recall = self.right / max(1, self.shown), self.right / max(1, self.wanted)
        return (
            f"precision {precision:.3f} ({self.right} of {self.shown} entries),"
            f" recall {recall:.3f} (of {self.wanted}),"
            f" in order {self.sorted_} of {self.timelines}"
        )


def read_stories() -> list[dict[str, Any]]:
    return [json.loads(line) for line in FILE.read_text("utf-8").splitlines()]


def add_stories(library: Library, stories: list[dict[str, Any]]) -> None:
    articles = (
        Article(**article | {"published": date.fromisoformat(article["published"])})
        for story in stories
        for article in story["articles"]
    )
    for _ in library.add_all(articles):
        pass


def fill(library: Library, sentences: int) -> None:
    """Add copies of the stories with other names until there are that many sentences."""
    number = 0
    while library.totals().collections["shared"].sentences < sentences:
        number += 1
        renamed = FILE.read_text("utf-8")
        for name in ("Orla", "Meridian", "Kestrel", "Halden", "Velora", "Sorrel", "Estmark"):
            renamed = renamed.replace(name, f"{name[::-1].title()}{number}")
        add_stories(library, [json.loads(line) for line in renamed.splitlines()[:7]])


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--failures", action="store_true")
    parser.add_argument("--sentences", type=int, default=0, metavar="N")
    options = parser.parse_args()
    stories = read_stories()
    halves: dict[str, Counts] = defaultdict(Counts)
    times = []
    with tempfile.TemporaryDirectory() as folder, Library.open(folder) as library:
        add_stories(library, stories)
        fill(library, options.sentences)
        library.warm_up()
        for story in stories:
            for asked in story["asked"]:
                timeline = library.timeline(asked["about"], limit=LIMIT)
                wanted = set(asked["entries"])
                kind = "questions" if asked["about"].endswith("?") else "keywords and topics"
                halves[story["half"]].count(timeline, wanted)
                halves[f"{story['half']}, {kind}"].count(timeline, wanted)
                times.append(timeline.elapsed_ms)
                if options.failures and story["half"] == "develop":
                    show_failures(timeline, wanted)
        size = library.totals().collections["shared"].sentences
    for name, counts in sorted(halves.items()):
        print(f"{name}: {counts}")
    print(f"{size:,} sentences: median {statistics.median(times):.0f} ms, most {max(times):.0f} ms")


def show_failures(timeline: Timeline, wanted: set[str]) -> None:
    quotes = [entry.passage.quote for entry in timeline.entries]
    for quote in quotes:
        if not any(one in quote for one in wanted):
            print(f"{timeline.about}\n  wrong: {quote}")
    for one in wanted:
        if not any(one in quote for quote in quotes):
            print(f"{timeline.about}\n  missing: {one}")


if __name__ == "__main__":
    main()
