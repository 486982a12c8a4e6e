"""Former states of a library's databases, which are kept in the folder ``former`` in its folder.

What a restored backup replaces is kept until somebody deletes it.
"""

import errno
import sqlite3
from datetime import UTC, datetime
from pathlib import Path

from index.store.sqlite.fsync import fsync_folder

FORMER = "former"


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
