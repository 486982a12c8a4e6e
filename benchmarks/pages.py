"""Dates of publication read from labelled pages: python -m benchmarks.pages

Each line of ``page_dates.jsonl`` is a page: the markup of its head, of its article's header, and
after the article. Odd lines are the half that rules are tuned on, even ones are held back.
"""

import argparse
import json
from collections import Counter
from pathlib import Path
from typing import Any

from index.sources.html import read_html

PAGES = Path(__file__).with_name("page_dates.jsonl")
HALVES = ("tuned", "held back")

PROSE = (
    "<p>The crews of the northern ferries went back to work after a vote in the harbor hall, and"
    " the first boat left the quay with every seat taken.</p><p>The union said that it had won"
    " what it asked for, while the owners spoke of a fair compromise for all who travel.</p>"
)


def page_of(case: dict[str, Any]) -> bytes:
    """The labelled page in full."""
    return (
        f"<!doctype html><html><head><title>Ferry strike ends</title>{case['head']}</head><body>"
        f"<article><header><h1>Ferry strike ends</h1>{case['header']}</header>{PROSE}</article>"
        f"{case['after']}</body></html>"
    ).encode()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--failures", action="store_true", help="show those of the tuned half")
    options = parser.parse_args()
    right: Counter[tuple[str, str]] = Counter()
    total: Counter[tuple[str, str]] = Counter()
    for number, line in enumerate(PAGES.read_text(encoding="utf-8").splitlines()):
        case, half = json.loads(line), HALVES[number % 2]
        published = read_html(page_of(case), "page.html", "shared").published
        found = published.isoformat() if published else None
        key = case["kind"], half
        total[key] += 1
        right[key] += found == case["published"]
        if options.failures and half == HALVES[0] and found != case["published"]:
            print(f"line {number + 1}: {found} instead of {case['published']}")
    for (kind, half), count in sorted(total.items()):
        print(f"{kind:8} {half:9} {right[kind, half]:3} of {count}")
    for half in HALVES:
        keys = [key for key in total if key[1] == half]
        print(f"all      {half:9} {sum(right[k] for k in keys):3} of {sum(total[k] for k in keys)}")


if __name__ == "__main__":
    main()
