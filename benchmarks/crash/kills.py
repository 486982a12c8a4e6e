"""What happens to this process at its n-th change to files, those of SQLite included: it is killed,
or the disk fails.

Python's own changes are audit events (``tests.index.backup.killing``). SQLite makes its system
calls in C, but lets a program replace them (``xSetSystemCall``, made for tests such as this one).

A power failure, which also loses what was not synced, is imitated for the files that Python writes:
those that were not synced lose their second half. It is not for SQLite's, whose calls to fsync
cannot be replaced.
"""

import _sqlite3
import ctypes
import errno
import mmap
import os
import signal
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any, cast

from tests.index.backup.killing import before_changes

WRITES: dict[str, list[Any]] = {
    "write": [ctypes.c_int, ctypes.c_void_p, ctypes.c_size_t],
    "pwrite": [ctypes.c_int, ctypes.c_void_p, ctypes.c_size_t, ctypes.c_int64],
    "pwrite64": [ctypes.c_int, ctypes.c_void_p, ctypes.c_size_t, ctypes.c_int64],
    "ftruncate": [ctypes.c_int, ctypes.c_int64],
    "unlink": [ctypes.c_char_p],
}
"""SQLite's system calls that change files, with their arguments."""


def sqlite_library() -> ctypes.CDLL | None:
    """The SQLite that Python uses; None if its functions cannot be reached, since it was linked
    into Python without their names."""
    library = ctypes.CDLL(getattr(_sqlite3, "__file__", None))
    return library if hasattr(library, "sqlite3_vfs_find") else None


class Shared:
    """What a process tells the one that started it, even when it has been killed."""

    CHANGES, TRANSACTIONS, CHANGING = range(0, 24, 8)

    def __init__(self) -> None:
        self._memory = mmap.mmap(-1, 24)

    def get(self, place: int) -> int:
        return int.from_bytes(self._memory[place : place + 8], "little")

    def set(self, place: int, value: int) -> None:
        self._memory[place : place + 8] = value.to_bytes(8, "little")

    @property
    def is_writing(self) -> bool:
        """Whether a transaction is open or a file is being changed."""
        return bool(self.get(self.TRANSACTIONS) or self.get(self.CHANGING))


SystemCall = Callable[..., int]


class Changes:
    """Counts the changes to files once it has been armed, and lets subclasses step in before one.

    Args:
        number: the number of the change, from 0, counted from ``arm``; None: never.
    """

    def __init__(self, shared: Shared, number: int | None) -> None:
        self._shared = shared
        self._number = number
        self._armed = False
        self._kept: list[Any] = []  # ctypes does not keep callbacks alive
        before_changes(self._before_python)
        self._replace_system_calls()

    def arm(self) -> None:
        self._armed = True

    def _next(self) -> int | None:
        """The number of this change; None if it is not counted."""
        if not self._armed:
            return None
        done = self._shared.get(Shared.CHANGES)
        self._shared.set(Shared.CHANGES, done + 1)
        return done

    def _before_python(self, event: str, path: Path) -> None:
        """Called before Python changes a file."""
        raise NotImplementedError

    def _in_place_of(self, name: str, call: SystemCall, arguments: tuple[Any, ...]) -> int:
        """Called instead of one of SQLite's system calls; returns what it returns."""
        raise NotImplementedError

    def _replace_system_calls(self) -> None:
        library = sqlite_library()
        if library is None:
            raise RuntimeError("SQLite's system calls cannot be replaced")
        library.sqlite3_vfs_find.restype = ctypes.POINTER(_VFS)
        system = library.sqlite3_vfs_find(None)
        for name, arguments in WRITES.items():
            pointer = system.contents.xGetSystemCall(system, name.encode())
            if not pointer:  # this SQLite uses another one of them
                continue
            kind = ctypes.CFUNCTYPE(ctypes.c_ssize_t, *arguments, use_errno=True)
            if name in ("ftruncate", "unlink"):
                kind = ctypes.CFUNCTYPE(ctypes.c_int, *arguments, use_errno=True)
            replaced = kind(self._replacing(name, kind(pointer)))
            self._kept.append(replaced)
            address = ctypes.cast(replaced, ctypes.c_void_p)
            if system.contents.xSetSystemCall(system, name.encode(), address):
                raise RuntimeError(f"SQLite does not let {name} be replaced")

    def _replacing(self, name: str, call: SystemCall) -> SystemCall:
        return lambda *arguments: self._in_place_of(name, call, arguments)


class Killer(Changes):
    """Kills this process before a change to a file.

    Args:
        torn: whether a write of SQLite is done by half first.
        power_failure: whether files that were not synced lose their second half.
    """

    def __init__(
        self, shared: Shared, number: int | None, *, torn: bool, power_failure: bool
    ) -> None:
        self._torn = torn
        self._power_failure = power_failure
        self._unsynced: set[Path] = set()
        super().__init__(shared, number)
        self._replace_fsync()

    def _is_due(self) -> bool:
        number = self._next()
        return number is not None and number == self._number

    def _kill(self) -> None:
        self._shared.set(Shared.CHANGING, 1)
        if self._power_failure:
            for path in self._unsynced:
                with suppress(OSError):
                    os.truncate(path, path.stat().st_size // 2)
        os.kill(os.getpid(), signal.SIGKILL)

    def _before_python(self, event: str, path: Path) -> None:
        if self._is_due():
            self._kill()
        if event == "open" and ".sqlite" not in path.name:
            self._unsynced.add(path)

    def _in_place_of(self, name: str, call: SystemCall, arguments: tuple[Any, ...]) -> int:
        if self._is_due():
            if self._torn and "write" in name:
                _write_half(call, arguments)
            self._kill()
        return call(*arguments)

    def _replace_fsync(self) -> None:
        fsync, rename, replace = os.fsync, os.rename, os.replace

        def synced(descriptor: int) -> None:
            fsync(descriptor)
            self._unsynced.discard(Path(os.readlink(f"/proc/self/fd/{descriptor}")))

        def moving(move: Callable[..., None]) -> Callable[..., None]:
            def moved(source: Any, target: Any, **others: Any) -> None:
                move(source, target, **others)
                if (path := Path(source).absolute()) in self._unsynced:
                    self._unsynced.discard(path)
                    self._unsynced.add(Path(target).absolute())

            return moved

        replaced = cast(Any, os)
        replaced.fsync = synced
        replaced.rename, replaced.replace = moving(rename), moving(replace)


class FailingDisk(Changes):
    """Lets the changes to the files in a folder fail, from one of them on until ``repair``.

    Args:
        code: why they fail: ``errno.EIO``, or ``errno.ENOSPC``, with which files can be deleted.
        torn: whether a write of SQLite is done by half.
    """

    def __init__(self, shared: Shared, number: int, folder: Path, code: int, *, torn: bool) -> None:
        self._folder = folder
        self._code = code
        self._torn = torn
        self.has_failed = False
        super().__init__(shared, number)

    def repair(self) -> None:
        self._armed = False

    def _fails(self, is_deletion: bool) -> bool:
        number = self._next()
        if number is None or number < (self._number or 0):
            return False
        if is_deletion and self._code == errno.ENOSPC:
            return False
        self.has_failed = True
        return True

    def _before_python(self, event: str, path: Path) -> None:
        if event == "sqlite3.connect":  # connecting does not change a file yet
            return
        if path.is_relative_to(self._folder) and self._fails(event in ("os.remove", "os.rmdir")):
            raise OSError(self._code, os.strerror(self._code), str(path))

    def _in_place_of(self, name: str, call: SystemCall, arguments: tuple[Any, ...]) -> int:
        if not self._fails(name in ("unlink", "ftruncate")):
            return call(*arguments)
        if self._torn and "write" in name:
            _write_half(call, arguments)
        ctypes.set_errno(self._code)
        return -1


def _write_half(call: SystemCall, arguments: tuple[Any, ...]) -> None:
    descriptor, buffer, size, *offset = arguments
    call(descriptor, buffer, size // 2, *offset)


class _VFS(ctypes.Structure):
    """``sqlite3_vfs`` (https://sqlite.org/c3ref/vfs.html)."""


_VFS._fields_ = [
    ("iVersion", ctypes.c_int),
    ("szOsFile", ctypes.c_int),
    ("mxPathname", ctypes.c_int),
    ("pNext", ctypes.c_void_p),
    ("zName", ctypes.c_char_p),
    ("pAppData", ctypes.c_void_p),
    *(
        (name, ctypes.c_void_p)
        for name in """xOpen xDelete xAccess xFullPathname xDlOpen xDlError
        xDlSym xDlClose xRandomness xSleep xCurrentTime xGetLastError xCurrentTimeInt64""".split()
    ),
    (
        "xSetSystemCall",
        ctypes.CFUNCTYPE(ctypes.c_int, ctypes.POINTER(_VFS), ctypes.c_char_p, ctypes.c_void_p),
    ),
    (
        "xGetSystemCall",
        ctypes.CFUNCTYPE(ctypes.c_void_p, ctypes.POINTER(_VFS), ctypes.c_char_p),
    ),
]
