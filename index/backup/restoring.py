"""Restoring a library from a backup."""

import hashlib
import re
import shutil
import sqlite3
import zipfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from pathlib import Path

from pydantic import ValidationError

from index.backup.manifest import MANIFEST, MAX_MANIFEST_BYTES, Entry, Manifest
from index.backup.writing import CHUNK_BYTES, Progress, advancing
from index.errors import BackupError
from index.store.sqlite.database import LIBRARY, newest_schema
from index.store.sqlite.former import reason
from index.store.sqlite.fsync import fsync_file
from index.store.sqlite.replacement import LIBRARY_FILENAME, open_folder, replacing
from index.store.sqlite.snapshots import damage

ZIP_START = b"PK\x03\x04"

OF_A_LIBRARY = re.compile(r"\.(sqlite(-wal|-shm|-journal)?|lock|pid)$")
"""How the names of files in a library's folder end."""


@dataclass(frozen=True, slots=True)
class Restored:
    """What was restored.

    Args:
        made_at: the moment as of which the library is.
        kept: the folder in which the former library is kept, if there was one.
    """

    articles: int
    sentences: int
    made_at: datetime
    kept: Path | None


def restore_backup(
    archive: Path,
    folder: Path,
    *,
    replace: bool = False,
    progress: Progress = lambda done, total: None,
) -> Restored:
    """Make the library in a folder that of a backup, which is checked completely before.

    A crash at any instant leaves the former library or the restored one.

    Args:
        folder: created if it is missing.
        replace: whether a library that has articles may be replaced.

    Raises:
        BackupError: the file is not a backup, is damaged, or comes from a newer version; or the
            folder is not for this library. Nothing has been changed.
        LibraryInUseError: the library is in use.
        StoreError: the folder cannot be used.
    """
    with _opened(archive) as (backup, manifest):
        _check_target(folder, replace)
        created = not folder.exists()
        try:
            with _writing(archive):
                folder.mkdir(parents=True, exist_ok=True)
                _check_space(folder, manifest)
            with replacing(folder) as (new, commit):
                with _writing(archive):
                    _extract(archive, backup, manifest, new, progress)
                articles, sentences = _count(archive, new / LIBRARY_FILENAME)
                return Restored(articles, sentences, manifest.made_at, commit())
        finally:
            if created:
                with suppress(OSError):
                    folder.rmdir()  # if it is empty, since nothing was restored


@contextmanager
def _opened(archive: Path) -> Iterator[tuple[zipfile.ZipFile, Manifest]]:
    """A backup and its list. Raises BackupError."""
    try:
        with archive.open("rb") as file:
            start = file.read(len(ZIP_START))
        backup = zipfile.ZipFile(archive)
    except OSError as error:
        raise BackupError(f"{archive} cannot be read: {reason(error)}.") from error
    except (zipfile.BadZipFile, ValueError, NotImplementedError):
        raise (_incomplete(archive) if start == ZIP_START else _no_backup(archive)) from None
    with backup:
        yield backup, _manifest(archive, backup)


def _manifest(archive: Path, backup: zipfile.ZipFile) -> Manifest:
    names = backup.namelist()
    if MANIFEST not in names or backup.getinfo(MANIFEST).file_size > MAX_MANIFEST_BYTES:
        raise _no_backup(archive)
    with _unpacking(archive):
        text = backup.read(MANIFEST)
    try:
        manifest = Manifest.model_validate_json(text)
    except ValidationError:
        raise _no_backup(archive) from None
    if manifest.is_newer:
        raise BackupError(
            f"{archive} was made by a newer version of Dateline ({manifest.dateline}). Update this"
            " one first."
        )
    if not manifest.is_of_a_library:
        raise _no_backup(archive)
    if sorted(names) != sorted([MANIFEST, *(entry.name for entry in manifest.databases)]):
        raise _incomplete(archive)
    return manifest


def _check_target(folder: Path, replace: bool) -> None:
    """Raise BackupError if a backup must not be restored to a folder."""
    try:
        if folder.is_dir():
            open_folder(folder).close()  # finishes a restore that was interrupted
        files = [path.name for path in folder.iterdir() if path.is_file()]
    except FileNotFoundError:
        return
    except OSError as error:
        raise BackupError(f"{folder} is not a folder that can be used: {reason(error)}.") from error
    files = [name for name in sorted(files) if not name.startswith(".")]
    foreign = [name for name in files if not OF_A_LIBRARY.search(name)]
    if foreign and LIBRARY_FILENAME not in files:
        raise BackupError(
            f"{folder} is not a library, but it has files, such as {foreign[0]}. Choose a new or"
            " empty folder with --library."
        )
    if files and not replace and _has_articles(folder / LIBRARY_FILENAME):
        raise BackupError(
            f"There is a library at {folder} already. To replace it by the backup, add --replace;"
            " what is there will be kept aside."
        )


def _has_articles(path: Path) -> bool:
    """Whether a library has articles, or is damaged or missing, so that this cannot be said."""
    try:
        with closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=rw", uri=True)) as rows:
            return bool(rows.execute("SELECT EXISTS (SELECT 1 FROM articles)").fetchone()[0])
    except (sqlite3.Error, UnicodeDecodeError):  # of an error that quotes damaged bytes
        return True


def _check_space(folder: Path, manifest: Manifest) -> None:
    free = shutil.disk_usage(folder).free
    if free < manifest.bytes:
        raise BackupError(
            f"The disk of {folder} is too full: the backup needs {manifest.bytes / 1e6:,.1f} MB,"
            f" and {free / 1e6:,.1f} MB are free."
        )


def _extract(
    archive: Path, backup: zipfile.ZipFile, manifest: Manifest, new: Path, progress: Progress
) -> None:
    """Write the databases of a backup into a folder, and check them. Raises BackupError."""
    done = 0
    for entry in manifest.databases:
        path = new / entry.name
        with _unpacking(archive):
            _unpack(backup, entry, path, advancing(progress, done, manifest.bytes))
        done += entry.bytes
        fsync_file(path)
        if damage(path, partial(progress, done, manifest.bytes)):
            raise _incomplete(archive)


def _unpack(
    backup: zipfile.ZipFile, entry: Entry, path: Path, advance: Callable[[int], None]
) -> None:
    """Write one database to a file. Raises BadZipFile if it is not what the list says."""
    digest, size = hashlib.sha256(), 0
    with backup.open(entry.name) as member, path.open("xb") as file:
        while size <= entry.bytes and (chunk := member.read(CHUNK_BYTES)):
            digest.update(chunk)
            file.write(chunk)
            size += len(chunk)
            advance(size)
    if (size, digest.hexdigest()) != (entry.bytes, entry.sha256):
        raise zipfile.BadZipFile(entry.name)


@contextmanager
def _writing(archive: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise BackupError(
            f"{archive} cannot be restored: {reason(error)}. Nothing has been changed."
        ) from error


@contextmanager
def _unpacking(archive: Path) -> Iterator[None]:
    try:
        yield
    except (zipfile.BadZipFile, zlib.error, EOFError, RuntimeError):  # RuntimeError: encrypted
        raise _incomplete(archive) from None


def _count(archive: Path, path: Path) -> tuple[int, int]:
    """The articles and sentences of a library that is to be restored. Raises BackupError."""
    uri = f"{path.absolute().as_uri()}?mode=ro&immutable=1"
    with closing(sqlite3.connect(uri, uri=True)) as rows:
        try:
            (kind,) = rows.execute("PRAGMA application_id").fetchone()
            (schema,) = rows.execute("PRAGMA user_version").fetchone()
            if kind == LIBRARY.application_id and schema > newest_schema(LIBRARY):
                raise BackupError(
                    f"{archive} was made by a newer version of Dateline. Update this one first."
                )
            totals = "SELECT total(articles), total(sentences) FROM collections"
            articles, sentences = rows.execute(totals).fetchone()
        except sqlite3.Error:
            kind = 0
    if kind != LIBRARY.application_id:
        raise _no_backup(archive)
    return int(articles), int(sentences)


def _no_backup(archive: Path) -> BackupError:
    return BackupError(f"{archive} is not a backup of a Dateline library.")


def _incomplete(archive: Path) -> BackupError:
    return BackupError(
        f"{archive} is damaged or incomplete, perhaps because it was not copied to its end. Copy it"
        " again, or use another backup."
    )
