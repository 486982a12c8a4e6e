"""Comparison of sentence splitters: python -m benchmarks.splitters --data ../shared

Splitters that are not installed are skipped. "nupunkt news" was tuned on all kinds of gold cases
except "fresh", whose cases were written afterwards.
"""

import argparse
import sys
import time
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from benchmarks.splitter_candidates import CANDIDATES, by_paragraph
from benchmarks.splitter_measures import (
    Counts,
    count_exact_cases,
    count_exact_probes,
    count_split_titles,
    evaluate_gold_cases,
    measure,
    read_sets,
)
from benchmarks.splitter_probes import HOSTILE_INPUTS, run_probe


def print_table(header: list[str], rows: list[list[str]]) -> None:
    """Print a Markdown table."""
    print("\n| " + " | ".join(header) + " |\n|" + "---|" * len(header))
    for row in rows:
        print("| " + " | ".join(row) + " |", flush=True)


def percent(part: int, whole: int) -> str:
    """A percentage, or a dash if the whole is 0."""
    return f"{100 * part / whole:.2f}" if whole else "–"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--data", type=Path, default=Path("../shared"))
    parser.add_argument(
        "--limit", type=int, default=300, help="paragraphs of each SQuADShifts file"
    )
    parser.add_argument("--only", help="splitters, separated by commas")
    parser.add_argument(
        "--verbose",
        action="store_true",
        help="print failed gold cases and probes of the tuned half",
    )
    parser.add_argument("--no-hostile", action="store_true")
    options = parser.parse_args()
    installed = {}
    for name, (package, create) in CANDIDATES.items():
        if options.only and name not in options.only.split(","):
            continue
        try:
            installed[name] = (f"{name} {version(package)}", by_paragraph(create()))
        except (ImportError, PackageNotFoundError):
            print(f"{name}: not installed", file=sys.stderr)

    sets = list(read_sets(options.data, options.limit))
    speed_text = "\n".join(next(s for s in sets if s.name == "squad2").texts)[:300_000]
    summary, answers, kinds, probes = [], [], {}, {}
    for name, (title, split) in installed.items():
        print(f"{title} …", file=sys.stderr)
        counts = [measure(split, data) for data in sets]
        pairs = zip(counts, sets, strict=True)
        edited = [c for c, s in pairs if s.name not in ("shifts amazon", "shifts reddit")]
        total = Counts(*(sum(getattr(c, f) for c in edited) for f in Counts.__annotations__))
        if options.verbose:
            print(f"\n{title}")
        kinds[title] = evaluate_gold_cases(split, options.verbose)
        probes[title] = count_exact_probes(split, options.verbose)
        hits, false, misses, _ = kinds[title]["all"]
        right, cases = count_exact_cases(split)
        split_titles, titles = count_split_titles(split)
        started = time.perf_counter()
        split(speed_text)
        speed = len(speed_text) / (time.perf_counter() - started)
        summary.append(
            [
                title,
                f"{right}/{cases}",
                f"{split_titles}/{titles}",
                f"{hits / (hits + false):.3f}",
                f"{hits / (hits + misses):.3f}",
                f"{2 * hits / (2 * hits + false + misses):.3f}",
                percent(total.lowercase, total.boundaries),
                percent(total.abbreviation, total.boundaries),
                percent(total.missed, total.sentences),
                percent(total.long, total.sentences),
                str(sum(c.damaged for c in counts)),
                f"{speed / 1000:,.0f}k",
                run_probe(name, ""),
            ]
        )
        answers.append([title] + [percent(c.cut, c.answers) for c in counts[1:]])

    print_table(
        "splitter|gold cases right|titles wrong|precision|recall|F1|lowercase %|after abbr. %|"
        "missed %|> 400 chars %|texts damaged|chars/s|load".split("|"),
        summary,
    )
    columns = [f"{s.name} ({len(s.answers)})" for s in sets[1:]]
    print_table(["answers cut, %", *columns], answers)
    rows = []
    for kind in dict.fromkeys(kind for outcomes in kinds.values() for kind in outcomes):
        outcomes = [outcomes[kind] for outcomes in kinds.values()]
        rows.append([kind, *("✓" if exact else f"+{f} -{m}" for _, f, m, exact in outcomes)])
    print_table(["false cuts (+), misses (-)", *kinds], rows)
    rows = []
    for kind in dict.fromkeys(kind for outcomes in probes.values() for kind in outcomes):
        halves = [outcomes[kind] for outcomes in probes.values()]
        rows.append([kind, *("{}/{}, {}/{}".format(*counts) for counts in halves)])
    print_table(["probes split exactly: tuned, held back", *probes], rows)
    if not options.no_hostile:
        rows = [[name, *(run_probe(name, text) for text in HOSTILE_INPUTS)] for name in installed]
        print_table(["hostile, whole text at once", *HOSTILE_INPUTS], rows)


if __name__ == "__main__":
    main()
