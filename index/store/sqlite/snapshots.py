"""Copies of SQLite files, each as of one moment, while other connections read and write them."""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from index.store.sqlite.fsync import fsync_file

SIDECARS = ("-wal", "-shm", "-journal")
"""The ends of the names of files that belong to a database."""

MIN_BYTES = 512
"""The least size of a database that has a table."""

PAGES_AT_ONCE = 1024
STEPS_AT_ONCE = 1_000_000

Tick = Callable[[], None]
"""Called again and again while something takes long; an exception that it raises ends that."""


def database_files(folder: Path) -> list[Path]:
    """The SQLite files that lie in a folder, by name, whatever they are called.

    Raises OSError. SQLite itself looks at them: to close a file that was opened by other means
    would release the locks that this process holds on it (https://sqlite.org/howtocorrupt.html).
    """
    return sorted(path for path in folder.iterdir() if _is_database(path))


def _is_database(path: Path) -> bool:
    if path.name.endswith(SIDECARS) or not path.is_file() or path.stat().st_size < MIN_BYTES:
        return False
    try:
        with closing(_connect(path)) as connection:
            connection.execute("SELECT 1 FROM sqlite_master LIMIT 1")
    except sqlite3.DatabaseError as error:
        return error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_NOTADB
    except UnicodeDecodeError:  # of an error that quotes damaged bytes
        return True
    return True


@contextmanager
def pinned(path: Path) -> Iterator[sqlite3.Connection]:
    """A connection that sees a database as of now, whatever others write. Raises sqlite3.Error."""
    with closing(_connect(path)) as connection:
        connection.execute("BEGIN")
        connection.execute("SELECT 1 FROM sqlite_master LIMIT 1")
        yield connection


def copy_database(source: sqlite3.Connection, target: Path, tick: Tick = lambda: None) -> None:
    """Write what a connection sees to a new file, which is on disk then.

    Raises:
        sqlite3.Error: the database cannot be read, or the file not written.
    """
    with closing(sqlite3.connect(target, isolation_level=None)) as copy:
        copy.execute("PRAGMA synchronous = OFF")  # it is synced once, when it is complete
        source.backup(copy, pages=PAGES_AT_ONCE, progress=lambda *_: tick())
        copy.execute("PRAGMA journal_mode = DELETE")  # one file, which is read without writing
    fsync_file(target)


def damage(path: Path, tick: Tick = lambda: None) -> str | None:
    """What is wrong with a database that nobody writes, as SQLite says it; None if it is sound."""
    uri = f"{path.absolute().as_uri()}?mode=ro&immutable=1"
    with closing(sqlite3.connect(uri, uri=True)) as rows:
        failure: list[BaseException] = []

        def check() -> int:
            try:
                tick()
            except BaseException as error:
                failure.append(error)
            return len(failure)  # other than 0: interrupt

        rows.set_progress_handler(check, STEPS_AT_ONCE)
        try:
            (finding,) = rows.execute("PRAGMA integrity_check(1)").fetchone()
        except sqlite3.DatabaseError as error:
            if error.sqlite_errorcode == sqlite3.SQLITE_INTERRUPT:  # Ctrl-C may strike before `try`
                raise failure[0] if failure else KeyboardInterrupt from None
            return str(error)
    return None if finding == "ok" else str(finding)


def _connect(path: Path) -> sqlite3.Connection:
    """A connection that does not create the file."""
    return sqlite3.connect(f"{path.absolute().as_uri()}?mode=rw", uri=True, isolation_level=None)
