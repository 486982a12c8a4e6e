"""What is read from labelled pages and feeds: python -m benchmarks.pages [SET…]

A set is a file with one case on each line: a part of a page or of a feed, and what must be read
from it (see ``page_cases.py``). Odd lines are the half that rules are tuned on, even ones are held
back.
"""

import argparse
import json
from collections import Counter
from pathlib import Path

from benchmarks.page_cases import SETS
from index.errors import SourceError

HALVES = ("tuned", "held back")


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


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("sets", nargs="*", metavar="SET", help=f"of {', '.join(SETS)}; else all")
    parser.add_argument("--failures", action="store_true", help="show those of the tuned half")
    options = parser.parse_args()
    if unknown := set(options.sets) - set(SETS):
        parser.error(f"there is no set {', '.join(sorted(unknown))}")
    for name in options.sets or SETS:
        measure(name, show_failures=options.failures)


if __name__ == "__main__":
    main()
