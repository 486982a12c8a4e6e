"""The file of a database from outside SQLite, which neither notices that it was replaced nor tells
what is wrong with it in a way that helps."""

import os
from dataclasses import dataclass
from pathlib import Path

from index.errors import DamagedLibraryError, StoreError

WAL_SUFFIX = "-wal"
SIDE_SUFFIXES = ("-wal", "-shm", "-journal")
"""The suffixes of the files that SQLite keeps beside a database."""


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
        self.remedy = f"Put a copy of it back; or, to start anew, move {' and '.join(moved)} away."
        self.read_only = path.exists() and not (
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
        for suffix in ("", *SIDE_SUFFIXES):
            path = Path(f"{self.path}{suffix}")
            if path.is_dir():
                remedy = "Move it away." if suffix else self.remedy
                raise StoreError(f"{path} cannot be used: it is a folder. {remedy}")
        remains = self._remains()  # looked for first, since another process may be creating them
        if remains and (not self.path.exists() or not self.path.stat().st_size):
            state = "empty" if self.path.exists() else "missing"
            raise DamagedLibraryError(
                f"{self.path} is {state}, but not new: {remains} belongs to it. {self.remedy}"
            )

    def require_same(self) -> None:
        """Raises StoreError if the file is no longer the one that was opened."""
        if not self.is_same():
            raise self._changed()

    def require_size(self, most: int) -> None:
        """Raises StoreError if the file has more than ``most`` bytes, which SQLite has not written:
        it was overwritten."""
        if self._stat()[1] > most:
            raise self._changed()

    def is_same(self) -> bool:
        """Whether the file is the one that this was first asked about; it never shrinks."""
        least = self._size  # before another thread sees it grow
        identity, size = self._stat()
        if self._identity is None:
            self._identity = identity
        if identity != self._identity or size < least:
            return False
        self._size = size
        return True

    def why_not_opened(self) -> str | None:
        """What keeps SQLite from opening the file, as the end of a sentence, and the remedy."""
        if self.read_only and self._has_wal():
            return (
                f"{self.path}{WAL_SUFFIX} has changes that cannot be read where nothing can be"
                " written. Make the folder writable and open the library once"
            )
        if not os.access(self.path.parent, os.W_OK) or (
            self.path.exists() and not os.access(self.path, os.R_OK)
        ):
            return "there is no permission. Make the file and its folder readable and writable"
        return None

    def _remains(self) -> Path | None:
        """A file that is only there if the database was in use before."""
        if self._has_wal():
            return Path(f"{self.path}{WAL_SUFFIX}")
        if self._kind.derived is None:
            return None
        return next((self.path.parent / self._kind.derived).glob("*.faiss"), None)

    def _has_wal(self) -> bool:
        try:
            return os.stat(f"{self.path}{WAL_SUFFIX}").st_size > 0
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
