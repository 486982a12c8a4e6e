"""Hostile input, load time and memory of a sentence splitter: each in a process of its own."""

import resource
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

from benchmarks.splitter_candidates import CANDIDATES, trim

TIMEOUT = 20  # seconds for one hostile input

HOSTILE: dict[str, Callable[[], str]] = {
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


def resident() -> float:
    """Megabytes, now (on Linux) or at their highest."""
    try:
        return int(Path("/proc/self/statm").read_text().split()[1]) * 4096 / 2**20
    except OSError:
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def probe(name: str, hostile: str) -> None:
    """In the child: print seconds, megabytes gained and whether the spans are sound."""
    before, began = resident(), time.perf_counter()
    split = CANDIDATES[name][1]()
    split("A first sentence. A second.")
    if hostile:
        text = HOSTILE[hostile]()
        before, began = resident(), time.perf_counter()
        spans = trim(text, split(text))
        seconds = time.perf_counter() - began
        kept = "".join("".join(text[a:b] for a, b in spans).split())
        sound = kept == "".join(text.split())
        print(f"{seconds:.2f} s{'' if sound else ' (text lost)'}")
    else:
        seconds = time.perf_counter() - began
        print(f"{seconds:.2f} s, {resident() - before:.0f} MB")


def run_probe(name: str, hostile: str) -> str:
    command = [sys.executable, "-m", "benchmarks.splitter_probes", name, hostile]
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=TIMEOUT)
    except subprocess.TimeoutExpired:
        return f"**over {TIMEOUT} s**"
    if done.returncode:
        error = done.stderr.strip().splitlines()[-1:] or [f"signal {-done.returncode}"]
        return f"**{error[0][:40]}**"
    return done.stdout.strip()


if __name__ == "__main__":
    probe(sys.argv[1], sys.argv[2])
