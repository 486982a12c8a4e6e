"""What is recognized on labelled web pages: python -m benchmarks.pages

Dates of publication, on the lines of ``page_dates.jsonl``: the markup of a page's head, of its
article's header, and after the article. And which of the pages in ``web_pages`` have a complete
article. Of both, odd lines are the half that rules are tuned on, even ones are held back.
"""

import argparse
import json
from collections import Counter
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from benchmarks.web_pages.labelled import HALVES, Page, labelled_pages
from index.errors import SourceError
from index.sources.html import read_html

DATES = Path(__file__).with_name("page_dates.jsonl")

PROSE = (
    "<p>The crews of the northern ferries went back to work after a vote in the harbor hall, and"
    " the first boat left the quay with every seat taken.</p><p>The union said that it had won"
    " what it asked for, while the owners spoke of a fair compromise for all who travel.</p>"
)


def page_of(case: dict[str, Any]) -> bytes:
    """The page with a labelled date in full."""
    return (
        f"<!doctype html><html><head><title>Ferry strike ends</title>{case['head']}</head><body>"
        f"<article><header><h1>Ferry strike ends</h1>{case['header']}</header>{PROSE}</article>"
        f"{case['after']}</body></html>"
    ).encode()


def measure_dates(show_failures: bool) -> None:
    right: Counter[tuple[str, str]] = Counter()
    total: Counter[tuple[str, str]] = Counter()
    for number, line in enumerate(DATES.read_text(encoding="utf-8").splitlines()):
        case, half = json.loads(line), HALVES[number % 2]
        published = read_html(page_of(case), "page.html", "shared").published
        found = published.isoformat() if published else None
        key = case["kind"], half
        total[key] += 1
        right[key] += found == case["published"]
        if show_failures and half == HALVES[0] and found != case["published"]:
            print(f"line {number + 1}: {found} instead of {case['published']}")
    for (kind, half), count in sorted(total.items()):
        print(f"{kind:8} {half:9} {right[kind, half]:3} of {count}")
    for half in HALVES:
        keys = [key for key in total if key[1] == half]
        print(f"all      {half:9} {sum(right[k] for k in keys):3} of {sum(total[k] for k in keys)}")


def measure_articles(show_failures: bool) -> None:
    """Precision and recall of "has a complete article", the pages that are taken or refused rightly
    by language and kind, and the texts that are not the article's alone."""
    taken: dict[int, bool] = {}
    mixed: Counter[str] = Counter()
    pages = list(labelled_pages())
    for page in pages:
        try:
            text = read_html(page.content, "page.html", "shared").text
            taken[page.line] = True
            reason = "taken"
            mixed[page.half] += page.has_article and any(s in text for s in page.surroundings)
        except SourceError as error:
            taken[page.line] = False
            reason = str(error)
        is_failure = taken[page.line] != page.has_article
        if show_failures and is_failure and page.half == HALVES[0]:
            print(f"line {page.line}, {page.kind}, {page.language}: {reason}")
    for name, key in GROUPS:
        for group in sorted({key(page) for page in pages}):
            print(f"{name} {group:24}", end="")
            for half in HALVES:
                inside = [page for page in pages if key(page) == group and page.half == half]
                right = sum(taken[page.line] == page.has_article for page in inside)
                print(f" {half} {right:3} of {len(inside):3}", end="")
            print()
    for half in HALVES:
        inside = [page for page in pages if page.half == half]
        precision, recall = precision_and_recall(inside, taken)
        print(
            f"articles {half:9} precision {precision:.3f} recall {recall:.3f},"
            f" {mixed[half]} texts with something of what is around the article"
        )


GROUPS: tuple[tuple[str, Callable[[Page], str]], ...] = (
    ("language", lambda page: page.language),
    ("kind", lambda page: f"{'+' if page.has_article else '-'} {page.kind}"),
)


def precision_and_recall(pages: Iterable[Page], taken: dict[int, bool]) -> tuple[float, float]:
    counts = Counter((page.has_article, taken[page.line]) for page in pages)
    right = counts[True, True]
    return right / (right + counts[False, True]), right / (right + counts[True, False])


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--failures", action="store_true", help="show those of the tuned half")
    options = parser.parse_args()
    measure_dates(options.failures)
    measure_articles(options.failures)


if __name__ == "__main__":
    main()
