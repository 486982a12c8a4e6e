"""Only one process at a time runs a bot on a storage."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from bot.storage.lock import LOCK_FILENAME, PROCESS_FILENAME, InUseError, storage_lock
from index import StoreError
from tests.conftest import ROOT

HOLD = """
import sys
from pathlib import Path
from bot.storage.lock import storage_lock

with storage_lock(Path(sys.argv[1])):
    print("locked", flush=True)
    sys.stdin.read()
"""


def hold(folder: Path) -> "subprocess.Popen[str]":
    """A process that holds the lock until its standard input is closed."""
    process = subprocess.Popen(
        [sys.executable, "-c", HOLD, str(folder)],
        env=os.environ | {"PYTHONPATH": str(ROOT)},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "locked\n"
    return process


@pytest.mark.parametrize("is_killed", [False, True])
def test_a_second_process_is_told_which_one_is_first(tmp_path: Path, is_killed: bool) -> None:
    with hold(tmp_path) as first:
        with pytest.raises(InUseError, match=rf"Another bot \(process {first.pid}\) is using"):
            storage_lock(tmp_path).__enter__()
        if is_killed:
            first.kill()
    assert first.returncode == (-9 if is_killed else 0)

    with storage_lock(tmp_path):
        assert (tmp_path / PROCESS_FILENAME).read_text() == str(os.getpid())
    assert not (tmp_path / PROCESS_FILENAME).exists()


def test_a_process_that_has_not_written_its_id_yet_is_named_without(tmp_path: Path) -> None:
    with hold(tmp_path):
        (tmp_path / PROCESS_FILENAME).write_text("")
        with pytest.raises(InUseError, match="Another bot is using"):
            storage_lock(tmp_path).__enter__()


def test_a_lock_that_cannot_be_written_is_reported(tmp_path: Path) -> None:
    (tmp_path / LOCK_FILENAME).mkdir()

    with pytest.raises(StoreError, match="cannot be written"):
        storage_lock(tmp_path).__enter__()
