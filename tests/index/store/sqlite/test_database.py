import sqlite3
import threading
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from psutil import Process

from index import Article, DamagedLibraryError, MissingLibraryError, StoreError
from index.scope import Scope
from index.store import SqliteStore
from index.store.sqlite import rows
from index.store.sqlite.database import LIBRARY, MAX_IDLE_CONNECTIONS, Database
from index.store.sqlite.vectors import insert_vectors
from tests.index.store.builders import (
    EAST,
    MODEL,
    NORTH,
    UP,
    article,
    bm25_texts,
    nearest_texts,
    prepared,
    put,
    url,
)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "library.sqlite"


@pytest.fixture
def database(path: Path) -> Iterator[Database]:
    with closing(Database(path)) as database:
        yield database


def pragma(path: Path, name: str) -> object:
    with closing(sqlite3.connect(path)) as connection:
        return connection.execute(f"PRAGMA {name}").fetchone()[0]


def test_a_new_file_gets_the_newest_schema_and_our_mark(database: Database, path: Path) -> None:
    (migrations,) = database.read("PRAGMA user_version")[0]
    assert migrations >= 1
    assert pragma(path, "application_id") == LIBRARY.application_id
    assert database.read("SELECT value FROM meta WHERE key = 'generation'") == [(0,)]


def test_opening_again_changes_nothing(database: Database, path: Path) -> None:
    with database.transaction() as tx:
        tx.execute("INSERT INTO meta VALUES ('kept', 1)")
    with closing(Database(path)) as again:
        assert again.read("SELECT value FROM meta WHERE key = 'kept'") == [(1,)]


def open_at_once(path: Path, many: int) -> list[BaseException]:
    """Open a database in as many threads at the same moment; returns their exceptions."""
    failures: list[BaseException] = []
    together = threading.Barrier(many)

    def open_and_close() -> None:
        try:
            together.wait()
            Database(path).close()
        except BaseException as error:
            failures.append(error)

    threads = [threading.Thread(target=open_and_close) for _ in range(many)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return failures


def test_many_may_make_the_same_library_at_once(path: Path) -> None:
    assert open_at_once(path, 6) == []


def test_connections_of_threads_that_ended_are_used_again(database: Database, path: Path) -> None:
    def open_files() -> int:
        return sum(one.path.startswith(str(path)) for one in Process().open_files())

    counts = []
    for _ in range(20):
        thread = threading.Thread(target=database.read, args=("SELECT 1",))
        thread.start()
        thread.join()
        counts.append(open_files())
    assert max(counts) <= counts[0] + 2 * 2  # the last thread may be just ending
    database.close()
    assert open_files() == 0


def test_of_many_threads_at_once_few_connections_stay(database: Database) -> None:
    together = threading.Barrier(20)

    def read() -> None:
        database.read("SELECT 1")
        together.wait()

    threads = [threading.Thread(target=read) for _ in range(20)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    del thread, threads
    own = 1
    assert len(database._pool.connections) <= own + MAX_IDLE_CONNECTIONS
    assert database.read("SELECT count(*) FROM meta") == [(1,)]


def test_what_is_committed_survives_a_power_cut(database: Database) -> None:
    assert database.read("PRAGMA journal_mode") == [("wal",)]
    assert database.read("PRAGMA synchronous") == [(2,)]  # FULL
    assert database.read("PRAGMA foreign_keys") == [(1,)]


def test_a_transaction_is_all_or_nothing(database: Database) -> None:
    def insert_and_fail() -> None:
        with database.transaction() as tx:
            tx.execute("INSERT INTO meta VALUES ('a', 1)")
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        insert_and_fail()
    assert database.read("SELECT * FROM meta WHERE key = 'a'") == []
    with database.transaction() as tx:  # and the next one is not in its way
        tx.execute("INSERT INTO meta VALUES ('b', 1)")
    assert len(database.read("SELECT * FROM meta WHERE key = 'b'")) == 1


def test_a_snapshot_sees_one_state(database: Database, path: Path) -> None:
    with closing(Database(path)) as other, database.snapshot() as rows:
        assert rows.execute("SELECT count(*) FROM meta").fetchone() == (1,)
        with other.transaction() as tx:
            tx.execute("INSERT INTO meta VALUES ('a', 1)")
        assert rows.execute("SELECT count(*) FROM meta").fetchone() == (1,)
        assert database.read("SELECT count(*) FROM meta") == [(1,)]
    assert database.read("SELECT count(*) FROM meta") == [(2,)]


def test_a_newer_schema_is_refused_and_left_alone(path: Path) -> None:
    Database(path).close()
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA user_version = 9999")
    with pytest.raises(DamagedLibraryError, match="newer version"):
        Database(path)
    assert pragma(path, "user_version") == 9999


def test_another_programs_database_is_refused_and_left_alone(path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("CREATE TABLE bookmarks (url)")
        connection.commit()
    with pytest.raises(DamagedLibraryError, match="is not a Dateline library"):
        Database(path)
    with closing(sqlite3.connect(path)) as connection:
        tables = connection.execute("SELECT name FROM sqlite_master").fetchall()
    assert tables == [("bookmarks",)]
    assert pragma(path, "application_id") == 0


def test_a_file_of_junk_is_refused(path: Path) -> None:
    path.write_bytes(b"No database at all, but long enough to look at. " * 100)
    with pytest.raises(DamagedLibraryError, match="damaged or not a Dateline library"):
        Database(path)


def test_a_migration_that_fails_midway_leaves_nothing(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from index.store.sqlite import database as module

    broken = ["CREATE TABLE one (a);\n", "CREATE TABLE two (a);\nCREATE TABLE one (a);\n"]
    with monkeypatch.context() as patch:
        patch.setattr(module, "_migrations", lambda package: broken)
        with pytest.raises(StoreError):
            Database(path)
    assert pragma(path, "user_version") == 0
    with closing(Database(path)) as database:
        assert database.read("SELECT name FROM sqlite_master WHERE name IN ('one', 'two')") == []


def test_an_older_schema_is_brought_up_to_date(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from index.store.sqlite import database as module

    Database(path).close()
    newer = [*module._migrations("index.store.sqlite"), "CREATE TABLE added (a);\n"]
    monkeypatch.setattr(module, "_migrations", lambda package: newer)
    with closing(Database(path)) as database:
        assert database.read("SELECT count(*) FROM added") == [(0,)]
        assert database.read("PRAGMA user_version") == [(len(newer),)]


def make_old_library(
    path: Path, patch: pytest.MonkeyPatch, *articles: tuple[Article, tuple[float, ...]]
) -> None:
    """Make a library with the first version's schema; each article has one direction."""
    from index.store.sqlite import database as module

    first = module._migrations("index.store.sqlite")[:1]
    patch.setattr(module, "_migrations", lambda package: first)
    with closing(Database(path)) as database, database.transaction() as tx:
        model = rows.model_key_for_writing(tx, MODEL)
        for one, direction in articles:
            collection = rows.collection_key(tx, one.collection)
            key = tx.execute(
                "INSERT INTO articles (id, collection, title, text, url, content_hash, added_at,"
                " changed_at) VALUES (?, ?, ?, ?, ?, ?, '2025-10-09', '2025-10-09') RETURNING key",
                (one.id, collection, one.title, one.text, one.url, one.content_hash),
            ).fetchone()[0]
            sentences, vectors = prepared(one, direction)
            keys = [
                tx.execute(
                    'INSERT INTO sentences (article, collection, start, "end", paragraph, number)'
                    " VALUES (?, ?, ?, ?, ?, ?) RETURNING key",
                    (key, collection, each.start, each.end, each.paragraph, each.number),
                ).fetchone()[0]
                for each in sentences
            ]
            insert_vectors(tx, keys, vectors, model)
            rows.record_change(tx, collection)


def test_articles_from_before_the_full_text_indexes_are_found_by_their_words(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from index.store.sqlite import database as module

    with monkeypatch.context() as patch:
        make_old_library(
            tmp_path / "library.sqlite",
            patch,
            (article("The ferry was late.", title="Harbour", url=url("a")), EAST),
            (article("It rained.", title="Weather", collection="other"), NORTH),
        )
    assert pragma(tmp_path / "library.sqlite", "user_version") == 1
    with SqliteStore(tmp_path) as store:
        assert store.totals().has_outdated_sentences
        harbour, weather = article(url=url("a")).id, store.articles.newest(Scope(("other",)))[0].id
        assert store.bm25.articles(["harbour", "ferry"], Scope(("shared", "other")), 5).keys() == {
            harbour
        }
        assert store.bm25.articles(["weather"], Scope(("shared", "other")), 5).keys() == {weather}
        assert nearest_texts(store, EAST) == bm25_texts(store, "ferry") == ["The ferry was late."]
        assert store.phrases.count(["ferry was"], Scope()) == 1
        assert list(store.problems()) == []
        put(store, article("The bridge is closed.", title="Roads", url=url("a")), UP)
        assert store.bm25.articles(["harbour", "ferry"], Scope(), 5) == {}
        assert store.bm25.articles(["bridge"], Scope(), 5).keys() == {harbour}
        assert list(store.problems()) == []
    assert (
        pragma(tmp_path / "library.sqlite", "user_version")
        == len(module._migrations("index.store.sqlite"))
        > 1
    )


def test_many_may_bring_the_same_library_up_to_date_at_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "library.sqlite"
    with monkeypatch.context() as patch:
        make_old_library(path, patch, (article(), EAST))
    assert open_at_once(path, 4) == []
    with SqliteStore(tmp_path) as store:
        assert store.bm25.articles(["ferry"], Scope(), 5).keys() == {article().id}
        assert list(store.problems()) == []


def test_a_database_damaged_while_open_is_one_sentence(tmp_path: Path) -> None:
    with SqliteStore(tmp_path / "library") as store:
        for number in range(50):
            put(store, article(f"Ferry number {number}. " * 40))
    path = tmp_path / "library" / "library.sqlite"
    content = bytearray(path.read_bytes())
    content[8192:] = b"\x5a" * (len(content) - 8192)
    path.write_bytes(content)

    def look() -> None:
        with SqliteStore(tmp_path / "library") as store:
            store.articles.newest()

    with pytest.raises(StoreError, match=r"damaged|cannot be used") as refusal:
        look()
    assert refusal.value.exit_code == 78


# The folder


def test_a_missing_library_is_not_made_unless_wanted(tmp_path: Path) -> None:
    with pytest.raises(MissingLibraryError, match="python -m index add"):
        SqliteStore(tmp_path / "none", create=False)
    assert not (tmp_path / "none").exists()
    SqliteStore(tmp_path / "deep" / "er").close()
    SqliteStore(tmp_path / "deep" / "er", create=False).close()


def test_a_path_that_is_no_folder_is_refused(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    for folder in (tmp_path / "file", tmp_path / "file" / "below", Path("/dev/null/x")):
        with pytest.raises(StoreError, match="cannot be used"):
            SqliteStore(folder)
    with pytest.raises(StoreError, match="cannot be used"):
        SqliteStore(tmp_path / ("x" * 300))


def test_a_folder_in_the_databases_place_is_refused(path: Path) -> None:
    path.mkdir()
    with pytest.raises(StoreError, match="cannot be used"):
        SqliteStore(path.parent)
