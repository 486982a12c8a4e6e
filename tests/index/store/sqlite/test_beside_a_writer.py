"""Reading never waits for a writer, however long it takes."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from index import StoreError
from index.scope import Scope
from index.store import SqliteStore
from index.store.sqlite import database
from tests.index.store.builders import EAST, NORTH, UP, article, bm25_texts, nearest_texts, put, url


@contextmanager
def long_writer(folder: Path) -> Iterator[None]:
    """Another process is in the middle of a transaction that changes everything."""
    with closing(sqlite3.connect(folder / "library.sqlite", isolation_level=None)) as connection:
        connection.execute("BEGIN IMMEDIATE")
        connection.execute("UPDATE collections SET sentences = 0")
        yield
        connection.rollback()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    with SqliteStore(tmp_path) as store:
        put(store, article("The ferry was late. It rained.", url=url("a")), EAST, NORTH)
        nearest_texts(store, EAST)
        store.flush()
        put(store, article("The bridge is closed.", url=url("b")), UP)
    return tmp_path


@pytest.fixture(autouse=True)
def no_patience(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever would wait for a lock fails at once."""
    monkeypatch.setattr(database, "BUSY_SECONDS", 0)


def test_a_library_is_opened_read_and_closed(folder: Path) -> None:
    with long_writer(folder), SqliteStore(folder, create=False) as store:
        assert len(store.articles.newest()) == 2
        assert bm25_texts(store, "ferry") == ["The ferry was late."]
        assert nearest_texts(store, UP, limit=1) == ["The bridge is closed."]
        assert store.phrases.count(["it rained"], Scope()) == 1


def test_problems_are_looked_for(folder: Path) -> None:
    with long_writer(folder), SqliteStore(folder) as store:
        assert list(store.problems()) == []


def test_others_can_write_while_problems_are_looked_for(folder: Path) -> None:
    tries: list[sqlite3.Error | None] = []
    with (
        SqliteStore(folder) as store,
        closing(sqlite3.connect(folder / "library.sqlite", timeout=0, isolation_level=None)) as one,
    ):

        def try_to_write() -> None:
            try:
                one.execute("BEGIN IMMEDIATE")
                one.execute("ROLLBACK")
                tries.append(None)
            except sqlite3.Error as error:
                tries.append(error)

        connection = store._database._connection()
        connection.set_progress_handler(try_to_write, 10)
        assert list(store.problems()) == []
        connection.set_progress_handler(None, 0)
    assert len(tries) > 100
    assert set(tries) == {None}


def test_an_index_that_could_not_be_saved_is_saved_by_the_next(folder: Path) -> None:
    def names() -> set[str]:
        return {path.name for path in (folder / "faiss").iterdir()}

    before = names()
    with long_writer(folder), SqliteStore(folder) as store:
        nearest_texts(store, UP)
    assert names() == before
    with SqliteStore(folder) as store:
        assert nearest_texts(store, UP, limit=1) == ["The bridge is closed."]
    assert names() != before
    with SqliteStore(folder) as store:
        assert list(store.problems()) == []


def test_who_writes_is_told_why_it_failed(folder: Path) -> None:
    with SqliteStore(folder) as store:
        with long_writer(folder), pytest.raises(StoreError, match="locked"):
            put(store, article("No."), EAST)
        put(store, article("Yes."), EAST)
