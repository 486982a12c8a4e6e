"""One SQLite file: its connections, transactions and migrations."""

import json
import sqlite3
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass
from functools import partial
from importlib import resources
from pathlib import Path
from typing import Any

from index.errors import DamagedLibraryError, StoreError
from index.store.sqlite.database_file import DatabaseFile, FileKind
from index.store.sqlite.former import copy_before_migration
from index.store.sqlite.replacement import CACHES, open_folder
from index.text.words import fold

BUSY_SECONDS = 30

MAX_IDLE_CONNECTIONS = 4
"""Connections that are kept for new threads after their own threads have ended."""

WAL_RETRY_SECONDS = 0.01

SENTENCE_INDEXES = ("sentences_fts", "exact_fts")
"""The FTS5 tables that index sentences."""

FULL_TEXT_TABLES = dict.fromkeys(SENTENCE_INDEXES, "sentences") | {"articles_fts": "articles"}
"""The FTS5 tables, each with the table that it indexes."""


LIBRARY = FileKind("Dateline library", 0x44_41_54_45, "index.store.sqlite", CACHES)  # "DATE"


@dataclass(frozen=True, slots=True)
class _Pool:
    """The open connections, and those of them whose thread has ended."""

    connections: set[sqlite3.Connection]
    idle: list[sqlite3.Connection]


class _Lease:
    """A thread's use of a connection. It ends when Python drops the thread's local data."""

    def __init__(self, connection: sqlite3.Connection, pool: _Pool) -> None:
        self.connection = connection
        self._pool = pool

    def __del__(self) -> None:
        # Without a lock, which the code that this interrupts may hold: each step is atomic.
        if len(self._pool.idle) < MAX_IDLE_CONNECTIONS:
            self._pool.idle.append(self.connection)
        else:
            self._pool.connections.discard(self.connection)
            self.connection.close()


class Database:
    """A SQLite file that several threads and processes share.

    Each thread has its own connection, which is used by others or closed after the thread has
    ended. Readers never wait for writers (WAL); writers take turns. A committed transaction
    survives a power failure (``synchronous=FULL``). The file is not memory-mapped: reading a page
    of a file that somebody truncates would kill the process.

    A file that cannot be written to is opened for reading only.

    Raises:
        StoreError: the file cannot be opened, read or written.
        DamagedLibraryError: the file is of another kind, is broken, or comes from a newer version.
    """

    def __init__(self, path: Path, kind: FileKind = LIBRARY) -> None:
        self.path = path
        self.kind = kind
        self._local = threading.local()
        self._pool = _Pool(set(), [])
        self._lock = threading.Lock()
        self._closed = False
        self._folder = open_folder(path.parent)
        self._file = DatabaseFile(path, kind)
        try:
            self._file.require_usable()
            with self._translated():
                self._migrate()
        except BaseException:
            self.close()
            raise

    @property
    def read_only(self) -> bool:
        """Whether nothing can be written."""
        return self._file.read_only

    @property
    def remedy(self) -> str:
        """What to do if the file is damaged, in sentences."""
        return self._file.remedy_of_damage

    def read(self, sql: str, parameters: tuple[object, ...] = ()) -> list[tuple[Any, ...]]:
        """All rows of a query; within ``transaction`` or ``snapshot``, as of its start."""
        with self._translated():
            return self._connection().execute(sql, parameters).fetchall()

    @contextmanager
    def snapshot(self) -> Iterator[sqlite3.Connection]:
        """A context in which all reads see the same state."""
        with self._translated():
            connection = self._connection()
            if connection.in_transaction:
                yield connection
                return
            connection.execute("BEGIN")
            try:
                yield connection
            finally:
                connection.rollback()

    @contextmanager
    def transaction(self, *, wait: bool = True) -> Iterator[sqlite3.Connection]:
        """A context whose changes are committed together, or rolled back by an exception.

        Args:
            wait: for other writers; else a DatabaseBusyError is raised at once if there is one.

        Raises StoreError, also if the file has been replaced by the time they are committed.
        """
        self._file.require_writable()
        with self._translated():
            connection = self._connection()
            with nullcontext() if wait else _no_waiting(connection):
                connection.execute("BEGIN IMMEDIATE")
            try:
                self._file.require_size(most=_size(connection))
                yield connection
                connection.commit()
            except BaseException:
                connection.rollback()
                raise
            self._file.require_same()

    def close(self) -> None:
        with self._lock:
            self._closed = True
            connections = list(self._pool.connections)
        for connection in connections:
            connection.close()
        self._folder.close()

    def _connection(self) -> sqlite3.Connection:
        lease: _Lease | None = getattr(self._local, "lease", None)
        if lease is None or self._closed:
            lease = _Lease(self._connect(), self._pool)
            self._local.lease = lease
        self._file.require_same()
        return lease.connection

    def _connect(self) -> sqlite3.Connection:
        with self._lock:
            if self._closed:
                raise StoreError("The library has been closed.")
            if self._pool.idle:
                return self._pool.idle.pop()
            connection = sqlite3.connect(
                self._file.uri,
                uri=True,
                timeout=BUSY_SECONDS,
                isolation_level=None,
                check_same_thread=False,
            )
            self._pool.connections.add(connection)
        if not self.read_only:
            _use_wal(connection)
        connection.execute("PRAGMA synchronous = FULL")
        connection.execute("PRAGMA foreign_keys = ON")
        # A text with damaged bytes is read as a wrong one, not as none at all.
        connection.text_factory = partial(str, encoding="utf-8", errors="replace")
        connection.create_function("casefold", 1, _casefold, deterministic=True)
        connection.create_function("folded", 1, _folded, deterministic=True)
        connection.create_function("slices", 2, _slices, deterministic=True)
        return connection

    def _migrate(self) -> None:
        with self.snapshot() as snapshot:
            (found,) = snapshot.execute("PRAGMA application_id").fetchone()
            (tables,) = snapshot.execute("SELECT count(*) FROM sqlite_master").fetchone()
            (version,) = snapshot.execute("PRAGMA user_version").fetchone()
        if found != self.kind.application_id and tables:
            raise DamagedLibraryError(f"{self.path} is not a {self.kind.name}. {self._file.remedy}")
        migrations = _migrations(self.kind.migrations)
        if version == len(migrations):  # as nearly always: readers need not wait for writers
            return
        if self.read_only:
            raise StoreError(
                f"{self.path} is read-only and was made by another version of Dateline. Make the"
                " file and its folder writable and open it once."
            )
        with self.transaction() as tx:
            (version,) = tx.execute("PRAGMA user_version").fetchone()
            if version > len(migrations):
                raise DamagedLibraryError(
                    f"{self.path} was made by a newer version of Dateline; update this one."
                )
            if 0 < version < len(migrations):
                copy_before_migration(self.path, version + 1)
            for number, script in enumerate(migrations[version:], version + 1):
                for statement in _statements(script):
                    tx.execute(statement)
                tx.execute(f"PRAGMA user_version = {number}")
            tx.execute(f"PRAGMA application_id = {self.kind.application_id}")

    @contextmanager
    def _translated(self) -> Iterator[None]:
        try:
            yield
        # Damaged bytes may get into the text of an error, too, which Python then fails to decode.
        except (sqlite3.DatabaseError, UnicodeDecodeError) as error:
            raise self._file.explain(error) from error


def _size(connection: sqlite3.Connection) -> int:
    """The bytes that a database has when all of its WAL is in it."""
    (pages,) = connection.execute("PRAGMA page_count").fetchone()
    (page_size,) = connection.execute("PRAGMA page_size").fetchone()
    return int(pages) * int(page_size)


@contextmanager
def _no_waiting(connection: sqlite3.Connection) -> Iterator[None]:
    """A context in which a lock that others hold is an error at once."""
    connection.execute("PRAGMA busy_timeout = 0")
    try:
        yield
    finally:
        connection.execute(f"PRAGMA busy_timeout = {BUSY_SECONDS * 1000}")


def _use_wal(connection: sqlite3.Connection) -> None:
    """Switch a file to WAL, waiting for other processes that do the same: SQLite itself does not
    wait there."""
    until = time.monotonic() + BUSY_SECONDS
    while True:
        try:
            connection.execute("PRAGMA journal_mode = WAL")
            return
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode != sqlite3.SQLITE_BUSY or time.monotonic() > until:
                raise
            time.sleep(WAL_RETRY_SECONDS)


def _casefold(text: str | None) -> str | None:
    return None if text is None else text.casefold()


def _folded(text: str | None) -> str | None:
    """A text ignoring case and diacritics."""
    return None if text is None else fold(text.casefold())


def newest_schema(kind: FileKind) -> int:
    """The number of the last schema migration of a kind of files."""
    return len(_migrations(kind.migrations))


def _slices(text: str, places: str) -> str:
    """Slices of a text as JSON: for each ``[key, start, end]`` of ``places``, ``[key, slice]``."""
    return json.dumps([(key, text[start:end]) for key, start, end in json.loads(places)])


def _migrations(package: str) -> list[str]:
    folder = resources.files(package) / "migrations"
    files = sorted((f for f in folder.iterdir() if f.name.endswith(".sql")), key=lambda f: f.name)
    return [file.read_text(encoding="utf-8") for file in files]


def _statements(script: str) -> Iterator[str]:
    """The statements of a script, to be executed in the current transaction, which
    ``Connection.executescript`` would commit."""
    statement = ""
    for line in script.splitlines(keepends=True):
        statement += line
        if sqlite3.complete_statement(statement):
            yield statement
            statement = ""
