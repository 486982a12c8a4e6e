"""Coverage-guided fuzzing with atheris: python -m benchmarks.fuzz [TARGET…]

Each target (``benchmarks/fuzzing/targets.py``) runs in its own process. Its corpus is
``benchmarks/fuzzing/inputs``, and what earlier runs left in ``build/fuzzing``. Inputs that crash or
exceed the time limit are kept there, too, and printed. The exit code is 1 if there was one.

Needs atheris (``make fuzz`` installs it), which has no wheel for every platform.
"""

import argparse
import os
import re
import subprocess
import sys
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from pathlib import Path

INPUTS = Path(__file__).parent / "fuzzing" / "inputs"
BUILD = Path(__file__).parents[1] / "build" / "fuzzing"

INSTRUMENTED = [
    *("bot", "index", "dateparser", "feedparser", "htmldate", "justext", "markdown_it"),
    *("nupunkt", "pdfminer", "protego", "trafilatura", "yaml", "yarl"),
]
"""The packages in which an input is looked for that reaches new code."""

TIMEOUT_SECONDS = 20
"""The time limit for an input, as in the sandbox."""

MAX_LENGTH = 20_000
MAX_MEBIBYTES = 4096

DONE = re.compile(r"^Done (\d+) runs|stat::number_of_executed_units:\s*(\d+)", re.MULTILINE)
COVERAGE = re.compile(r"cov: (\d+)")


@dataclass(frozen=True)
class Fuzzed:
    """The outcome of fuzzing a target.

    Args:
        coverage: the number of places in the code that were reached.
        crashes: the files with the inputs that failed.
    """

    target: str
    seconds: float
    runs: int
    coverage: int
    crashes: Sequence[Path]


def fuzz(target: str, seconds: int, runs: int) -> Fuzzed:
    """Fuzz a target in a process of its own, until it fails or the time is over.

    Args:
        runs: as many at most; -1: any number.
    """
    corpus, crashes = BUILD / target / "corpus", BUILD / target / "crashes"
    for folder in (corpus, crashes):
        folder.mkdir(parents=True, exist_ok=True)
    before = set(crashes.iterdir())
    options = {
        "max_total_time": seconds,
        "runs": runs,
        "timeout": TIMEOUT_SECONDS,
        "rss_limit_mb": MAX_MEBIBYTES,
        "max_len": MAX_LENGTH,
        "artifact_prefix": f"{crashes}/",
        "print_final_stats": 1,
    }
    command = [sys.executable, "-m", __spec__.name, "--in-process", target]
    command += [f"-{name}={value}" for name, value in options.items()]
    started = time.perf_counter()
    with open(BUILD / target / "log", "w+", encoding="utf-8", errors="replace") as log:
        folders = [str(corpus), str(INPUTS / target)]
        subprocess.run([*command, *folders], stdout=log, stderr=log, check=False)
        log.seek(0)
        text = log.read()
    done = DONE.findall(text)
    found = COVERAGE.findall(text)
    return Fuzzed(
        target,
        time.perf_counter() - started,
        max((int(number) for numbers in done for number in numbers if number), default=0),
        int(found[-1]) if found else 0,
        sorted(path for path in set(crashes.iterdir()) - before if "slow-unit" not in path.name),
    )


def fuzz_in_process(target: str, options: Sequence[str]) -> None:
    """Fuzz a target until libFuzzer ends the process."""
    import atheris

    # Only what has not been imported by now is instrumented.
    with atheris.instrument_imports(include=INSTRUMENTED, enable_loader_override=False):
        from benchmarks.fuzzing.targets import TARGETS

        for file in (INPUTS / target).iterdir():  # imports what is imported when it is needed
            TARGETS[target](file.read_bytes())
    atheris.Setup(["fuzz", *options], TARGETS[target])
    atheris.Fuzz()


def main() -> None:
    if sys.argv[1:2] == ["--in-process"]:
        fuzz_in_process(sys.argv[2], sys.argv[3:])
        return
    names = sorted(folder.name for folder in INPUTS.iterdir())
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("target", nargs="*", metavar="TARGET", help=", ".join(names))
    parser.add_argument("--minutes", type=float, default=60, help="of all processes together")
    parser.add_argument("--runs", type=int, default=-1, help="of each target, at most")
    parser.add_argument("--processes", type=int, default=os.cpu_count() or 1)
    options = parser.parse_args()
    targets = options.target or names
    if unknown := set(targets).difference(names):
        parser.error(f"there is no target {', '.join(sorted(unknown))}.")
    seconds = round(options.minutes * 60 / len(targets))
    with ThreadPoolExecutor(options.processes) as pool:
        results = list(pool.map(partial(fuzz, seconds=seconds, runs=options.runs), targets))
    print("| target | runs | seconds | places reached | crashes |\n|---|---|---|---|---|")
    for one in results:
        print(
            f"| {one.target} | {one.runs:,} | {one.seconds:.0f} | {one.coverage:,}"
            f" | {len(one.crashes)} |"
        )
    print(
        f"{sum(one.runs for one in results):,} runs in"
        f" {sum(one.seconds for one in results) / 60:.0f} minutes of all processes together."
    )
    for one in results:
        for crash in one.crashes:
            print(f"{one.target}: {crash}; its traceback is in {BUILD / one.target / 'log'}.")
    sys.exit(any(one.crashes for one in results))


if __name__ == "__main__":
    main()
