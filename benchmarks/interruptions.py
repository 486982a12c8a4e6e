"""Ctrl-C at any moment: python -m benchmarks.interruptions [--tries N] [--bin FOLDER]

Starts each command many times, sends SIGINT after delays that are spread evenly over the first four
seconds, and counts how it ended. With --bin, the installed commands of that folder are started
instead of `python -m`.
"""

import argparse
import os
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

from index import Article, Library
from tests.index.factories import made_up_text

ROOT = Path(__file__).parents[1]
SECONDS = 4.0
ARTICLES = 400
TIMEOUT = 60.0

COMMANDS = {
    "add": ["add", "news"],
    "ask": ["ask", "how many troops?"],
    "status": ["status"],
    "preview": ["--preview", "--port", "0"],
}


def main(tries: int, folder: Path | None) -> None:
    with tempfile.TemporaryDirectory() as temporary:
        home = Path(temporary)
        (home / "news").mkdir()
        for number in range(ARTICLES):
            text = f"Report {number}\n\n{made_up_text(number)}"
            (home / "news" / f"{number}.txt").write_text(text)
        with Library.open(home / "library") as library:
            library.add(Article("Troops", "About 200 troops are on their way."))
        for name in COMMANDS:
            ends = Counter(
                ended(name, SECONDS * number / tries, home, folder) for number in range(tries)
            )
            print(f"{name:8}", ", ".join(f"{count} {end}" for end, count in sorted(ends.items())))


def ended(name: str, delay: float, home: Path, folder: Path | None) -> str:
    """How a command ends that is interrupted after a delay in seconds."""
    program = "bot" if name == "preview" else "index"
    installed = {"index": "dateline", "bot": "dateline-bot"}[program]
    start = [str(folder / installed)] if folder else [sys.executable, "-m", program]
    library = "library" if name != "add" else f"added-{delay}"
    process = subprocess.Popen(
        [*start, *COMMANDS[name]],
        cwd=home,
        env={**os.environ, **({} if folder else {"PYTHONPATH": str(ROOT)}), "LIBRARY": library},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        start_new_session=True,
    )
    time.sleep(delay)
    os.killpg(process.pid, signal.SIGINT)  # as a terminal does
    out, err = process.communicate(timeout=TIMEOUT)
    shown = (out + err).decode()
    if "Traceback" in shown or "Exception ignored" in shown:
        print(f"--- {name} after {delay:.2f} s\n{shown}", file=sys.stderr)
        return "with a traceback"
    if "Interrupted." in shown or "Stopped." in shown:
        return "adding “nothing”" if "Nothing to add" in shown else "with a sentence"
    if process.returncode == 0:
        return "complete before"
    if process.returncode == -signal.SIGINT:
        return "before Python ran"
    print(f"--- {name} after {delay:.2f} s: {process.returncode}\n{shown}", file=sys.stderr)
    return "without a sentence"


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--tries", type=int, default=40)
    parser.add_argument("--bin", type=Path, help="the folder with the installed commands")
    arguments = parser.parse_args()
    main(arguments.tries, arguments.bin)
