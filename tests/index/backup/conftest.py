"""Fixtures of the backup tests: small libraries, made without a model."""

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from index.backup import write_backup
from index.store import SqliteStore
from tests.index.store.builders import article, put

MakeLibrary = Callable[..., Path]
State = tuple[list[str], str, list[str]]


@pytest.fixture
def make_library(tmp_path: Path) -> MakeLibrary:
    """Makes a library of articles with a title each, and a second database that has it, too."""

    def make(name: str, *titles: str) -> Path:
        folder = tmp_path / name
        with SqliteStore(folder) as store:
            for title in titles:
                put(store, article(title=title))
            store.flush()
        write_note(folder, " ".join(titles))
        return folder

    return make


@pytest.fixture
def library(make_library: MakeLibrary) -> Path:
    return make_library("library", "Ferry", "Harbour")


@pytest.fixture
def archive(library: Path, tmp_path: Path) -> Path:
    return write_backup(library, tmp_path / "backup.zip")


def write_note(folder: Path, text: str) -> None:
    """Replace what the second database says."""
    with closing(sqlite3.connect(folder / "notes.sqlite")) as notes, notes:
        notes.execute("PRAGMA journal_mode = WAL")
        notes.execute("CREATE TABLE IF NOT EXISTS notes (text)")
        notes.execute("DELETE FROM notes")
        notes.execute("INSERT INTO notes VALUES (?)", (text,))


def state_of(folder: Path) -> State:
    """The titles of a library, what its second database says, and the problems."""
    with SqliteStore(folder, create=False) as store:
        titles = sorted(one.title for one in store.articles.newest())
        problems = list(store.problems())
    with closing(sqlite3.connect(folder / "notes.sqlite")) as notes:
        ((note,),) = notes.execute("SELECT text FROM notes").fetchall()
    return titles, note, problems
