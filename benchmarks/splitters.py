"""Compare sentence splitters: python -m benchmarks.splitters --data ../shared

Candidates that are not installed are skipped. "nupunkt news" was adjusted on all kinds of gold
cases but "fresh", whose cases were written afterwards.
"""

import argparse
import sys
import time
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from benchmarks.splitter_candidates import CANDIDATES, by_paragraph
from benchmarks.splitter_measures import Tally, exact_cases, gold, measure, read_sets, titles_cut
from benchmarks.splitter_probes import HOSTILE, run_probe


def table(heads: list[str], rows: list[list[str]]) -> None:
    print("\n| " + " | ".join(heads) + " |\n|" + "---|" * len(heads))
    for row in rows:
        print("| " + " | ".join(row) + " |", flush=True)


def percent(part: int, whole: int) -> str:
    return f"{100 * part / whole:.2f}" if whole else "–"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--data", type=Path, default=Path("../shared"))
    parser.add_argument("--limit", type=int, default=300, help="SQuADShifts contexts of a part")
    parser.add_argument("--only", help="candidates, by comma")
    parser.add_argument("--verbose", action="store_true", help="print failed gold cases")
    parser.add_argument("--no-hostile", action="store_true")
    options = parser.parse_args()
    installed = {}
    for name, (package, make) in CANDIDATES.items():
        if options.only and name not in options.only.split(","):
            continue
        try:
            installed[name] = (f"{name} {version(package)}", by_paragraph(make()))
        except (ImportError, PackageNotFoundError):
            print(f"{name}: not installed", file=sys.stderr)

    sets = list(read_sets(options.data, options.limit))
    speed_text = "\n".join(next(s for s in sets if s.name == "squad2").texts)[:300_000]
    overall, cuts, kinds = [], [], {}
    for name, (title, split) in installed.items():
        print(f"{title} …", file=sys.stderr)
        tallies = [measure(split, data) for data in sets]
        pairs = zip(tallies, sets, strict=True)
        edited = [t for t, s in pairs if s.name not in ("shifts amazon", "shifts reddit")]
        total = Tally(*(sum(getattr(t, f) for t in edited) for f in Tally.__annotations__))
        if options.verbose:
            print(f"\n{title}")
        kinds[title] = gold(split, options.verbose)
        hits, false, misses, _ = kinds[title]["all"]
        right, cases = exact_cases(split)
        broken, titles = titles_cut(split)
        began = time.perf_counter()
        split(speed_text)
        speed = len(speed_text) / (time.perf_counter() - began)
        overall.append(
            [
                title,
                f"{right}/{cases}",
                f"{broken}/{titles}",
                f"{hits / (hits + false):.3f}",
                f"{hits / (hits + misses):.3f}",
                f"{2 * hits / (2 * hits + false + misses):.3f}",
                percent(total.lowercase, total.boundaries),
                percent(total.abbreviation, total.boundaries),
                percent(total.missed, total.sentences),
                percent(total.long, total.sentences),
                str(sum(t.damage for t in tallies)),
                f"{speed / 1000:,.0f}k",
                run_probe(name, ""),
            ]
        )
        cuts.append([title] + [percent(t.cut, t.answers) for t in tallies[1:]])

    table(
        "splitter|gold cases right|titles wrong|precision|recall|F1|lowercase %|after abbr. %|"
        "missed %|> 400 chars %|texts damaged|chars/s|load".split("|"),
        overall,
    )
    counts = [f"{s.name} ({len(s.answers)})" for s in sets[1:]]
    table(["answers cut, %", *counts], cuts)
    rows = []
    for kind in dict.fromkeys(kind for found in kinds.values() for kind in found):
        marks = [found[kind] for found in kinds.values()]
        rows.append([kind, *("✓" if exact else f"+{f} -{m}" for _, f, m, exact in marks)])
    table(["false cuts (+), misses (-)", *kinds], rows)
    if not options.no_hostile:
        rows = [[name, *(run_probe(name, text) for text in HOSTILE)] for name in installed]
        table(["hostile, whole text at once", *HOSTILE], rows)


if __name__ == "__main__":
    main()
