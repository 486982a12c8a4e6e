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
import ctypes
import errno
import json
import os
import random
import shutil
import signal
import sys
import tempfile
import time
import traceback
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import closing, suppress
from dataclasses import dataclass
from pathlib import Path

from benchmarks.crash.checker import check_killed, check_recovered, settle
from benchmarks.crash.driver import KINDS, Driver, command, replace_encoder, report_transactions
from benchmarks.crash.kills import FailingDisk, Killer, Shared, sqlite_library
from benchmarks.crash.planted import PLANTED
from benchmarks.crash.work import Work
from index import DatelineError

KILLS_IN_A_LIFE = 25
"""Kills until a new library is begun."""

MAX_WARM_UP = 3
"""Actions before the one in which the process is killed."""

TIMED = 0.2
"""The share of kills after a random time."""

MAX_SECONDS = 0.2
"""The longest of these times."""

CHANGES = {
    "add": 180,
    "correct": 180,
    "remove": 120,
    "add by command": 260,
    "rebuild": 500,
    "sync a folder": 260,
    "queue": 500,
    "save": 250,
    "back up": 120,
    "shut down": 250,
}
"""About how many changes to files an action of a kind makes, and then some: it is repeated until
the process is killed."""

FAILING_KINDS = [kind for kind in CHANGES if kind != "queue"]
"""What is done on a disk that fails; the queue would wait for it."""

REOPENING_KINDS = {"rebuild", "shut down"}
"""Actions that close the library; after a failure, it may not be open again."""

MEMORY = Path("/dev/shm")
"""A file system in memory, where there is one: a process that is killed loses nothing there either,
and nothing waits for a disk."""

CRASHED = 70

PR_SET_PDEATHSIG = 1  # of prctl(2)


@dataclass(frozen=True)
class Plan:
    """How and when a process is killed.

    Args:
        kind: in which kind of action.
        change: before which of its changes to files, from 0; None: after a random time.
        torn, power_failure: as in ``Killer``.
        full: whether the disk is full, if it fails, or else broken.
    """

    seed: int
    kind: str
    change: int | None
    torn: bool
    power_failure: bool
    full: bool

    @classmethod
    def choose(cls, random_: random.Random, kind: str, timed: float) -> "Plan":
        seed, is_timed = random_.getrandbits(32), random_.random() < timed
        change = None if is_timed else random_.randrange(CHANGES[kind])
        return cls(seed, kind, change, *(random_.random() < 0.5 for _ in range(3)))

    def __str__(self) -> str:
        when = "at a random time" if self.change is None else f"before change {self.change}"
        also = [name for name in ("torn", "power_failure", "full") if getattr(self, name)]
        return ", ".join([f"“{self.kind}” {when}", *also, f"seed {self.seed}"])


@dataclass
class Figures:
    """What the kills hit."""

    kinds: Counter[str]
    writing: int = 0
    timed: int = 0

    @property
    def kills(self) -> int:
        return self.kinds.total()


def kill(work: Work, plan: Plan, planted: str | None) -> bool:
    """Have a process killed; returns whether that hit a write."""
    shared = Shared()
    armed, arming = os.pipe()

    def use() -> None:
        os.chdir(work.data)
        choose = random.Random(plan.seed)
        report_transactions(shared)
        if planted:
            PLANTED[planted]()
        killer = Killer(shared, plan.change, torn=plan.torn, power_failure=plan.power_failure)
        driver = Driver(work, choose, planted)
        for _ in range(choose.randrange(MAX_WARM_UP + 1)):
            driver.do(choose.choice(list(KINDS)))
        killer.arm()
        os.write(arming, b".")
        while True:
            driver.do(plan.kind)

    process = forked(use)
    os.close(arming)
    with open(armed, "rb", buffering=0) as ready:
        if ready.read(1) and plan.change is None:
            time.sleep(random.Random(plan.seed).uniform(0, MAX_SECONDS))
            os.kill(process, signal.SIGKILL)
    if (code := exit_code(process)) != -signal.SIGKILL:
        raise RuntimeError(f"the process ended with {code} before it was killed")
    return shared.is_writing


def fail(work: Work, plan: Plan, planted: str | None) -> bool:
    """Have the disk fail under a process for the length of an action; True, as it was writing."""
    shared = Shared()

    def use() -> None:
        os.chdir(work.data)
        choose = random.Random(plan.seed)
        report_transactions(shared)
        if planted:
            PLANTED[planted]()
        code = errno.ENOSPC if plan.full else errno.EIO
        disk = FailingDisk(shared, plan.change or 0, work.data.resolve(), code, torn=plan.torn)
        driver = Driver(work, choose, planted)
        for _ in range(choose.randrange(MAX_WARM_UP + 1)):
            driver.do(choose.choice(FAILING_KINDS))
        disk.arm()
        while not disk.has_failed:
            with suppress(DatelineError):  # what a person reads
                driver.do(plan.kind)
        disk.repair()
        if plan.kind not in REOPENING_KINDS:
            driver.add()
        with closing(Driver(work, choose)) as reopened:
            reopened.add()

    if code := exit_code(forked(use)):
        raise RuntimeError(f"the process ended with {code} on a disk that fails")
    return True


def recover(work: Work) -> list[str]:
    """Open a library again in another process, and have it finish what was left undone; returns the
    problems that ``verify`` finds before and after."""
    reading, writing = os.pipe()

    def reopen() -> None:
        problems = []
        if (work.library / "library.sqlite").exists() and command(work, "verify"):
            problems.append("`verify` was not content.")
        with closing(Driver(work, random.Random(0))) as driver:
            problems += driver.finish()
        os.write(writing, json.dumps(problems).encode())

    process = forked(reopen)
    os.close(writing)
    with open(reading, "rb") as result:
        problems = result.read()
    if code := exit_code(process):
        return [f"The library cannot be used again: the process ended with {code}."]
    found: list[str] = json.loads(problems)
    return found


def forked(call: Callable[[], None]) -> int:
    """Run a function in a process of its own, which ends with this one; returns its id."""
    if process := os.fork():
        return process
    try:
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
        call()
        os._exit(0)
    except BaseException:
        traceback.print_exc()
    finally:
        os._exit(CRASHED)


def exit_code(process: int) -> int:
    """Wait for a process to end; its exit code, negative for a signal."""
    return os.waitstatus_to_exitcode(os.waitpid(process, 0)[1])


def problems_after(
    work: Work, plan: Plan, planted: str | None, figures: Figures, *, failing: bool
) -> Iterator[str]:
    """Kill a process, or have the disk fail under it, and check what is left, step by step; the
    problems."""
    figures.writing += fail(work, plan, planted) if failing else kill(work, plan, planted)
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
