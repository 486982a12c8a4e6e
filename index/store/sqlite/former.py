"""Former states of a library's databases, which are kept in the folder ``former`` in its folder.

A copy of a database is made before its schema is migrated, and the latest such copy is kept. What a
restored backup replaces is kept until somebody deletes it.
"""

import errno
import logging
import os
import sqlite3
from datetime import UTC, datetime
from pathlib import Path

from index.errors import StoreError
from index.store.sqlite.fsync import fsync_folder
from index.store.sqlite.snapshots import copy_database, pinned

FORMER = "former"

log = logging.getLogger(__name__)


def copy_before_migration(path: Path, number: int) -> None:
    """Copy a database as it is before the migration with that number, which others may read but
    not write meanwhile; then delete copies of it from before earlier migrations.

    Raises:
        StoreError: the copy cannot be made, for example because the disk is full.
    """
    folder = path.parent / FORMER
    copy = folder / f"{path.stem}-before-migration-{number}.sqlite"
    partial = copy.with_suffix(".partial")
    try:
        folder.mkdir(exist_ok=True)
        partial.unlink(missing_ok=True)  # left by a process that was killed
        with pinned(path) as source:
            copy_database(source, partial)
        os.replace(partial, copy)
        fsync_folder(folder)
        fsync_folder(path.parent)
        for earlier in folder.glob(f"{path.stem}-before-migration-*.sqlite"):
            if earlier != copy:
                earlier.unlink()
    except (OSError, sqlite3.Error) as error:
        partial.unlink(missing_ok=True)
        needed = path.stat().st_size / 1e6
        raise StoreError(
            f"{path} has to be migrated to this version of Dateline. A copy of it is made first,"
            f" but {copy} could not be written: {reason(error)}. Nothing has been changed. Make"
            f" room for {needed:,.1f} MB, then start again."
        ) from error
    log.info("migrating %s; a copy of it as it was is kept at %s", path, copy)


def keep_replaced(replaced: Path, former: Path) -> Path | None:
    """Move a folder of replaced files to where it is kept; None if it is empty."""
    if not any(replaced.iterdir()):
        return None
    former.mkdir(exist_ok=True)
    name = f"before-restore-{datetime.now(UTC):%Y-%m-%d-%H%M%S}"
    kept = former / name
    number = 1
    while kept.exists():
        number += 1
        kept = former / f"{name}-{number}"
    replaced.rename(kept)
    fsync_folder(former)
    return kept


def reason(error: OSError | sqlite3.Error) -> str:
    """Why a file could not be written or read, for a sentence."""
    full = isinstance(error, OSError) and error.errno in (errno.ENOSPC, errno.EDQUOT)
    if full or getattr(error, "sqlite_errorcode", None) == sqlite3.SQLITE_FULL:
        return "the disk is full"
    return (error.strerror if isinstance(error, OSError) else None) or str(error)
