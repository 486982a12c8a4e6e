"""What overviews of articles show, against labels: python -m benchmarks.overviews

Each line of ``overviews.jsonl`` has the people and places that an article of ``news`` names, some
figures that it gives, and the beginnings of five sentences that tell most beside the opening. Names
under ``optional`` count neither for nor against. The rules were developed on one half; of the other
half, which is about other stories, only the totals are shown.
"""

import argparse
import json
import tempfile
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from index import Article, Library, Mention
from index.answering.overview import MAX_KEY_SENTENCES
from index.sources import read_source

HERE = Path(__file__).parent
HALVES = ("developed on", "held back")
NAMES = ("people", "places")


def read_lines(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def folded(names: Iterable[str]) -> set[str]:
    return {name.casefold() for name in names}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--failures", action="store_true", help="show those of the developed half")
    options = parser.parse_args()
    counts: Counter[tuple[str, ...]] = Counter()
    with tempfile.TemporaryDirectory() as folder, Library.open(folder) as library:
        stories = read_source(str(HERE / "news" / "articles.jsonl"))
        added = library.add_all(story for story in stories if isinstance(story, Article))
        ids = {addition.article.title: addition.article.id for addition in added}
        for label in read_lines(HERE / "overviews.jsonl"):
            wrong = compare(library, ids[label["title"]], label, counts)
            if options.failures and label["half"] == HALVES[0]:
                print(label["title"], wrong)
    for half in HALVES:
        print(half)
        for kind in NAMES:
            right, found, labelled = (counts[half, kind, n] for n in ("right", "found", "labelled"))
            print(f"  {kind}: precision {right / found:.2f}, recall {right / labelled:.2f}")
        print(f"  figures: recall {share(counts, half, 'figures'):.2f}")
        ways = {way: share(counts, half, way) for way in ("key", "lead", "any")}
        print(
            f"  sentences that were labelled: {ways['key']:.2f} of the key sentences,"
            f" {ways['lead']:.2f} of the first ones after the opening, {ways['any']:.2f} of all"
        )


def share(counts: Counter[tuple[str, ...]], half: str, kind: str) -> float:
    return counts[half, kind, "right"] / counts[half, kind, "found"]


def compare(
    library: Library, article_id: str, label: dict[str, Any], counts: Counter[tuple[str, ...]]
) -> dict[str, object]:
    """Count the correct items in the overview of an article; returns the wrong ones."""
    half, overview = label["half"], library.overview(article_id)
    text = overview.article.text
    wrong: dict[str, object] = {}

    def texts(mentions: Iterable[Mention]) -> list[str]:
        return [overview.text_of(mention) for mention in mentions]

    for kind in NAMES:
        wanted = folded(label[kind])
        found = folded(texts(getattr(overview, kind))) - folded(label["optional"])
        counts[half, kind, "right"] += len(wanted & found)
        counts[half, kind, "found"] += len(found)
        counts[half, kind, "labelled"] += len(wanted)
        wrong[kind] = {"wrong": sorted(found - wanted), "missed": sorted(wanted - found)}
    figures = texts(overview.figures)
    missed = [one for one in label["figures"] if not any(one in figure for figure in figures)]
    counts[half, "figures", "right"] += len(label["figures"]) - len(missed)
    counts[half, "figures", "found"] += len(label["figures"])
    wrong["figures"] = {"missed": missed}

    assert overview.opening is not None
    start = overview.opening.end
    after = [s for s in library.sentences(article_id) if s.start >= start and not s.is_boilerplate]
    later = [text[sentence.start : sentence.end] for sentence in after]
    ways = {
        "key": [passage.quote for passage in overview.key_sentences],
        "lead": later[:MAX_KEY_SENTENCES],
        "any": later,
    }
    for way, chosen in ways.items():
        counts[half, way, "right"] += sum(one.startswith(tuple(label["key"])) for one in chosen)
        counts[half, way, "found"] += len(chosen)
    return wrong


if __name__ == "__main__":
    main()
