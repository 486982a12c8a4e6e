"""What happens to a process that uses a library: it is killed, or its disk fails."""

import ctypes
import errno
import json
import os
import random
import signal
import time
import traceback
from collections.abc import Callable, Sequence
from contextlib import closing, suppress
from dataclasses import dataclass
from typing import TypeVar

from benchmarks.crash.driver import KINDS, Driver, command, report_transactions
from benchmarks.crash.kills import Changes, FailingDisk, Killer, Shared
from benchmarks.crash.planted import PLANTED
from benchmarks.crash.work import Work
from index import DatelineError

MAX_WARM_UP = 3
"""Actions before the one in which the process is killed."""

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

CRASHED = 70

PR_SET_PDEATHSIG = 1  # of prctl(2)

Watched = TypeVar("Watched", bound=Changes)


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


def kill(work: Work, plan: Plan, planted: str | None) -> bool:
    """Have a process killed; returns whether that hit a write."""
    shared = Shared()
    armed, arming = os.pipe()

    def killer() -> Killer:
        return Killer(shared, plan.change, torn=plan.torn, power_failure=plan.power_failure)

    def use() -> None:
        driver, _ = _started(work, plan, planted, shared, killer, list(KINDS))
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


def let_disk_fail(work: Work, plan: Plan, planted: str | None) -> None:
    """Have the disk fail under a process for the length of an action."""
    shared = Shared()

    def disk_of_process() -> FailingDisk:
        code = errno.ENOSPC if plan.full else errno.EIO
        return FailingDisk(shared, plan.change or 0, work.data.resolve(), code, torn=plan.torn)

    def use() -> None:
        driver, disk = _started(work, plan, planted, shared, disk_of_process, FAILING_KINDS)
        while not disk.has_failed:
            with suppress(DatelineError):  # what a person reads
                driver.do(plan.kind)
        disk.repair()
        if plan.kind not in REOPENING_KINDS:
            driver.add()
        with closing(Driver(work, random.Random(plan.seed))) as reopened:
            reopened.add()

    if code := exit_code(forked(use)):
        raise RuntimeError(f"the process ended with {code} on a disk that fails")


def _started(
    work: Work,
    plan: Plan,
    planted: str | None,
    shared: Shared,
    watch: Callable[[], Watched],
    kinds: Sequence[str],
) -> tuple[Driver, Watched]:
    """A driver in this process that has done a few actions, and what counts the changes to files
    from then on.

    Args:
        watch: makes that, in the folder that the program changes.
        kinds: of the first actions.
    """
    os.chdir(work.data)
    choose = random.Random(plan.seed)
    report_transactions(shared)
    if planted:
        PLANTED[planted]()
    changes = watch()
    driver = Driver(work, choose, planted)
    for _ in range(choose.randrange(MAX_WARM_UP + 1)):
        driver.do(choose.choice(kinds))
    changes.arm()
    return driver, changes


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
