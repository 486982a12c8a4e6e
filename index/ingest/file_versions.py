"""When a file can be read: which version of it is there, and whether it is still being written."""

import os
import time
from collections.abc import Collection
from pathlib import Path

SETTLE_SECONDS = 1.0
"""Time since the last write after which a file is read."""

MAX_SETTLE_SECONDS = 60.0
"""Time after which a file is read even if a process still has it open for writing."""


def fingerprint_of(path: Path) -> str | None:
    """Identifies the version of a file; None if there is no such file."""
    try:
        stat = path.stat()
    except OSError:
        return None
    # The change time includes changes of permissions, so that an unreadable file is tried again.
    return f"{stat.st_mtime_ns}-{stat.st_ctime_ns}-{stat.st_size}-{stat.st_ino}"


def settled(paths: Collection[Path]) -> list[Path]:
    """The files that are no longer being written."""
    ages = {path: age for path in paths if (age := _age(path)) is not None}
    recent = any(age < MAX_SETTLE_SECONDS for age in ages.values())
    writing = _open_for_writing() if recent else set()
    return [
        path
        for path, age in ages.items()
        if age >= MAX_SETTLE_SECONDS
        or (age >= SETTLE_SECONDS and Path(os.path.realpath(path)) not in writing)
    ]


def _age(path: Path) -> float | None:
    """Seconds since a file was last written; None if there is no such file."""
    try:
        stat = path.stat()
    except OSError:
        return None
    seconds = time.time() - max(stat.st_mtime, stat.st_ctime)
    return seconds if seconds >= 0 else MAX_SETTLE_SECONDS  # a file system with another clock


def _open_for_writing() -> set[Path]:
    """The files that accessible processes have open for writing (on Linux)."""
    import psutil  # slow to import, rarely needed

    paths = set()
    for process in psutil.process_iter():
        try:
            for file in process.open_files():
                if getattr(file, "mode", "r") != "r":
                    paths.add(Path(file.path))
        except (psutil.Error, OSError):
            continue
    return paths
