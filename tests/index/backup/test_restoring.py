"""A backup is checked completely, then it replaces the whole library."""

import errno
import hashlib
import json
import os
import shutil
import sqlite3
import zipfile
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from index import BackupError, LibraryInUseError
from index.backup import restore_backup, restoring, write_backup
from index.store import SqliteStore
from index.store.sqlite import replacement
from tests.index.backup.conftest import MakeLibrary, state_of


def test_what_is_restored_is_what_was_backed_up(
    library: Path, archive: Path, make_library: MakeLibrary, tmp_path: Path
) -> None:
    other = make_library("other", "Otters")
    (other / "bot.lock").touch()

    restored = restore_backup(archive, other, replace=True)

    assert (restored.articles, restored.sentences) == (2, 4)
    assert restored.kept is not None
    assert state_of(other) == state_of(library) == (["Ferry", "Harbour"], "Ferry Harbour", [])
    assert state_of(restored.kept) == (["Otters"], "Otters", [])
    assert {path.name for path in other.iterdir()} >= {"former", "bot.lock"}
    assert not list(other.glob("restore.*"))

    new = tmp_path / "deep" / "new"
    assert restore_backup(archive, new).kept is None
    assert state_of(new) == state_of(library)


def test_a_full_disk_changes_nothing(
    library: Path, archive: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    with monkeypatch.context() as patch:
        patch.setattr(restoring, "fsync_file", full)
        with pytest.raises(BackupError, match=r"the disk is full. Nothing has been changed"):
            restore_backup(archive, tmp_path / "new")
    assert not (tmp_path / "new").exists()

    usage = shutil.disk_usage(tmp_path)
    monkeypatch.setattr(shutil, "disk_usage", lambda _: usage._replace(free=1000))
    with pytest.raises(BackupError, match="is too full"):
        restore_backup(archive, library, replace=True)


# What is restored is checked before


def change(
    archive: Path, changed: Path, *, rename: dict[str, str] | None = None, **fields: Any
) -> Path:
    """A copy of a backup with other fields in its list, and other names of its files."""
    rename = rename or {}
    with zipfile.ZipFile(archive) as backup, zipfile.ZipFile(changed, "w") as out:
        for name in backup.namelist():
            content = backup.read(name)
            if name == "manifest.json":
                listed = json.loads(content) | fields
                for entry in listed["databases"]:
                    entry["name"] = rename.get(entry["name"], entry["name"])
                content = json.dumps(listed).encode()
            out.writestr(rename.get(name, name), content)
    return changed


def a_text(archive: Path, wrong: Path) -> None:
    wrong.write_text("A text that is not a backup.")


def an_empty_file(archive: Path, wrong: Path) -> None:
    wrong.touch()


def another_zip_file(archive: Path, wrong: Path) -> None:
    with zipfile.ZipFile(wrong, "w") as other:
        other.writestr("manifest.json", '{"name": "an extension"}')


def without_a_library(archive: Path, wrong: Path) -> None:
    change(archive, wrong, rename={"library.sqlite": "other.sqlite"})


def another_database_as_library(archive: Path, wrong: Path) -> None:
    names = {"library.sqlite": "notes.sqlite", "notes.sqlite": "library.sqlite"}
    change(archive, wrong, rename=names)


def a_name_above(archive: Path, wrong: Path) -> None:
    change(archive, wrong, rename={"notes.sqlite": "../notes.sqlite"})


def a_name_from_the_root(archive: Path, wrong: Path) -> None:
    change(archive, wrong, rename={"notes.sqlite": "/tmp/notes.sqlite"})


def a_name_for_windows(archive: Path, wrong: Path) -> None:
    change(archive, wrong, rename={"notes.sqlite": "..\\notes.sqlite"})


def the_name_of_a_log(archive: Path, wrong: Path) -> None:
    change(archive, wrong, rename={"notes.sqlite": "library.sqlite-wal"})


def a_truncated_file(archive: Path, wrong: Path) -> None:
    wrong.write_bytes(archive.read_bytes()[:-1000])


def a_changed_byte(archive: Path, wrong: Path) -> None:
    content = bytearray(archive.read_bytes())
    content[len(content) // 2] ^= 1
    wrong.write_bytes(content)


def another_hash(archive: Path, wrong: Path) -> None:
    with zipfile.ZipFile(archive) as backup:
        listed = json.loads(backup.read("manifest.json"))
    listed["databases"][0]["sha256"] = "0" * 64
    change(archive, wrong, **listed)


def more_than_is_listed(archive: Path, wrong: Path) -> None:
    with zipfile.ZipFile(archive) as backup:
        listed = json.loads(backup.read("manifest.json"))
    listed["databases"][0]["bytes"] = 10
    change(archive, wrong, **listed)


def a_file_that_is_not_listed(archive: Path, wrong: Path) -> None:
    shutil.copy(archive, wrong)
    with zipfile.ZipFile(wrong, "a") as backup:
        backup.writestr("../evil.sqlite", b"")


def a_damaged_database(archive: Path, wrong: Path) -> None:
    with zipfile.ZipFile(archive) as backup:
        listed = json.loads(backup.read("manifest.json"))
        contents = {name: bytearray(backup.read(name)) for name in backup.namelist()}
    contents["library.sqlite"][8192:12288] = b"\x5a" * 4096
    for entry in listed["databases"]:
        entry["sha256"] = hashlib.sha256(contents[entry["name"]]).hexdigest()
    contents["manifest.json"] = bytearray(json.dumps(listed).encode())
    with zipfile.ZipFile(wrong, "w") as out:
        for name, content in contents.items():
            out.writestr(name, bytes(content))


def a_newer_version(archive: Path, wrong: Path) -> None:
    change(archive, wrong, dateline="99.1.0")


def a_newer_format(archive: Path, wrong: Path) -> None:
    change(archive, wrong, format=2)


def a_newer_schema(archive: Path, wrong: Path) -> None:
    folder = wrong.with_name("newer")
    restore_backup(archive, folder)
    with closing(sqlite3.connect(folder / "library.sqlite")) as connection:
        connection.execute("PRAGMA user_version = 9999")
    write_backup(folder, wrong)


NO_BACKUP = "is not a backup of a Dateline library"
INCOMPLETE = "is damaged or incomplete"
NEWER = r"was made by a newer version of Dateline.* Update this one first"


@pytest.mark.parametrize(
    ("make", "sentence"),
    [
        (a_text, NO_BACKUP),
        (an_empty_file, NO_BACKUP),
        (another_zip_file, NO_BACKUP),
        (without_a_library, NO_BACKUP),
        (another_database_as_library, NO_BACKUP),
        (a_name_above, NO_BACKUP),
        (a_name_from_the_root, NO_BACKUP),
        (a_name_for_windows, NO_BACKUP),
        (the_name_of_a_log, NO_BACKUP),
        (a_truncated_file, INCOMPLETE),
        (a_changed_byte, INCOMPLETE),
        (another_hash, INCOMPLETE),
        (more_than_is_listed, INCOMPLETE),
        (a_file_that_is_not_listed, INCOMPLETE),
        (a_damaged_database, INCOMPLETE),
        (a_newer_version, NEWER),
        (a_newer_format, NEWER),
        (a_newer_schema, NEWER),
    ],
)
def test_a_file_that_cannot_be_restored_changes_nothing(
    make: Callable[[Path, Path], None],
    sentence: str,
    archive: Path,
    make_library: MakeLibrary,
    tmp_path: Path,
) -> None:
    wrong, other = tmp_path / "wrong.zip", make_library("other", "Otters")
    make(archive, wrong)
    before = sorted(tmp_path.iterdir())
    with pytest.raises(BackupError, match=sentence):
        restore_backup(wrong, other, replace=True)
    with pytest.raises(BackupError, match=sentence):
        restore_backup(wrong, tmp_path / "new")
    assert sorted(tmp_path.iterdir()) == before
    assert state_of(other) == (["Otters"], "Otters", [])
    assert {path.name for path in other.iterdir()} == {"library.sqlite", "notes.sqlite", "faiss"}


# Where it is restored


def test_a_library_with_articles_is_replaced_only_if_wanted(
    archive: Path, make_library: MakeLibrary
) -> None:
    other = make_library("other", "Otters")
    with pytest.raises(BackupError, match=r"is a library at .*--replace"):
        restore_backup(archive, other)
    restore_backup(archive, make_library("empty"))
    (other / "library.sqlite").write_bytes(b"No database at all. " * 100)
    with pytest.raises(BackupError, match="--replace"):
        restore_backup(archive, other)
    restored = restore_backup(archive, other, replace=True)
    assert restored.kept is not None
    assert (restored.kept / "library.sqlite").read_bytes().startswith(b"No database at all.")


def test_a_library_whose_file_was_lost_is_restored(
    archive: Path, library: Path, tmp_path: Path
) -> None:
    before = state_of(library)
    (library / "library.sqlite").unlink()
    (library / "bot.pid").write_text("1")
    with pytest.raises(BackupError, match="--replace"):
        restore_backup(archive, library)
    restore_backup(archive, library, replace=True)
    assert state_of(library) == before


def test_a_folder_of_other_files_is_left_alone(archive: Path, tmp_path: Path) -> None:
    (tmp_path / "photos").mkdir()
    (tmp_path / "photos" / "cat.png").touch()
    with pytest.raises(BackupError, match=r"is not a library, but it has files, such as cat\.png"):
        restore_backup(archive, tmp_path / "photos", replace=True)
    with pytest.raises(BackupError, match="is not a folder that can be used"):
        restore_backup(archive, archive)


def test_a_library_in_use_is_not_replaced(archive: Path, library: Path) -> None:
    with SqliteStore(library), pytest.raises(LibraryInUseError, match="Stop the bot") as refusal:
        restore_backup(archive, library, replace=True)
    assert refusal.value.exit_code == 69
    # Another program, which does not lock the folder:
    with closing(sqlite3.connect(library / "notes.sqlite")) as notes:
        notes.execute("SELECT * FROM notes").fetchall()
        with pytest.raises(LibraryInUseError, match="Stop the bot"):
            restore_backup(archive, library, replace=True)
    restore_backup(archive, library, replace=True)


def test_a_library_that_is_being_restored_is_not_opened(
    archive: Path, library: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(replacement, "WAIT_SECONDS", 0)
    tried = 0

    def try_to_open(done: int, total: int) -> None:
        nonlocal tried
        tried += 1
        with pytest.raises(LibraryInUseError, match="is being restored from a backup"):
            SqliteStore(library)
        with pytest.raises(LibraryInUseError, match=r"Stop the bot|is being restored"):
            restore_backup(archive, library, replace=True)

    restore_backup(archive, library, replace=True, progress=try_to_open)
    assert tried
