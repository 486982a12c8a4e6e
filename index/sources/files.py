"""Files and folders on disk: which can be read, and reading them within a limit of memory."""

import os
import stat
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from index.errors import SourceError

MEBIBYTE = 1 << 20
MAX_MEBIBYTES = 32
"""The size of the largest file with one article, and of the longest line of a file with many."""

WORD_LOCK = "~$"
"""The start of the name of a file that Word puts beside a document while it is open."""

MAX_BYTES = MAX_MEBIBYTES * MEBIBYTE


class UnreadableError(SourceError):
    """A file or folder cannot be read at the moment, which says nothing about what is in it: no
    permission, a drive that fails or is not mounted, …"""


@dataclass(frozen=True, slots=True)
class Listing:
    """The files in a folder and its subfolders.

    Args:
        files: sorted; not all need to be regular files.
        unreadable: the folders and files about which nothing is known, with the reason.
    """

    files: Sequence[Path]
    unreadable: Mapping[Path, OSError]

    def missing(self, paths: Iterable[Path]) -> list[Path]:
        """Those of some paths in the folder at which there is certainly no file."""
        absent = set(paths).difference(self.files)
        return sorted(
            path
            for path in absent
            if not any(one in self.unreadable for one in (path, *path.parents))
        )

    @property
    def errors(self) -> list[UnreadableError]:
        """A sentence for each unreadable folder and file."""
        return [unreadable(path, error) for path, error in sorted(self.unreadable.items())]


def list_files(folder: Path, suffixes: Collection[str]) -> Listing:
    """The files with one of some suffixes in a folder, without hidden ones, those in hidden folders
    and in links to folders, and those with which Word marks a document that is open."""
    files: list[Path] = []
    failed: dict[Path, OSError] = {}
    folders = [folder]
    while folders:
        current = folders.pop()
        try:
            with os.scandir(current) as found:
                entries = list(found)
        except OSError as error:
            # A subfolder that was deleted since its parent was listed is simply not there.
            if current == folder or not isinstance(error, FileNotFoundError):
                failed[current] = error
            continue
        for entry in entries:
            path = Path(entry.path)
            if entry.name.startswith((".", WORD_LOCK)):
                continue
            try:
                if entry.is_dir(follow_symlinks=False):
                    folders.append(path)
                elif path.suffix.lower() in suffixes and not stat.S_ISDIR(entry.stat().st_mode):
                    files.append(path)
            except OSError as error:
                # What a link points to may be on a drive that is not mounted.
                if os.path.lexists(path):
                    failed[path] = error
    return Listing(sorted(files), failed)


def open_file(path: Path) -> BinaryIO:
    """Open a regular file for reading.

    Raises:
        SourceError: it is something else: a device or a pipe may never end.
        OSError: it cannot be opened.
    """
    try:
        mode = path.stat().st_mode  # before it is opened, since opening a pipe waits for a writer
    except ValueError:  # NUL or a lone surrogate
        raise SourceError(f"{path}: no file can have this name.") from None
    if not stat.S_ISREG(mode):
        raise SourceError(f"{path}: it is {_kind(mode)}, not a regular file.")
    return path.open("rb")


def read_file(path: Path) -> bytes:
    """The contents of a regular file.

    Raises:
        SourceError: it is larger than ``MAX_BYTES`` or no regular file.
        OSError: it cannot be read.
    """
    with open_file(path) as file:
        if os.fstat(file.fileno()).st_size > MAX_BYTES:
            raise too_large(str(path))
        return read_all(file, str(path))


def read_all(stream: BinaryIO, name: str, head: bytes = b"") -> bytes:
    """``head`` and all bytes of a stream. Raises SourceError if there are too many."""
    content = head + stream.read(max(0, MAX_BYTES + 1 - len(head)))
    if len(content) > MAX_BYTES:
        raise too_large(name)
    return content


def read_lines(stream: BinaryIO) -> Iterator[bytes]:
    """The lines of a stream; of a longer one only the first ``MAX_BYTES + 1`` bytes."""
    while line := stream.readline(MAX_BYTES + 1):
        yield line
        while len(line) > MAX_BYTES and not line.endswith(b"\n"):
            line = stream.readline(MAX_BYTES + 1)


def unreadable(path: Path | str, error: OSError) -> UnreadableError:
    """The sentence for an error of the operating system."""
    return UnreadableError(f"{path}: it cannot be read ({error.strerror or error}).")


def too_large(name: str) -> SourceError:
    """The sentence for a file, or for a line, that is longer than ``MAX_BYTES``."""
    return SourceError(f"{name}: it is larger than {MAX_MEBIBYTES} MiB.")


def _kind(mode: int) -> str:
    if stat.S_ISDIR(mode):
        return "a folder"
    if stat.S_ISFIFO(mode):
        return "a named pipe"
    return "a socket" if stat.S_ISSOCK(mode) else "a device"
