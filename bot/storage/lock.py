"""The lock that keeps a second bot away from a storage: both would answer everything."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout

from index import DatelineError, StoreError

LOCK_FILENAME = "bot.lock"
PROCESS_FILENAME = "bot.pid"
"""Has the id of the process that holds the lock. It is a file of its own because Windows lets no
other process read one that is locked."""


class InUseError(DatelineError):
    """Another process runs a bot with the same storage."""

    exit_code = 69


@contextmanager
def storage_lock(folder: Path) -> Iterator[None]:
    """Hold the lock of the storage in a folder. The system releases it when the process ends, even
    if it is killed.

    Raises:
        InUseError: another process holds it.
        StoreError: the folder cannot be written.
    """
    lock, process = FileLock(folder / LOCK_FILENAME), folder / PROCESS_FILENAME
    try:
        lock.acquire(blocking=False)
        process.write_text(str(os.getpid()), encoding="ascii")
    except Timeout:
        raise InUseError(
            f"Another bot{_described(process)} is using {folder}. Stop it first, or give this bot"
            " a folder of its own (the setting LIBRARY)."
        ) from None
    except OSError as error:
        lock.release()
        raise StoreError(f"{folder} cannot be written: {error.strerror}.") from error
    try:
        yield
    finally:
        process.unlink(missing_ok=True)
        lock.release()


def _described(file: Path) -> str:
    """The process in a file, in words; "" if it has not been written yet."""
    try:
        return f" (process {int(file.read_text(encoding='ascii'))})"
    except (OSError, ValueError):
        return ""
