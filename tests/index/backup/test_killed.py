"""Whatever is killed, and whenever: a library or a backup is whole, or not there."""

import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from index.backup import restore_backup, write_backup
from index.store import SqliteStore
from tests.conftest import ROOT
from tests.index.backup.conftest import MakeLibrary, State, state_of
from tests.index.subprocesses import environment


def killed_at_every_moment(template: Path, *arguments: str) -> Iterator[Path]:
    """The folders in which a command was killed, and, last, the one in which it was not."""
    ran = subprocess.run(
        [sys.executable, "-m", "tests.index.backup.killing", str(template), *arguments],
        cwd=ROOT,
        env=environment(),
        capture_output=True,
        text=True,
        check=True,
    )
    moments = int(ran.stdout.splitlines()[-1])
    assert moments > 10
    return (template.with_name(str(number)) for number in range(moments))


def test_a_restore_killed_at_any_moment_leaves_the_old_or_the_new_library(
    archive: Path, make_library: MakeLibrary, tmp_path: Path
) -> None:
    old: State = (["Otters"], "Otters", [])
    new: State = (["Ferry", "Harbour"], "Ferry Harbour", [])
    make_library("template/library", "Otters")
    shutil.copy(archive, tmp_path / "template" / "backup.zip")
    states = []
    for folder in killed_at_every_moment(
        tmp_path / "template", "restore", "--replace", "backup.zip"
    ):
        library = folder / "library"
        with SqliteStore(library, create=False):
            pass  # whoever comes next finishes what has been decided
        states.append(state_of(library))
        kept = list(library.glob("former/*"))
        if states[-1] == new:
            assert [state_of(one) for one in kept] == [old]
        else:
            assert kept == []
            restore_backup(folder / "backup.zip", library, replace=True)
            assert state_of(library) == new
        assert not list(library.glob("restore.*"))
    assert all(state in (old, new) for state in states)
    assert states == sorted(states, key=lambda state: state == new)
    assert 3 < states.index(new) < len(states) - 3, "it was killed before and after the decision"


def test_a_backup_killed_at_any_moment_leaves_no_part_of_one(
    make_library: MakeLibrary, tmp_path: Path
) -> None:
    state = state_of(make_library("template/library", "Ferry"))
    finished = []
    for folder in killed_at_every_moment(tmp_path / "template", "backup", "backup.zip"):
        assert state_of(folder / "library") == state
        target = folder / "backup.zip"
        finished.append(target.exists())
        if finished[-1]:
            restore_backup(target, folder / "restored")
            assert state_of(folder / "restored") == state
        write_backup(folder / "library", target, overwrite=True)
        assert sorted(path.name for path in folder.iterdir() if path.name != "restored") == [
            "backup.zip",
            "library",
        ]
    assert finished[-1]
    assert not finished[0]
