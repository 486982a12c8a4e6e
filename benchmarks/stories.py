"""Which articles are grouped into one story, and which changed figures are found in them.

    python -m benchmarks.stories [--failures]

Stories: the articles of the labelled timelines, among those of ``benchmarks/news``, all at once and
in small batches as of a quiet day. Figures: later articles of ``benchmarks/watch``, which state a
figure otherwise, repeat it or tell something else. Both have a half that the rules were developed
on and a half that was held back; the articles of ``benchmarks/news`` are in both.
"""

import argparse
import json
import random
from collections import Counter
from collections.abc import Sequence
from datetime import date
from itertools import combinations
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from index import Article, Library
from index.scope import Scope
from index.stories.figure_changes import figure_changes
from index.stories.grouping import group_by_story

HERE = Path(__file__).parent
HALVES = ("develop", "measure")

UNRELATED = {"Copper price climbs", "New banknotes for Estmark"}
"""Articles of a timeline's file that are not about its story."""

NEWS_STORIES = (
    ("Lesotho", ("Lesotho's lawmakers topple", "Ntsane sworn in")),
    ("Sulawesi ferry", ("Ferry sinks off Southeast Sulawesi", "Worn bolts and a forged stamp")),
    ("Salar Andino", ("Australian miner offers", "Chile vetoes sale")),
    ("Tomebamba", ("Tomebamba win first", "Cup stripped from Tomebamba")),
    ("Tverrsund Bridge", ("Tverrsund Bridge shut", "Cars roll again")),
    ("Georgian cable car", ("Seven killed as cable car", "Two convicted over Georgian")),
    ("Hansol Cell", ("Korean battery maker Hansol", "Hansol Cell loses")),
    ("Rosedal", ("Ten-man Atlético Rosedal", "Rosedal keep the cup")),
)
"""The stories of ``benchmarks/news`` with two articles, and how their titles begin."""

BATCH_SIZES = (3, 5, 8, 12, 20)
BATCHES = 6
"""Batches of each size."""


def read(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def article(fields: dict[str, Any], publisher: str = "", day: str = "") -> Article:
    return Article(
        fields["title"],
        fields["text"],
        fields.get("publisher", publisher),
        date.fromisoformat(fields.get("published", day)),
    )


def labelled_articles(half: str) -> dict[Article, str]:
    """The story of each article."""
    stories = {
        article(fields): row["story"]
        for row in read(HERE / "timelines.jsonl")
        if row["half"] == half
        for fields in row["articles"]
        if fields["title"] not in UNRELATED
    }
    for fields in read(HERE / "news" / "articles.jsonl"):
        title = fields["title"]
        named = (name for name, titles in NEWS_STORIES if title.startswith(titles))
        stories[article(fields)] = next(named, title)
    return stories


def pairs(groups: Sequence[Sequence[Article]]) -> set[frozenset[str]]:
    """The pairs of articles in one group."""
    return {
        frozenset((one.id, other.id)) for group in groups for one, other in combinations(group, 2)
    }


def by_label(batch: Sequence[Article], stories: dict[Article, str]) -> list[list[Article]]:
    grouped: dict[str, list[Article]] = {}
    for one in batch:
        grouped.setdefault(stories[one], []).append(one)
    return list(grouped.values())


def measure_stories(half: str) -> None:
    stories = labelled_articles(half)
    everything = list(stories)
    generator = random.Random(1)
    batches = [generator.sample(everything, n) for n in BATCH_SIZES * BATCHES]
    with TemporaryDirectory() as folder, Library.open(folder) as library:
        list(library.add_all(everything))
        for name, tried in (("all at once", [everything]), ("small batches", batches)):
            counts: Counter[str] = Counter()
            for batch in tried:
                found = pairs(group_by_story(library._store, library._encoder, batch))
                wanted = pairs(by_label(batch, stories))
                counts.update(right=len(found & wanted), found=len(found), wanted=len(wanted))
            precision = counts["right"] / max(1, counts["found"])
            recall = counts["right"] / max(1, counts["wanted"])
            print(
                f"{half:8} stories, {name:14} precision {precision:.3f}  recall {recall:.3f}"
                f"  ({counts['right']} of {counts['found']} and {counts['wanted']} pairs)"
            )


def measure_figures(half: str, show: bool) -> None:
    rows = read(HERE / "watch" / f"{half}.jsonl")
    with TemporaryDirectory() as folder, Library.open(folder) as library:
        first = [article(row["first"], "First Post", "2025-10-01") for row in rows]
        news = [article(fields) for fields in read(HERE / "news" / "articles.jsonl")]
        list(library.add_all([*first, *news]))
        for kind in ("changed", "same", "unrelated"):
            later = [article(row[kind], "Later Post", "2027-01-01") for row in rows]
            list(library.add_all(later))
            found = [list(figure_changes(library._store, [one], Scope())) for one in later]
            hits = Counter(row["kind"] for row, one in zip(rows, found, strict=True) if one)
            asked = Counter(row["kind"] for row in rows)
            told = ", ".join(f"{hits[name]} of {n} {name}" for name, n in asked.items())
            print(f"{half:8} figures, {kind:9} {told}")
            for change in (change for one in found for change in one if show):
                print(f"    {change.before.quote}\n    -> {change.after.quote}")
            for one in later:
                library.remove(one.id)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0] if __doc__ else None)
    parser.add_argument("--failures", action="store_true", help="show what is found in one half")
    failures = parser.parse_args().failures
    for half in HALVES:
        measure_stories(half)
        measure_figures(half, failures and half == "develop")


if __name__ == "__main__":
    main()
