"""A database file that is replaced, overwritten or emptied while in use, or cannot be written."""

import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest

from index import DamagedLibraryError, Library, StoreError
from index.store import SqliteStore
from index.store.sqlite.database import Database
from tests.index.store.builders import EAST, NORTH, article, nearest_texts, put, url
from tests.index.subprocesses import COMMAND, end_of, environment, start

CHANGED = "was replaced, overwritten or deleted while it was in use"

Change = Callable[[Path, Path], None]
"""Changes a library in use, given the file of another one."""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    with SqliteStore(tmp_path / "library") as store:
        put(store, article("One. Two.", url=url("a")), EAST, NORTH)
        put(store, article("Three. " * 2000, title="Long", collection="other"), NORTH)
        nearest_texts(store, EAST)
    return tmp_path / "library"


@pytest.fixture
def other(tmp_path: Path) -> Path:
    """The file of another library, which is smaller."""
    Database(tmp_path / "other.sqlite").close()
    return tmp_path / "other.sqlite"


def grow(path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("CREATE TABLE more AS SELECT randomblob(9999999) AS x")
        connection.commit()


def delete(path: Path, other: Path) -> None:
    path.unlink()


def move_the_folder(path: Path, other: Path) -> None:
    path.parent.rename(path.parent.with_name("elsewhere"))


def replace(path: Path, other: Path) -> None:
    other.replace(path)


def overwrite(path: Path, other: Path) -> None:
    shutil.copyfile(other, path)


def overwrite_with_more(path: Path, other: Path) -> None:
    grow(other)
    shutil.copyfile(other, path)


def empty(path: Path, other: Path) -> None:
    os.truncate(path, 0)


CHANGES: list[Change] = [delete, move_the_folder, replace, overwrite, overwrite_with_more, empty]


@pytest.mark.parametrize("change", CHANGES)
def test_nothing_is_said_to_be_added_to_a_file_that_is_gone(
    folder: Path, other: Path, change: Change
) -> None:
    with SqliteStore(folder) as store:
        assert nearest_texts(store, EAST) == ["One.", "Two."]
        change(folder / "library.sqlite", other)
        with pytest.raises(StoreError, match=CHANGED):
            put(store, article("Three.", url=url("b")), EAST)
        with pytest.raises(StoreError, match=CHANGED):
            store.articles.remove(article(url=url("a")).id)


@pytest.mark.parametrize("change", [delete, move_the_folder, replace, overwrite, empty])
def test_nothing_is_read_from_a_file_that_is_gone(
    folder: Path, other: Path, change: Change
) -> None:
    with SqliteStore(folder) as store:
        store.articles.newest()
        change(folder / "library.sqlite", other)
        with pytest.raises(StoreError, match=CHANGED):
            store.articles.newest()


def test_a_file_that_is_replaced_before_a_change_is_committed_is_noticed(
    folder: Path, other: Path
) -> None:
    def change(database: Database) -> None:
        with database.transaction() as tx:
            tx.execute("INSERT INTO meta VALUES ('a', 1)")
            replace(folder / "library.sqlite", other)

    with (
        closing(Database(folder / "library.sqlite")) as database,
        pytest.raises(StoreError, match=CHANGED),
    ):
        change(database)


def test_what_takes_the_place_of_a_file_keeps_its_wal(folder: Path, tmp_path: Path) -> None:
    with SqliteStore(folder) as store:
        store.articles.newest()
        folder.rename(tmp_path / "elsewhere")
        with SqliteStore(folder) as new:
            put(new, article("Five. Six.", url=url("c")), EAST)
            shutil.copytree(folder, tmp_path / "crashed")
        shutil.rmtree(folder)
        (tmp_path / "crashed").rename(folder)
        assert (folder / "library.sqlite-wal").stat().st_size
    with SqliteStore(folder) as store:
        assert [each.text for each in store.articles.newest()] == ["Five. Six."]


def test_a_file_that_grows_by_other_processes_is_still_the_same(folder: Path) -> None:
    with SqliteStore(folder) as store, SqliteStore(folder) as second:
        for number in range(60):
            put((store, second)[number % 2], article(f"{number}. " * 300, url=url(f"{number}")))
            for each in (store, second):
                checkpoint = "PRAGMA wal_checkpoint(PASSIVE)"
                each._database.read(checkpoint)
        assert store.articles.count().articles == second.articles.count().articles == 62


def test_a_running_command_ends_with_a_sentence_when_its_file_is_emptied(
    open_library: Callable[..., Library], tmp_path: Path
) -> None:
    with open_library() as library:
        library.add(article("The ferry was late. " * 200, url=url("a")))
    process = start(["ask", "-", "--json"])
    assert process.stdin is not None
    assert process.stdout is not None
    process.stdin.write(b"Was the ferry late?\n")
    process.stdin.flush()
    assert b"ferry" in process.stdout.readline()
    os.truncate(tmp_path / "library" / "library.sqlite", 0)
    process.stdin.write(b"Was the ferry late?\n")
    ended = end_of(process)
    assert ended.code == 78
    assert CHANGED in ended.err


# Files that are there before a library is opened


@pytest.mark.parametrize("remains", ["faiss/1-1.faiss", "library.sqlite-wal"])
@pytest.mark.parametrize("state", ["empty", "missing"])
def test_what_is_left_of_a_library_is_not_taken_for_a_new_one(
    tmp_path: Path, remains: str, state: str
) -> None:
    path = tmp_path / "library.sqlite"
    if state == "empty":
        path.touch()
    (tmp_path / remains).parent.mkdir(exist_ok=True)
    (tmp_path / remains).write_bytes(b"something")
    with pytest.raises(DamagedLibraryError) as refusal:
        SqliteStore(tmp_path)
    assert str(refusal.value) == (
        f"{path} is {state}, but not new: {tmp_path / remains} belongs to it. Restore a"
        f" backup with `python -m index restore FILE`; or, to start anew, move {path}* and"
        f" {tmp_path / 'faiss'} away."
    )
    assert (tmp_path / remains).read_bytes() == b"something"


def test_an_empty_file_on_its_own_is_a_new_library(tmp_path: Path) -> None:
    (tmp_path / "library.sqlite").touch()
    with SqliteStore(tmp_path) as store:
        assert store.articles.count().articles == 0


# Libraries that cannot be written to


RunReadOnly = Callable[..., subprocess.CompletedProcess[str]]

REMOUNT = 'mount --bind "$1" "$1" && mount -o remount,bind,ro "$1" "$1" && shift && exec "$@"'


@pytest.fixture
def run_read_only(tmp_path: Path) -> Iterator[RunReadOnly]:
    """Runs the command line where the library's folder cannot be written to."""
    folder = tmp_path / "library"
    folder.mkdir(exist_ok=True)
    prefix: list[str] = []
    if os.geteuid() == 0:  # whom permissions do not stop
        prefix = ["unshare", "-m", "sh", "-c", REMOUNT, "sh", str(folder)]
        try:
            subprocess.run([*prefix, "true"], check=True, capture_output=True)
        except (OSError, subprocess.CalledProcessError):
            pytest.skip("root may not mount here")
    else:
        folder.chmod(0o555)

    def run(*arguments: str, text: str = "") -> subprocess.CompletedProcess[str]:
        ended = subprocess.run(
            [*prefix, *COMMAND, *arguments],
            input=text,
            capture_output=True,
            text=True,
            env=environment(),
            check=False,
        )
        assert "Traceback" not in ended.stderr
        return ended

    yield run
    folder.chmod(0o755)


@pytest.mark.skipif(sys.platform == "win32", reason="needs mounts or permissions of POSIX")
def test_a_library_that_cannot_be_written_to_can_be_asked(
    open_library: Callable[..., Library], run_read_only: RunReadOnly, tmp_path: Path
) -> None:
    (tmp_path / "library").chmod(0o755)
    with open_library() as library:
        library.add(article("The ferry was late. Nobody complained.", url=url("a")))
    before = {p: p.read_bytes() for p in (tmp_path / "library").rglob("*") if p.is_file()}
    asked = run_read_only("ask", "Was the ferry late?")
    assert (asked.returncode, asked.stderr) == (0, "")
    assert "The ferry was late" in asked.stdout
    for command in (["add", "-"], ["rebuild"], ["remove", article(url=url("a")).id]):
        refused = run_read_only(*command, text="Title\n\nSome text.")
        assert refused.returncode == 78
        assert refused.stderr.strip().endswith(
            f"{Path('library', 'library.sqlite')} is read-only, so that nothing can be added or"
            " changed. Make the file and its folder writable."
        )
    assert {p: p.read_bytes() for p in (tmp_path / "library").rglob("*") if p.is_file()} == before


@pytest.mark.skipif(sys.platform == "win32", reason="needs mounts or permissions of POSIX")
def test_what_a_crash_left_to_be_done_cannot_be_done_without_writing(
    run_read_only: RunReadOnly, tmp_path: Path
) -> None:
    folder = tmp_path / "library"
    folder.chmod(0o755)
    with SqliteStore(tmp_path / "open") as store:
        put(store, article("The ferry was late."), EAST)
        for name in ("library.sqlite", "library.sqlite-wal"):
            shutil.copy(tmp_path / "open" / name, folder)
    refused = run_read_only("find", "ferry")
    assert refused.returncode == 78
    assert "Make the folder writable and open the library once" in refused.stderr
    with SqliteStore(folder):
        pass
    assert "The **ferry** was late." in run_read_only("find", "ferry").stdout


@pytest.mark.skipif(sys.platform == "win32", reason="needs mounts or permissions of POSIX")
def test_no_library_is_made_where_nothing_can_be_written(run_read_only: RunReadOnly) -> None:
    refused = run_read_only("add", "-", text="Title\n\nSome text.")
    assert refused.returncode == 78
    assert "LIBRARY must be a folder that can be written to" in refused.stderr
