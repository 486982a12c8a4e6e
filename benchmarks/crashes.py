"""Kills a process that uses a library, again and again, and checks what is left:
python -m benchmarks.crashes [--kills N] [--seed S] [--planted NAME]

The process (``crash/driver.py``) adds, corrects and removes articles, rebuilds, syncs a folder,
works through the bot's queue, backs up and shuts down. Most times it is killed before its n-th
change to a file, in a fifth of the cases after a random time. Every time, the rows are compared
with the client's journal (``crash/checker.py``), the library is opened again, ``verify`` must find
nothing, and the FAISS files must equal the rows. The first problem ends it, with exit code 1.

With --failing-disk, it is not killed: from the n-th change on, changes fail as on a full or a
broken disk (ENOSPC, EIO), until the action has ended with a sentence. Then the disk works again,
the process must go on, and the same is checked.

With --planted, a bug is planted first, and the exit code is 0 if it is noticed.
"""

import argparse
import random
import shutil
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from benchmarks.crash.accidents import FAILING_KINDS, Plan, kill, let_disk_fail, recover
from benchmarks.crash.checker import check_killed, check_recovered, settle
from benchmarks.crash.driver import KINDS, replace_encoder
from benchmarks.crash.kills import sqlite_library
from benchmarks.crash.planted import PLANTED
from benchmarks.crash.work import Work

KILLS_IN_A_LIFE = 25
"""Kills until a new library is begun."""

TIMED = 0.2
"""The share of kills after a random time."""

MEMORY = Path("/dev/shm")
"""A file system in memory, where there is one: a process that is killed loses nothing there either,
and nothing waits for a disk."""


@dataclass
class Figures:
    """What the kills hit."""

    kinds: Counter[str]
    writing: int = 0
    timed: int = 0

    @property
    def kills(self) -> int:
        return self.kinds.total()


def problems_after(
    work: Work, plan: Plan, planted: str | None, figures: Figures, *, failing: bool
) -> Iterator[str]:
    """The problems that are found, step by step, after a process was killed or its disk failed."""
    if failing:
        let_disk_fail(work, plan, planted)
    else:
        figures.writing += kill(work, plan, planted)
    figures.kinds[plan.kind] += 1
    figures.timed += plan.change is None
    yield from check_killed(work)
    settle(work)
    yield from recover(work)
    yield from check_recovered(work)
    settle(work)


def run(
    kills: int, seed: int, timed: float, planted: str | None, kinds: list[str], *, failing: bool
) -> int:
    """Kill, or have the disk fail, that many times; the exit code."""
    choose, figures = random.Random(seed), Figures(Counter())
    root = Path(tempfile.mkdtemp(prefix="crashes-", dir=MEMORY if MEMORY.is_dir() else None))
    root = root.resolve()
    started = time.perf_counter()
    for number in range(kills):
        folder = root / str(number // KILLS_IN_A_LIFE)
        if number % KILLS_IN_A_LIFE == 0:
            shutil.rmtree(root / str(number // KILLS_IN_A_LIFE - 1), ignore_errors=True)
        # In turn, so that a few kills are of every kind
        plan = Plan.choose(choose, kinds[number % len(kinds)], timed)
        problems = problems_after(Work(folder), plan, planted, figures, failing=failing)
        if problem := next(problems, None):
            print(f"After {number + 1} ({plan}): {problem}")
            if planted:
                shutil.rmtree(root)
                print(f"The planted bug {planted} was noticed.")
                return 0
            print(f"--seed {seed} repeats it. What is left is in {folder}.")
            return 1
    shutil.rmtree(root)
    seconds = time.perf_counter() - started
    if failing:
        print(f"{figures.kills} failures in {seconds:.0f} s (--seed {seed}): no problem.")
    else:
        print(
            f"{figures.kills} kills in {seconds:.0f} s (--seed {seed}),"
            f" {figures.timed} of them at a random time: no problem."
            f" {figures.writing} hit a write, that is, a transaction was open or a file was being"
            " changed."
        )
    print(", ".join(f"{kind}: {count}" for kind, count in sorted(figures.kinds.items())))
    if planted:
        print(f"The planted bug {planted} was not noticed.")
    return int(bool(planted))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kills", type=int, default=500)
    parser.add_argument("--seed", type=int, default=random.randrange(1 << 32))
    parser.add_argument("--timed", type=float, default=TIMED, help="the share of random times")
    parser.add_argument("--planted", choices=PLANTED, action="append", help="may be repeated")
    parser.add_argument("--kind", choices=KINDS, action="append", help="only this kind of action")
    parser.add_argument("--failing-disk", action="store_true", help="instead of killing")
    options = parser.parse_args()
    if options.failing_disk:
        options.timed = 0.0
    if sys.platform != "linux" or sqlite_library() is None:
        parser.error("this needs Linux, and a Python whose SQLite can be reached.")
    replace_encoder()
    kinds = options.kind or [*(FAILING_KINDS if options.failing_disk else KINDS)]
    failing = options.failing_disk
    codes = [
        run(options.kills, options.seed, options.timed, planted, kinds, failing=failing)
        for planted in options.planted or [None]
    ]
    sys.exit(max(codes))


if __name__ == "__main__":
    main()
