"""The command line as people run it: in a process of its own."""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.index.forked_commands import run_forked

ROOT = Path(__file__).parents[2]
LOCKED_OUT = ["setpriv", "--bounding-set=-dac_override,-dac_read_search"]
COMMAND = [sys.executable, "-m", "index"]


def environment(**settings: str) -> dict[str, str]:
    """This process's own (without the developer's settings), never with a network."""
    return {
        **os.environ,
        "PYTHONPATH": str(ROOT),
        "HF_HUB_OFFLINE": "1",
        "OMP_NUM_THREADS": "1",
        **settings,
    }


@dataclass(frozen=True)
class Run:
    """How a command ended."""

    code: int
    out: str
    err: str


def run(*arguments: str, stdin: str = "", **settings: str) -> Run:
    """Run ``python -m index`` in the current folder to its end. Never is there a traceback."""
    return _checked(*run_forked(arguments, stdin.encode(), environment(**settings)))


def run_afresh(*arguments: str, **settings: str) -> Run:
    """``run`` in a process that has to import the program, as people's do."""
    return _run([*COMMAND, *arguments], settings)


def run_locked_out(*arguments: str) -> Run:
    """``run``, bound by the permissions of files even if the user is root. Skips the test where
    that cannot be done."""
    if os.name != "posix" or (os.geteuid() == 0 and shutil.which("setpriv") is None):
        pytest.skip("permissions do not bind this user")
    return _run([*(LOCKED_OUT if os.geteuid() == 0 else []), *COMMAND, *arguments], {})


def _run(command: Sequence[str], settings: dict[str, str]) -> Run:
    ended = subprocess.run(
        command,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        env=environment(**settings),
        check=False,
    )
    return _checked(ended.returncode, ended.stdout, ended.stderr)


def _checked(code: int, out: bytes, err: bytes) -> Run:
    result = Run(code, out.decode(), err.decode())
    assert "Traceback" not in result.err + result.out, result.err
    return result


def start(arguments: Sequence[str], **settings: str) -> subprocess.Popen[bytes]:
    """Start ``python -m index`` with pipes."""
    return subprocess.Popen(
        [*COMMAND, *arguments],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=environment(**settings),
    )


def wait_until(process: subprocess.Popen[bytes], happened: Callable[[], bool]) -> None:
    """Look until something has happened; the process must not end before."""
    while not happened():
        try:
            process.wait(timeout=0.02)
        except subprocess.TimeoutExpired:
            continue
        raise AssertionError(f"it ended before: {process.communicate()}")


def end_of(process: subprocess.Popen[bytes]) -> Run:
    """Wait for a process's end."""
    out, err = process.communicate()
    return _checked(process.returncode, out, err)
