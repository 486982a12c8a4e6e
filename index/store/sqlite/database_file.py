"""The file of a database from outside SQLite, which neither notices that it was replaced nor tells
what is wrong with it in a way that helps."""

import os
import sqlite3
from dataclasses import dataclass
from pathlib import Path

from index.errors import DamagedLibraryError, StoreError
from index.store.sqlite.snapshots import SIDECARS

WAL = SIDECARS[0]


@dataclass(frozen=True, slots=True)
class FileKind:
    """A kind of SQLite file.

    Args:
        name: how messages to people call it.
        application_id: identifies the kind in the file's header.
        migrations: the package whose folder ``migrations`` has the numbered schema migrations.
        derived: the name of the folder beside the file with what is derived from it, if any.
    """

    name: str
    application_id: int
    migrations: str
    derived: str | None = None


class DatabaseBusyError(StoreError):
    """Another connection has been writing for as long as this one was ready to wait."""


class DatabaseFile:
    """The file at the path of a database that is in use.

    Attributes:
        read_only: the file or its folder cannot be written to.
        remedy: what to do if nothing can be made of the file, in a sentence.
    """

    def __init__(self, path: Path, kind: FileKind) -> None:
        self.path = path
        self._kind = kind
        self._identity: tuple[int, ...] | None = None
        self._size = 0
        moved = [f"{path}*", *([str(path.parent / kind.derived)] if kind.derived else [])]
        self.remedy = (
            "Restore a backup with `python -m index restore FILE`; or, to start anew, move"
            f" {' and '.join(moved)} away."
        )
        self.read_only = os.access(path, os.F_OK) and not (
            os.access(path, os.W_OK) and os.access(path.parent, os.W_OK)
        )
        self._immutable = self.read_only and not self._has_wal()

    @property
    def uri(self) -> str:
        """The URI that SQLite opens the file with."""
        mode = "rwc"
        if self.read_only:
            # Beside a file that nobody writes, SQLite need not make the files of a WAL.
            mode = "ro&immutable=1" if self._immutable else "ro"
        return f"{self.path.absolute().as_uri()}?mode={mode}"

    def require_usable(self) -> None:
        """Raises StoreError if something else is in the place of one of the files, and
        DamagedLibraryError if the file is missing or empty, but not because it is new."""
        for suffix in ("", *SIDECARS):
            path = Path(f"{self.path}{suffix}")
            if os.path.isdir(path):
                remedy = "Move it away." if suffix else self.remedy
                raise StoreError(f"{path} cannot be used: it is a folder. {remedy}")
        remains = self._remains()  # looked for first, since another process may be creating them
        if remains and not self._stat()[1]:
            state = "empty" if os.path.exists(self.path) else "missing"
            raise DamagedLibraryError(
                f"{self.path} is {state}, but not new: {remains} belongs to it. {self.remedy}"
            )

    def require_writable(self) -> None:
        """Raises StoreError if nothing can be written."""
        if self.read_only:
            raise StoreError(
                f"{self.path} is read-only, so that nothing can be added or changed. Make the file"
                " and its folder writable."
            )

    def require_same(self) -> None:
        """Raises StoreError if the file is no longer the one that this was first asked about."""
        if not self._is_same():
            raise self._changed()

    def require_size(self, most: int) -> None:
        """Raises StoreError if the file has more than ``most`` bytes, which SQLite has not written:
        it was overwritten."""
        if self._stat()[1] > most:
            raise self._changed()

    @property
    def remedy_of_damage(self) -> str:
        """What to do if a part of the file is damaged, in sentences."""
        if not self._kind.derived:
            return self.remedy
        last = f"{self.remedy[0].lower()}{self.remedy[1:]}"
        return f"Run `python -m index rebuild`. If that does not help, {last}"

    def explain(self, error: sqlite3.DatabaseError | UnicodeDecodeError) -> StoreError:
        """What an error in the use of the file means to people."""
        code = getattr(error, "sqlite_errorcode", sqlite3.SQLITE_CORRUPT) & 0xFF
        # The code of an error in SQL: statements are always right if the schema is.
        if isinstance(error, sqlite3.OperationalError) and code != sqlite3.SQLITE_ERROR:
            reason = (code == sqlite3.SQLITE_CANTOPEN and self._why_not_opened()) or error
            return (DatabaseBusyError if code == sqlite3.SQLITE_BUSY else StoreError)(
                f"The library at {self.path.parent} cannot be used: {reason}."
            )
        return DamagedLibraryError(
            f"{self.path} is damaged or not a {self._kind.name}: {error}. {self.remedy_of_damage}"
        )

    def _is_same(self) -> bool:
        """Whether the file is the one at the first call; it never shrinks."""
        least = self._size  # before another thread sees it grow
        identity, size = self._stat()
        if self._identity is None:
            self._identity = identity
        if identity != self._identity or size < least:
            return False
        self._size = size
        return True

    def _why_not_opened(self) -> str | None:
        """What keeps SQLite from opening the file, as the end of a sentence, and the remedy."""
        if self.read_only and self._has_wal():
            return (
                f"{self.path}{WAL} has changes that cannot be read where nothing can be"
                " written. Make the folder writable and open the library once"
            )
        if not os.access(self.path.parent, os.W_OK) or (
            os.access(self.path, os.F_OK) and not os.access(self.path, os.R_OK)
        ):
            return "there is no permission. Make the file and its folder readable and writable"
        return None

    def _remains(self) -> Path | None:
        """A file that is only there if the database was in use before."""
        if self._has_wal():
            return Path(f"{self.path}{WAL}")
        if self._kind.derived is None:
            return None
        return next((self.path.parent / self._kind.derived).glob("*.faiss"), None)

    def _has_wal(self) -> bool:
        try:
            return os.stat(f"{self.path}{WAL}").st_size > 0
        except OSError:
            return False

    def _stat(self) -> tuple[tuple[int, ...], int]:
        """What identifies the file, and its size in bytes."""
        try:
            stat = os.stat(self.path)
        except OSError:
            return (), 0
        # What is read as immutable must not be changed by anybody.
        changed = (stat.st_mtime_ns, stat.st_size) if self._immutable else ()
        return (stat.st_dev, stat.st_ino, *changed), stat.st_size

    def _changed(self) -> StoreError:
        return StoreError(
            f"{self.path} was replaced, overwritten or deleted while it was in use. Nothing is"
            " read from it or added to it any more: put the right file in its place and restart."
        )
