"""Probes of sentence splitters, each in a process of its own: hostile inputs, load time, memory."""

import resource
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

from benchmarks.splitter_candidates import CANDIDATES, trim

TIMEOUT = 20
"""Seconds for a probe."""

HOSTILE_INPUTS: dict[str, Callable[[], str]] = {
    "empty": lambda: "",
    "whitespace": lambda: " \t\n \u00a0\u2003 " * 50,
    "emoji": lambda: "Well done 👩‍👩‍👧 🇺🇸. Then 😀! Ça va? “Yes 👍🏽.” She left. " * 50,
    "CRLF": lambda: "One line.\r\nA second one. And a third.\r\n\r\nThe end.\r\n" * 50,
    "NUL": lambda: "Before.\x00 After \x00 it. The end.\x00" * 50,
    "combining": lambda: "Cafe\u0301 closed. \u202eRight to left\u202c. Zero\u200bwidth. " * 50,
    "quotes": lambda: "“‘((“" * 2_000 + "A word. Another. " + "”" * 2_000,
    "dots": lambda: "." * 100_000,
    "1 MB no punctuation": lambda: "word " * 200_000,
    '1 MB "a. "': lambda: "a. " * 333_333,
    "1 MB news": lambda: (
        "“Go,” said Gen. Smith of the U.S. Army. He left at 5 p.m. Tuesday. " * 14_500
    ),
    "1 MB one word": lambda: "x" * 1_000_000,
}


def resident_megabytes() -> float:
    """The resident memory of this process (on Linux) or its peak."""
    try:
        return int(Path("/proc/self/statm").read_text().split()[1]) * 4096 / 2**20
    except OSError:
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def probe(name: str, hostile: str) -> None:
    """Run a probe in this process and print its result.

    Args:
        name: of the splitter.
        hostile: the name of a hostile input; empty: measure the load time and memory.
    """
    before, started = resident_megabytes(), time.perf_counter()
    split = CANDIDATES[name][1]()
    split("A first sentence. A second.")
    if hostile:
        text = HOSTILE_INPUTS[hostile]()
        started = time.perf_counter()
        spans = trim(text, split(text))
        seconds = time.perf_counter() - started
        kept = "".join("".join(text[a:b] for a, b in spans).split())
        complete = kept == "".join(text.split())
        print(f"{seconds:.2f} s{'' if complete else ' (text lost)'}")
    else:
        seconds = time.perf_counter() - started
        print(f"{seconds:.2f} s, {resident_megabytes() - before:.0f} MB")


def run_probe(name: str, hostile: str) -> str:
    """The result of a probe in a process of its own, as a cell of a table."""
    command = [sys.executable, "-m", "benchmarks.splitter_probes", name, hostile]
    try:
        process = subprocess.run(command, capture_output=True, text=True, timeout=TIMEOUT)
    except subprocess.TimeoutExpired:
        return f"**over {TIMEOUT} s**"
    if process.returncode:
        error = process.stderr.strip().splitlines()[-1:] or [f"signal {-process.returncode}"]
        return f"**{error[0][:40]}**"
    return process.stdout.strip()


if __name__ == "__main__":
    probe(sys.argv[1], sys.argv[2])
