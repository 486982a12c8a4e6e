"""Writing a backup while the library is in use."""

import hashlib
import os
import shutil
import sqlite3
import tempfile
import zipfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

from index.backup.manifest import MANIFEST, Entry, manifest_of
from index.errors import BackupError, DamagedLibraryError
from index.store.sqlite.database import LIBRARY
from index.store.sqlite.folder_lock import FolderLock
from index.store.sqlite.former import reason
from index.store.sqlite.fsync import fsync_file, fsync_folder
from index.store.sqlite.replacement import LIBRARY_FILENAME, open_folder, require_library
from index.store.sqlite.snapshots import copy_database, damage, database_files, pinned

CHUNK_BYTES = 1 << 20

WORK_PREFIX = ".dateline-backup-"
"""How the names of folders begin in which backups are written, beside their targets."""

Progress = Callable[[int, int], None]
"""Called again and again with the number of bytes that are done, and their total; an exception that
it raises ends the work, and nothing is left of it."""


def write_backup(
    folder: Path,
    target: Path,
    *,
    overwrite: bool = False,
    progress: Progress = lambda done, total: None,
) -> Path:
    """Write all databases in a library's folder to a zip archive; others may write to them.

    Each database is as of one moment, all of them as of about the same. The archive appears at
    once, when it is complete and on disk.

    Args:
        target: the file; or an existing folder, in which the file is named after the time (UTC).
        overwrite: whether an existing file is replaced.

    Returns:
        The file.

    Raises:
        MissingLibraryError: there is no library in the folder.
        DamagedLibraryError: a database is damaged.
        LibraryInUseError, StoreError: as ``open_folder``.
        BackupError: the file exists, or cannot be written.
    """
    require_library(folder)
    now = datetime.now(UTC)
    with ExitStack() as stack:
        stack.enter_context(open_folder(folder))
        try:
            if target.is_dir():
                target /= f"dateline-{now:%Y-%m-%d-%H%M%S}.zip"
            if not overwrite and target.exists():
                raise BackupError(f"{target} exists already. Choose another name, or --overwrite.")
            work = stack.enter_context(_work_folder(target.parent))
            archive = _write(folder, work, now, progress)
            os.replace(archive, target)
            fsync_folder(target.parent)
        except (OSError, sqlite3.Error) as error:
            raise BackupError(f"The backup {target} cannot be written: {reason(error)}.") from error
    return target


def _write(folder: Path, work: Path, now: datetime, progress: Progress) -> Path:
    """Write the archive into a folder; returns its path."""
    archive = work / "archive"
    files = [path for path in database_files(folder) if path.name != LIBRARY_FILENAME]
    # The library is pinned last: what others know of its articles, such as that one has been added,
    # must not be newer than the articles.
    files.append(folder / LIBRARY_FILENAME)
    with (
        ExitStack() as stack,
        zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as out,
    ):
        with _reading(folder):
            sources = [stack.enter_context(pinned(path)) for path in files]
            if sources[-1].execute("PRAGMA application_id").fetchone() != (LIBRARY.application_id,):
                raise DamagedLibraryError(f"{files[-1]} is not a {LIBRARY.name}.")
        total, entries = sum(map(_size, sources)), []
        done = 0
        for path, source in zip(files, sources, strict=True):
            tick = partial(progress, done, total)
            copy = work / path.name
            copy_database(source, copy, tick)
            if finding := damage(copy, tick):
                raise DamagedLibraryError(
                    f"No backup was made, because {path} is damaged: {finding}. Restore an earlier"
                    f" backup, or copy the folder {folder} as it is."
                )
            entries.append(_add(out, copy, now, advancing(progress, done, total)))
            done += entries[-1].bytes
            copy.unlink()  # before the next one needs the space
        out.writestr(MANIFEST, manifest_of(entries, now).model_dump_json(indent=2) + "\n")
    fsync_file(archive)
    return archive


@contextmanager
def _reading(folder: Path) -> Iterator[None]:
    try:
        yield
    except (sqlite3.Error, UnicodeDecodeError) as error:  # of an error that quotes damaged bytes
        raise DamagedLibraryError(f"The library at {folder} cannot be read: {error}.") from error


def _size(source: sqlite3.Connection) -> int:
    ((pages,), (size,)) = (
        source.execute(f"PRAGMA {name}").fetchone() for name in ("page_count", "page_size")
    )
    return int(pages * size)


def advancing(progress: Progress, done: int, total: int) -> Callable[[int], None]:
    """The progress of one file, whose argument is the number of its bytes that are done."""
    return lambda size: progress(done + size, total)


def _add(out: zipfile.ZipFile, path: Path, now: datetime, advance: Callable[[int], None]) -> Entry:
    """Add a file to an archive; returns its line of the list."""
    member = zipfile.ZipInfo(path.name, now.timetuple()[:6])
    member.compress_type = out.compression
    digest, size = hashlib.sha256(), 0
    with path.open("rb") as file, out.open(member, "w", force_zip64=True) as into:
        while chunk := file.read(CHUNK_BYTES):
            digest.update(chunk)
            into.write(chunk)
            size += len(chunk)
            advance(size)
    return Entry(name=path.name, bytes=size, sha256=digest.hexdigest())


@contextmanager
def _work_folder(parent: Path) -> Iterator[Path]:
    """A new folder, which is deleted in the end; also deletes those of processes that were killed.
    Raises OSError."""
    for abandoned in parent.glob(f"{WORK_PREFIX}*"):
        with suppress(OSError), FolderLock(abandoned) as lock:
            if lock.own() and lock.is_supported:
                shutil.rmtree(abandoned, ignore_errors=True)
    work = Path(tempfile.mkdtemp(prefix=WORK_PREFIX, dir=parent))
    try:
        with FolderLock(work) as lock:
            lock.own()
            yield work
    finally:
        shutil.rmtree(work, ignore_errors=True)
