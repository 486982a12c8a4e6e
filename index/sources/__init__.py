"""Sources of articles: files, folders, links, feeds and standard input.

Readers yield articles and, as values among them, a ``SourceError`` for everything that cannot be
read, so that one bad line does not prevent the others from being added.
"""

import re
import sys
from collections.abc import Iterator, Sequence
from itertools import chain, repeat
from pathlib import Path, PurePath
from typing import BinaryIO

from index.article import SHARED, Article
from index.errors import SourceError
from index.fetching.guard import Guard
from index.process import report_internal_error
from index.sources.files import (
    Listing,
    UnreadableError,
    list_files,
    open_file,
    read_all,
    read_file,
    read_lines,
    unreadable,
)
from index.sources.html import read_html
from index.sources.jsonl import read_jsonl
from index.sources.markdown import read_markdown
from index.sources.pdf import read_pdf
from index.sources.text import read_text
from index.sources.zipped import read_docx, read_epub

STDIN = "-"
SUFFIXES = {
    ".txt": read_text,
    ".md": read_markdown,
    ".html": read_html,
    ".htm": read_html,
    ".pdf": read_pdf,
    ".docx": read_docx,
    ".epub": read_epub,
}
"""The readers of files with one article, by suffix."""

SCHEME = re.compile(r"^[a-z][a-z0-9+.-]*://", re.IGNORECASE)
HOST = re.compile(r"^[\w-]++(?:\.[\w-]++)++(?:/|$)")
"""The start of a URL, and of one without its scheme."""

JSONL = ".jsonl"
SUPPORTED = ", ".join([*SUFFIXES, JSONL])


def read_source(
    source: str, collection: str = SHARED, guard: Guard | None = None
) -> Iterator[Article | SourceError]:
    """The articles of a file, a folder, a link, or ``-`` for standard input.

    Args:
        guard: the hosts that may be fetched from; None: the public internet.
    """
    if source == STDIN:
        yield from read_stream(sys.stdin.buffer, collection)
    elif is_link(source):
        # Imported here, since it takes a third of a second that reading files need not spend.
        from index.sources.web import read_link

        yield read_link(source, guard or Guard(), collection)
    else:
        yield from read_path(Path(source), collection)


def read_path(path: Path, collection: str = SHARED) -> Iterator[Article | SourceError]:
    """The articles of a file, or of all supported files in a folder."""
    suffix = path.suffix.lower()
    try:
        if path.is_dir():
            listing = files_in(path)
            if not listing.files and not listing.unreadable:
                yield SourceError(f"{path}: there is no {SUPPORTED} file in this folder.")
            yield from listing.errors
            for file in listing.files:
                yield from read_path(file, collection)
        elif suffix == JSONL:
            with open_file(path) as stream:
                yield from read_jsonl(read_lines(stream), str(path), collection)
        elif suffix in SUFFIXES:
            yield from read_bytes(read_file(path), str(path), collection)
        elif path.exists():
            yield _unsupported(path)
        else:
            yield SourceError(f"{path}: there is no such file or folder{_link_hint(str(path))}.")
    except SourceError as error:
        yield error
    except OSError as error:
        yield unreadable(path, error)
    except Exception as error:  # one file must not keep the others from being read
        yield UnreadableError(f"{path}: it cannot be read. {report_internal_error(error)}")


def read_bytes(
    content: bytes, name: str, collection: str = SHARED
) -> Iterator[Article | SourceError]:
    """The articles in the contents of a file with that name."""
    suffix = PurePath(name).suffix.lower()
    try:
        if suffix == JSONL:
            yield from read_jsonl(content.splitlines(), name, collection)
        elif suffix in SUFFIXES:
            yield SUFFIXES[suffix](content, name, collection)
        else:
            yield _unsupported(name)
    except SourceError as error:
        yield error


def read_stream(stream: BinaryIO, collection: str = SHARED) -> Iterator[Article | SourceError]:
    """The articles of a stream: one per line if the first line is JSON, else a single text."""
    name = "standard input"
    try:
        yield from _read_stream(stream, name, collection)
    except SourceError as error:
        yield error
    except OSError as error:
        yield unreadable(name, error)


def _read_stream(stream: BinaryIO, name: str, collection: str) -> Iterator[Article | SourceError]:
    lines = read_lines(stream)
    blank = 0
    while (first := next(lines, b"")) and not first.strip():
        blank += 1
    if first.lstrip(b"\xef\xbb\xbf \t").startswith(b"{"):
        yield from read_jsonl(chain(repeat(b"\n", blank), [first], lines), name, collection)
    else:
        yield read_text(read_all(stream, name, first), name, collection)


def is_link(source: str) -> bool:
    """Whether a source is a URL rather than a file or a folder."""
    return SCHEME.match(source) is not None


def _link_hint(name: str) -> str:
    """A hint if a name looks like a link without its scheme."""
    is_like_a_link = HOST.match(name) and Path(name).suffix not in SUFFIXES
    return f"; a link starts with https://, as in https://{name}" if is_like_a_link else ""


def _unsupported(name: str | Path) -> SourceError:
    return SourceError(f"{name}: this kind of file is not supported, only {SUPPORTED}.")


def expected_articles(sources: Sequence[str]) -> int | None:
    """An estimate of the number of articles in sources; None if one can only be read once."""
    try:
        return _expected(sources)
    except (OSError, ValueError, SourceError):
        return None


def _expected(sources: Sequence[str]) -> int | None:
    count = 0
    for source in sources:
        if source == STDIN:
            return None
        if is_link(source):
            count += 1
            continue
        path = Path(source)
        for file in files_in(path).files if path.is_dir() else [path]:
            if file.suffix.lower() == JSONL:
                with open_file(file) as lines:
                    count += sum(1 for line in read_lines(lines) if line.strip())
            else:
                file.stat()
                count += 1
    return count


def files_in(folder: Path) -> Listing:
    """The files in a folder and its subfolders that can hold articles."""
    return list_files(folder, (*SUFFIXES, JSONL))


__all__ = [
    "STDIN",
    "Listing",
    "UnreadableError",
    "expected_articles",
    "files_in",
    "is_link",
    "read_bytes",
    "read_path",
    "read_source",
    "read_stream",
    "unreadable",
]
