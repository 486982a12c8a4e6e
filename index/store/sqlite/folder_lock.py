"""A lock on a folder, which needs no file: shared by all that use it, or held by one alone.

The system releases it when the process ends, however that happens. A shared lock does not need
permission to write. Where folders cannot be locked (Windows, some network file systems), every lock
is granted.
"""

import errno
import os
import time
from pathlib import Path
from typing import Self

try:
    import fcntl
except ImportError:  # Windows
    fcntl = None  # type: ignore[assignment]

RETRY_SECONDS = 0.01
NOT_GRANTED = (errno.EWOULDBLOCK, errno.EACCES)


class FolderLock:
    """A lock on an existing folder, which is not held until it is asked for. Raises OSError."""

    def __init__(self, folder: Path) -> None:
        self._descriptor = os.open(folder, os.O_RDONLY) if fcntl else None
        self.is_supported = fcntl is not None
        """Whether this folder can be locked, as far as this is known."""

    def share(self, wait_seconds: float = 0) -> bool:
        """Hold the lock together with others; returns whether nobody holds it alone.

        An exclusive lock that this object holds becomes a shared one.
        """
        return self._lock(fcntl.LOCK_SH if fcntl else 0, wait_seconds)

    def own(self, wait_seconds: float = 0) -> bool:
        """Hold the lock alone; returns whether nobody else holds it.

        A shared lock that this object holds is lost, whether it succeeds or not.
        """
        return self._lock(fcntl.LOCK_EX if fcntl else 0, wait_seconds)

    def close(self) -> None:
        """Release the lock; twice is harmless."""
        if self._descriptor is not None:
            os.close(self._descriptor)
            self._descriptor = None

    def _lock(self, kind: int, wait_seconds: float) -> bool:
        if self._descriptor is None:
            return True
        until = time.monotonic() + wait_seconds
        while True:
            try:
                fcntl.flock(self._descriptor, kind | fcntl.LOCK_NB)
                return True
            except OSError as error:
                if error.errno not in NOT_GRANTED:  # this file system has no such locks
                    self.is_supported = False
                    return True
            if time.monotonic() >= until:
                return False
            time.sleep(RETRY_SECONDS)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()
