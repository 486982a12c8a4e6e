"""One SQLite file: its connections, transactions and migrations."""

import ctypes
import sqlite3
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from importlib import resources
from pathlib import Path
from typing import Any

from index.errors import DamagedLibraryError, StoreError
from index.store.sqlite.database_file import DatabaseFile, FileKind

BUSY_SECONDS = 30

WAL_RETRY_SECONDS = 0.01

FULL_TEXT_TABLES = {
    "sentences_fts": "sentences",
    "exact_fts": "sentences",
    "articles_fts": "articles",
}
"""The FTS5 tables, each with the table that it indexes."""


LIBRARY = FileKind("Dateline library", 0x44_41_54_45, "index.store.sqlite", "faiss")  # "DATE"


class Database:
    """A SQLite file that several threads and processes share.

    Each thread has its own connection. Readers never wait for writers (WAL); writers take
    turns. A committed transaction survives a power failure (``synchronous=FULL``). The file is not
    memory-mapped: reading a page of a file that somebody truncates would kill the process.

    A file that cannot be written to is opened for reading only.

    Raises:
        StoreError: the file cannot be opened, read or written.
        DamagedLibraryError: the file is of another kind, is broken, or comes from a newer version.
    """

    def __init__(self, path: Path, kind: FileKind = LIBRARY) -> None:
        self.path = path
        self.kind = kind
        self._local = threading.local()
        self._connections: list[sqlite3.Connection] = []
        self._lock = threading.Lock()
        self._closed = False
        try:
            self._file = DatabaseFile(path, kind)
            self._file.require_usable()
        except OSError as error:
            raise StoreError(f"{path} cannot be used: {error.strerror}.") from error
        with self._translated():
            self._migrate()

    @property
    def read_only(self) -> bool:
        """Whether nothing can be written."""
        return self._file.read_only

    @property
    def remedy(self) -> str:
        """What to do if the file is damaged, in sentences."""
        anew = self._file.remedy
        if not self.kind.derived:
            return anew
        return f"Run `python -m index rebuild`. If that does not help, {anew[0].lower()}{anew[1:]}"

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
    def transaction(self) -> Iterator[sqlite3.Connection]:
        """A context whose changes are committed together, or rolled back by an exception.

        Raises StoreError, also if the file has been replaced by the time they are committed.
        """
        if self.read_only:
            raise StoreError(
                f"{self.path} is read-only, so that nothing can be added or changed. Make the file"
                " and its folder writable."
            )
        with self._translated():
            connection = self._connection()
            connection.execute("BEGIN IMMEDIATE")
            try:
                self._require_unchanged_size(connection)
                yield connection
                connection.commit()
            except BaseException:
                connection.rollback()
                raise
            self._file.require_same()

    def close(self) -> None:
        with self._lock:
            self._closed = True
            connections, self._connections = self._connections, []
        for connection in connections:
            if self._file.is_same():
                connection.close()
            else:
                # Closing the last one would delete the WAL that is now at the path, which is
                # another file's. It is kept from being closed by the garbage collector, too.
                ctypes.pythonapi.Py_IncRef(ctypes.py_object(connection))

    def _connection(self) -> sqlite3.Connection:
        connection: sqlite3.Connection | None = getattr(self._local, "connection", None)
        if connection is None or self._closed:
            connection = self._connect()
            self._local.connection = connection
        self._file.require_same()
        return connection

    def _connect(self) -> sqlite3.Connection:
        with self._lock:
            if self._closed:
                raise StoreError("The library has been closed.")
            connection = sqlite3.connect(
                self._file.uri,
                uri=True,
                timeout=BUSY_SECONDS,
                isolation_level=None,
                check_same_thread=False,
            )
            self._connections.append(connection)
        if not self.read_only:
            _use_wal(connection)
        connection.execute("PRAGMA synchronous = FULL")
        connection.execute("PRAGMA foreign_keys = ON")
        # A text with damaged bytes is read as a wrong one, not as none at all.
        connection.text_factory = partial(str, encoding="utf-8", errors="replace")
        connection.create_function("casefold", 1, _casefold, deterministic=True)
        return connection

    def _migrate(self) -> None:
        connection = self._connection()
        (found,) = connection.execute("PRAGMA application_id").fetchone()
        (tables,) = connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
        if found != self.kind.application_id and tables:
            raise DamagedLibraryError(f"{self.path} is not a {self.kind.name}. {self._file.remedy}")
        migrations = _migrations(self.kind.migrations)
        if self.read_only:
            (version,) = connection.execute("PRAGMA user_version").fetchone()
            if version != len(migrations):
                raise StoreError(
                    f"{self.path} is read-only and was made by another version of Dateline. Make"
                    " the file and its folder writable and open it once."
                )
            return
        with self.transaction() as tx:
            (version,) = tx.execute("PRAGMA user_version").fetchone()
            if version > len(migrations):
                raise DamagedLibraryError(
                    f"{self.path} was made by a newer version of Dateline; update this one."
                )
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
            raise self._explain(error) from error

    def _explain(self, error: sqlite3.DatabaseError | UnicodeDecodeError) -> StoreError:
        code = getattr(error, "sqlite_errorcode", sqlite3.SQLITE_CORRUPT) & 0xFF
        # The code of an error in SQL: statements are always right if the schema is.
        if isinstance(error, sqlite3.OperationalError) and code != sqlite3.SQLITE_ERROR:
            not_opened = code == sqlite3.SQLITE_CANTOPEN
            reason = (not_opened and self._file.why_not_opened()) or error
            return StoreError(f"The library at {self.path.parent} cannot be used: {reason}.")
        return DamagedLibraryError(
            f"{self.path} is damaged or not a {self.kind.name}: {error}. {self.remedy}"
        )

    def _require_unchanged_size(self, connection: sqlite3.Connection) -> None:
        (pages,) = connection.execute("PRAGMA page_count").fetchone()
        (page_size,) = connection.execute("PRAGMA page_size").fetchone()
        self._file.require_size(most=pages * page_size)


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
