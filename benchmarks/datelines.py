"""Datelines found at the beginnings of made-up stories: python -m benchmarks.datelines

Each line of ``datelines.jsonl`` is the beginning of a story, with the ``start`` and ``end`` of its
dateline, its place and its publisher, or none. Odd lines are the half that rules are tuned on, even
ones are held back.
"""

import argparse
import json
from collections import Counter
from pathlib import Path
from typing import Any

from index.text.datelines import find_dateline

CASES = Path(__file__).with_name("datelines.jsonl")
HALVES = ("tuned", "held back")


def found_in(text: str) -> dict[str, Any]:
    dateline = find_dateline(text)
    if dateline is None:
        return {"start": None, "end": None, "place": None, "publisher": None}
    return {
        "start": dateline.start,
        "end": dateline.end,
        "place": dateline.place,
        "publisher": dateline.publisher,
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--failures", action="store_true", help="show those of the tuned half")
    options = parser.parse_args()
    right: Counter[tuple[str, bool]] = Counter()
    total: Counter[tuple[str, bool]] = Counter()
    for number, line in enumerate(CASES.read_text(encoding="utf-8").splitlines()):
        case, half = json.loads(line), HALVES[number % 2]
        key = half, case["end"] is not None
        found = found_in(case["text"])
        is_right = found.items() <= case.items()
        total[key] += 1
        right[key] += is_right
        if options.failures and half == HALVES[0] and not is_right:
            print(f"line {number + 1}: {found} in {case['text'][:60]!r}")
    for half in HALVES:
        print(
            f"{half:9} {right[half, True]} of {total[half, True]} datelines,"
            f" {right[half, False]} of {total[half, False]} stories without one"
        )


if __name__ == "__main__":
    main()
