"""A backup is of one moment, whole, and never in the place of another."""

import errno
import hashlib
import json
import os
import shutil
import zipfile
from pathlib import Path

import pytest

from index import BackupError, DamagedLibraryError, MissingLibraryError
from index.backup import restore_backup, write_backup
from index.store import SqliteStore
from index.store.sqlite import snapshots
from index.store.sqlite.folder_lock import FolderLock
from tests.index.backup.conftest import MakeLibrary, state_of, write_note
from tests.index.store.builders import article, put


def test_an_archive_is_a_zip_file_with_a_list(archive: Path, library: Path) -> None:
    (library / "notes.txt").write_text("Not a database, but long enough to be one. " * 50)
    (library / "empty.sqlite").touch()
    with zipfile.ZipFile(archive) as backup:
        names = {"library.sqlite", "notes.sqlite"}
        assert set(backup.namelist()) == {*names, "manifest.json"}
        listed = json.loads(backup.read("manifest.json"))
        for entry in listed["databases"]:
            content = backup.read(entry["name"])
            assert len(content) == entry["bytes"]
            assert hashlib.sha256(content).hexdigest() == entry["sha256"]
        assert {entry["name"] for entry in listed["databases"]} == names
    again = archive.with_name("again.zip")
    with zipfile.ZipFile(write_backup(library, again)) as backup:
        assert set(backup.namelist()) == {*names, "manifest.json"}


def test_a_backup_is_of_one_moment_while_others_write(
    library: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(snapshots, "PAGES_AT_ONCE", 1)
    before, written = state_of(library), 0
    with SqliteStore(library) as store:

        def write(done: int, total: int) -> None:
            nonlocal written
            if written < 20:
                written += 1
                put(store, article(title=f"News {written}"))
                write_note(library, f"note {written}")

        archive = write_backup(library, tmp_path / "backup.zip", progress=write)
        assert store.articles.count().articles == 2 + written > 10
    restore_backup(archive, tmp_path / "new")
    assert state_of(tmp_path / "new") == before


def test_an_existing_file_is_not_overwritten_unless_wanted(library: Path, archive: Path) -> None:
    content = archive.read_bytes()
    with pytest.raises(BackupError, match=r"exists already.*--overwrite"):
        write_backup(library, archive)
    assert archive.read_bytes() == content
    assert write_backup(library, archive, overwrite=True) == archive
    assert archive.read_bytes() != content


def test_in_a_folder_a_backup_is_named_after_the_time(library: Path, tmp_path: Path) -> None:
    folder = tmp_path / "backups"
    folder.mkdir()
    written = write_backup(library, folder)
    assert list(folder.iterdir()) == [written]
    assert written.match("dateline-????-??-??-??????.zip")


def test_what_cannot_be_backed_up_is_said(
    make_library: MakeLibrary, tmp_path: Path, library: Path
) -> None:
    target = tmp_path / "backup.zip"
    with pytest.raises(MissingLibraryError, match="no library at"):
        write_backup(tmp_path / "none", target)
    with pytest.raises(BackupError, match="cannot be written: No such file or directory"):
        write_backup(library, tmp_path / "none" / "backup.zip")
    with pytest.raises(BackupError, match="cannot be written: File name too long"):
        write_backup(library, tmp_path / ("x" * 300))
    path = library / "library.sqlite"
    content = bytearray(path.read_bytes())
    content[8192:12288] = b"\x5a" * 4096
    path.write_bytes(content)
    with pytest.raises(DamagedLibraryError, match=r"No backup was made, because .* is damaged"):
        write_backup(library, target)
    path.write_bytes(b"No database at all. " * 100)
    with pytest.raises(DamagedLibraryError, match="not a database"):
        write_backup(library, target)
    shutil.copy(library / "notes.sqlite", path)
    with pytest.raises(DamagedLibraryError, match="is not a Dateline library"):
        write_backup(library, target)
    assert not target.exists()
    assert not list(tmp_path.glob(".dateline*"))


def test_a_full_disk_leaves_nothing(
    library: Path, archive: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    with monkeypatch.context() as patch:
        patch.setattr(zipfile._ZipWriteFile, "write", full)  # type: ignore[attr-defined]
        with pytest.raises(BackupError, match="cannot be written: the disk is full"):
            write_backup(library, tmp_path / "again.zip")
    assert not list(tmp_path.glob("again.zip"))
    assert not list(tmp_path.glob(".dateline*"))


def test_work_of_a_killed_process_is_deleted_and_that_of_a_live_one_kept(
    library: Path, tmp_path: Path
) -> None:
    abandoned, live = (tmp_path / f".dateline-backup-{name}" for name in "ab")
    abandoned.mkdir()
    (abandoned / "library.sqlite").touch()
    live.mkdir()
    with FolderLock(live) as lock:
        lock.own()
        write_backup(library, tmp_path / "backup.zip")
    assert [path.name for path in tmp_path.glob(".dateline*")] == [live.name]
