"""Before a schema is migrated, the database is copied."""

import errno
import os
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from bot.storage import Storage
from index import StoreError
from index.store import SqliteStore
from index.store.sqlite import database, former
from tests.conftest import ROOT

VERSION_0_1 = ROOT / "tests/compatibility/version_0_1/library"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    shutil.copytree(VERSION_0_1, tmp_path / "library")
    return tmp_path / "library"


def content(path: Path) -> list[str]:
    """A database as SQL, with its schema's version."""
    with closing(sqlite3.connect(f"file:{path}?mode=ro&immutable=1", uri=True)) as rows:
        return [*rows.iterdump(), str(rows.execute("PRAGMA user_version").fetchone())]


def names(folder: Path) -> set[str]:
    return {path.name for path in (folder / "former").iterdir()}


def test_both_databases_are_copied_once(folder: Path) -> None:
    before = {name: content(folder / name) for name in ("library.sqlite", "bot.sqlite")}
    for _ in range(2):
        with SqliteStore(folder), Storage(folder / "bot.sqlite"):
            pass
    assert names(folder) == {
        "library-before-migration-8.sqlite",
        "bot-before-migration-3.sqlite",
    }
    assert content(folder / "former/library-before-migration-8.sqlite") == before["library.sqlite"]
    assert content(folder / "former/bot-before-migration-3.sqlite") == before["bot.sqlite"]
    assert content(folder / "library.sqlite") != before["library.sqlite"]


def test_only_the_latest_copy_of_each_database_is_kept(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with SqliteStore(folder), Storage(folder / "bot.sqlite"):
        pass
    with closing(sqlite3.connect(folder / "library.sqlite")) as rows:
        ((schema,),) = rows.execute("PRAGMA user_version")
    real = database._migrations
    monkeypatch.setattr(database, "_migrations", lambda of: [*real(of), "CREATE TABLE added (a);"])
    with SqliteStore(folder):
        pass
    assert names(folder) == {
        f"library-before-migration-{schema + 1}.sqlite",
        "bot-before-migration-3.sqlite",
    }


def test_a_new_library_is_not_copied(tmp_path: Path) -> None:
    with SqliteStore(tmp_path / "new") as store:
        assert not store.totals().has_outdated_sentences
    assert not (tmp_path / "new" / "former").exists()


def test_without_room_for_the_copy_nothing_is_migrated(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    before = content(folder / "library.sqlite")
    monkeypatch.setattr(former, "copy_database", full)
    with pytest.raises(StoreError, match=r"is full\. Nothing has been changed\. Make room"):
        SqliteStore(folder)
    assert content(folder / "library.sqlite") == before
    assert names(folder) == set()

    monkeypatch.undo()
    (folder / "former" / "library-before-migration-8.partial").write_text("left by a crash")
    with SqliteStore(folder):
        pass
    assert names(folder) == {"library-before-migration-8.sqlite"}
