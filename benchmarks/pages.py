"""Accuracy of reading labelled pages and feeds: python -m benchmarks.pages [SET…]

A set is a file with one case on each line: a part of a page or of a feed, and what must be read
from it (see ``page_cases.py``). The set "articles" has whole pages (see ``web_pages``), with or
without a complete article. Odd lines are the half that rules are tuned on, even ones are held back.
"""

import argparse
import json
from collections import Counter
from collections.abc import Callable, Iterable
from pathlib import Path

from benchmarks.page_cases import SETS
from benchmarks.web_pages.labelled import HALVES, Page, labelled_pages
from index.errors import SourceError
from index.sources.html import read_html

ARTICLES = "articles"


def measure(name: str, *, show_failures: bool = False) -> None:
    """Print how many cases of a set are read right, by kind and half."""
    file, read, label = SETS[name]
    right: Counter[tuple[str, str]] = Counter()
    total: Counter[tuple[str, str]] = Counter()
    lines = Path(__file__).with_name(file).read_text(encoding="utf-8").splitlines()
    for number, line in enumerate(lines):
        case, half = json.loads(line), HALVES[number % 2]
        try:
            found = read(case)
        except SourceError as error:
            found = error
        expected = label(case)
        key = case["kind"], half
        total[key] += 1
        right[key] += found == expected
        if show_failures and half == HALVES[0] and found != expected:
            print(f"{file}:{number + 1}: {found!r} instead of {expected!r}")
    for (kind, half), count in sorted(total.items()):
        print(f"{name:8} {kind:12} {half:9} {right[kind, half]:3} of {count}")
    for half in HALVES:
        keys = [key for key in total if key[1] == half]
        found, count = sum(right[key] for key in keys), sum(total[key] for key in keys)
        print(f"{name:8} {'all':12} {half:9} {found:3} of {count}")


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
    known = (*SETS, ARTICLES)
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("sets", nargs="*", metavar="SET", help=f"of {', '.join(known)}; else all")
    parser.add_argument("--failures", action="store_true", help="show those of the tuned half")
    options = parser.parse_args()
    if unknown := set(options.sets) - set(known):
        parser.error(f"there is no set {', '.join(sorted(unknown))}")
    for name in options.sets or known:
        if name == ARTICLES:
            measure_articles(options.failures)
        else:
            measure(name, show_failures=options.failures)


if __name__ == "__main__":
    main()
