"""Whatever is killed, and whenever: what was acknowledged is there, and all of it is whole."""

import subprocess
import sys

import pytest

from benchmarks.crash.kills import sqlite_library
from benchmarks.crash.planted import ACKNOWLEDGED_EARLY, PLANTED
from tests.conftest import ROOT
from tests.index.subprocesses import environment

pytestmark = pytest.mark.skipif(
    sys.platform != "linux" or sqlite_library() is None,
    reason="it needs Linux, and a Python whose SQLite can be reached",
)


def crashes(*arguments: str) -> str:
    """What the command prints. No kill is timed, so that a seed repeats it."""
    ran = subprocess.run(
        [sys.executable, "-m", "benchmarks.crashes", "--timed", "0", *arguments],
        cwd=ROOT,
        env=environment(),
        capture_output=True,
        text=True,
        check=False,
    )
    assert ran.returncode == 0, ran.stdout + ran.stderr
    return ran.stdout


def test_twenty_kills_lose_nothing_that_was_acknowledged() -> None:
    printed = crashes("--kills", "20", "--seed", "1")
    assert printed.startswith("20 kills")
    assert "20 hit a write" in printed


def test_the_checker_notices_every_planted_bug() -> None:
    planted = [word for name in PLANTED for word in ("--planted", name)]
    # These do what the bugs are in.
    kinds = ["--kind", "save", "--kind", "correct", "--kind", "add"]
    printed = crashes("--kills", "30", "--seed", "1", *planted, *kinds)
    assert [name for name in PLANTED if f"{name} was noticed" not in printed] == []


def test_twenty_failures_of_the_disk_lose_nothing_that_was_acknowledged() -> None:
    printed = crashes("--failing-disk", "--kills", "20", "--seed", "1")
    assert printed.startswith("20 failures")


def test_the_checker_notices_what_a_failing_disk_did_not_take() -> None:
    planted = ["--planted", ACKNOWLEDGED_EARLY, "--kind", "add"]
    printed = crashes("--failing-disk", "--kills", "20", "--seed", "1", *planted)
    assert f"{ACKNOWLEDGED_EARLY} was noticed" in printed
