"""Replacing all databases of a folder by others, so that a crash leaves the old or the new ones.

The new databases are prepared in a folder ``restore.partial`` inside. One rename decides: it makes
``restore.ready`` of that folder. From then on the old databases are moved into it; another rename
makes ``restore.moving`` of it, and the new ones are moved out. Whoever opens a database of a folder
in which that was interrupted finishes it first. Everybody who uses a database holds a shared lock
on its folder; the replacement is done under an exclusive one.
"""

import os
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from index.errors import LibraryInUseError, MissingLibraryError, StoreError
from index.store.sqlite.folder_lock import FolderLock
from index.store.sqlite.former import FORMER, keep_replaced
from index.store.sqlite.fsync import fsync_folder
from index.store.sqlite.snapshots import SIDECARS, database_files

LIBRARY_FILENAME = "library.sqlite"
"""The database of articles in a library's folder."""

PARTIAL, READY, MOVING = "restore.partial", "restore.ready", "restore.moving"
"""The stages of a replacement, as names of the folder that holds its files."""

NEW, OLD = "new", "old"
"""The folders in it: of the databases to come, and of what they replace."""

CACHES = "faiss"
"""The folder of files that are derived from the databases."""

WAIT_SECONDS = 30.0


def open_folder(folder: Path) -> FolderLock:
    """A shared lock on a folder whose databases are all old or all new.

    Raises:
        LibraryInUseError: its databases are being replaced, and that takes too long to wait.
        StoreError: the folder cannot be used.
    """
    with _translated(folder):
        lock = FolderLock(folder)
        try:
            _require(lock.share(WAIT_SECONDS), folder)
            while is_pending(folder):
                _require(lock.own(WAIT_SECONDS), folder)
                _finish(folder)
                _require(lock.share(WAIT_SECONDS), folder)
        except BaseException:
            lock.close()
            raise
        return lock


def require_library(folder: Path) -> None:
    """Raise MissingLibraryError if there is no library in a folder; also raises as open_folder."""
    with _translated(folder):
        if folder.is_dir():
            with open_folder(folder):  # no library is missing while it is being replaced
                if (folder / LIBRARY_FILENAME).exists():
                    return
    raise MissingLibraryError(
        f"There is no library at {folder} yet. Add articles to it first: python -m index add FILE"
    )


def is_pending(folder: Path) -> bool:
    """Whether a replacement has been decided and not finished."""
    return (folder / READY).exists() or (folder / MOVING).exists()


@contextmanager
def replacing(folder: Path) -> Iterator[tuple[Path, Callable[[], Path | None]]]:
    """A context in which nobody else can use the databases of a folder.

    Yields:
        An empty folder for the new databases, and the function that replaces the old ones by them.
        It returns the folder in which the old ones are kept; None if there were none. If it is not
        called, nothing changes.

    Raises:
        LibraryInUseError: a process uses a database of the folder.
        StoreError: the folder cannot be used.
    """
    with _translated(folder), FolderLock(folder) as lock:
        if not lock.own():
            raise _in_use(folder)
        _finish(folder)
        for path in database_files(folder):
            _require_unused(path)
        partial = folder / PARTIAL
        shutil.rmtree(partial, ignore_errors=True)  # left by a process that was killed
        (partial / NEW).mkdir(parents=True)

        def replace() -> Path | None:
            fsync_folder(partial / NEW)
            fsync_folder(partial)
            partial.rename(folder / READY)
            return _finish(folder)

        try:
            yield partial / NEW, replace
        finally:
            shutil.rmtree(partial, ignore_errors=True)


def _finish(folder: Path) -> Path | None:
    """Finish a replacement that has been decided, if there is one; see ``replacing``."""
    ready, moving = folder / READY, folder / MOVING
    if ready.exists():
        fsync_folder(folder)
        old = ready / OLD
        old.mkdir(exist_ok=True)
        # As long as the folder has this name, no new database has been moved.
        for path in _replaced(folder, [path.name for path in (ready / NEW).iterdir()]):
            os.replace(path, old / path.name)
        fsync_folder(old)
        ready.rename(moving)
    if not moving.exists():
        return None
    fsync_folder(folder)
    new, old = moving / NEW, moving / OLD
    for path in new.iterdir() if new.exists() else ():
        os.replace(path, folder / path.name)
    fsync_folder(folder)
    kept = keep_replaced(old, folder / FORMER) if old.exists() else None
    shutil.rmtree(moving)
    fsync_folder(folder)
    return kept


def _replaced(folder: Path, new: list[str]) -> list[Path]:
    """What is moved aside: the databases, even if they are damaged, with their logs and caches."""
    names = {path.name for path in database_files(folder)} | set(new)
    # A write-ahead log must never lie beside a database of another origin.
    beside = [name + suffix for name in sorted(names) for suffix in (*SIDECARS, "")]
    return [path for name in (CACHES, *beside) if (path := folder / name).exists()]


def _require_unused(path: Path) -> None:
    """Raise LibraryInUseError if another program has a database open. This notices programs that do
    not lock the folder, and empties the write-ahead log."""
    with closing(sqlite3.connect(path, timeout=0, isolation_level=None)) as connection:
        try:
            connection.execute("PRAGMA journal_mode = DELETE")  # only possible for the only user
        except sqlite3.DatabaseError as error:
            if error.sqlite_errorcode & 0xFF == sqlite3.SQLITE_BUSY:
                raise _in_use(path.parent) from error
            # It is damaged, or can't be written; what moves it will tell.
        except UnicodeDecodeError:  # of an error that quotes damaged bytes
            pass


def _require(granted: bool, folder: Path) -> None:
    if not granted:
        raise LibraryInUseError(
            f"The library at {folder} is being restored from a backup. Try again when that is done."
        )


def _in_use(folder: Path) -> LibraryInUseError:
    return LibraryInUseError(
        f"The library at {folder} is in use. Stop the bot and every other command that uses it,"
        " then try again."
    )


@contextmanager
def _translated(folder: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise StoreError(
            f"The library at {folder} cannot be used: {error.strerror or error}."
        ) from error
