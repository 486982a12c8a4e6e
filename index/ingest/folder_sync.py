"""A collection that is kept as the files of a folder are."""

import time
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path
from threading import Event

import psutil
from watchfiles import watch

from index.article import Article
from index.errors import SourceError
from index.ingest.adding import ADD_TOGETHER, AddAll, Addition
from index.sources import files_in, read_path
from index.store import KeptFile, Store

SETTLED = 1.0
"""Seconds since it was last written after which a file is read."""

GIVEN_UP = 60.0
"""Seconds after which it is read even though some process still holds it open to write."""


@dataclass(frozen=True, slots=True)
class Caught:
    """What became of some files: articles of them that were taken in, or removed; refusals."""

    additions: Sequence[Addition] = ()
    removed: Sequence[Article] = ()
    refused: Sequence[SourceError] = ()


@dataclass(frozen=True, slots=True)
class _Read:
    """Something that was read of a file; at its end, its fingerprint."""

    path: Path
    found: Article | SourceError | str


class Mirror:
    """Keeps a collection as the files of a folder are; other articles in it stay.

    What is known of the files stands in the library, so that whoever goes on, even after a crash
    at any instant, knows what is left to do: the articles that a file may have are noted before
    the first of them is added, and what it held before is removed after its last one was.
    """

    def __init__(self, store: Store, add_all: AddAll, folder: Path, collection: str) -> None:
        self._store = store
        self._add_all = add_all
        self._collection = collection
        self.folder = folder.resolve()
        self.waiting = True
        """Whether there is something to do before any file changes again."""
        self.left = 0
        """Files that are being caught up with, and are not read yet."""
        self._again = False
        self._begun = False

    def catch_up(self) -> Iterator[Caught]:
        """Take in what has changed in the folder, some articles at a time.

        Files that are still being written are left for the next time; see ``waiting``. A file
        that cannot be read is refused once, until it changes; what it held before stays.

        Raises:
            EncoderError, ModelMismatchError, StoreError: as ``Library.add``.
            SourceError: the folder is not there.
        """
        self.require()
        known = self._known()
        present = {path: _fingerprint(path) for path in files_in(self.folder)}
        changed = {
            path: fingerprint
            for path, fingerprint in present.items()
            if fingerprint and (path not in known or known[path].fingerprint != fingerprint)
        }
        ready = _settled(changed)
        self.waiting = True  # as long as this has not come to its end
        self._again = len(ready) < len(changed)
        self.left = len(ready)
        yield from self._take_in(ready, known)
        self.left = 0  # those that have gone meanwhile, too
        yield from self._let_go([path for path in known if path not in present], known)
        self.waiting = self._again

    def require(self) -> None:
        """Raises: SourceError, where the folder is not there."""
        if not self.folder.is_dir():
            raise SourceError(f"{self.folder}: there is no such folder.")

    def _known(self) -> dict[Path, KeptFile]:
        """What is known of the folder's files; at first, one whose articles have been removed
        meanwhile is read anew."""
        known = {
            file.path: file
            for file in self._store.files(self._collection)
            if file.path.is_relative_to(self.folder)
        }
        if not self._begun:
            self._begun = True
            for path, file in known.items():
                if any(self._store.content_hash(article) is None for article in file.articles):
                    known[path] = replace(file, fingerprint=None)
        return known

    def _take_in(self, paths: Collection[Path], known: dict[Path, KeptFile]) -> Iterator[Caught]:
        """Read some files and add their articles, those of several files together."""
        reading = _read(paths, self._collection)
        held: dict[Path, set[str]] = {}  # of the files that have been begun
        while some := list(islice(reading, ADD_TOGETHER)):
            for read in some:
                of_file = held.setdefault(read.path, set())
                if isinstance(read.found, Article):
                    of_file.add(read.found.id)
            noted = [self._noted(path, held[path], known) for path in {r.path for r in some}]
            self._keep(noted, known)
            additions = self._add_all(r.found for r in some if isinstance(r.found, Article))
            added = list(additions)
            refused = [read.found for read in some if isinstance(read.found, SourceError)]
            removed: list[Article] = []
            for read in some:
                if isinstance(read.found, str):
                    self.left -= 1
                    removed += self._finish(read.path, read.found, held.pop(read.path), known)
            yield Caught(added, removed, refused)

    def _noted(self, path: Path, now: set[str], known: dict[Path, KeptFile]) -> KeptFile:
        """What is noted of a file that is being taken in: what it held, and what it holds."""
        before = known[path].articles if path in known else frozenset()
        return KeptFile(path, None, before | now)

    def _finish(
        self, path: Path, fingerprint: str, now: set[str], known: dict[Path, KeptFile]
    ) -> list[Article]:
        """Remove what a file held before and holds no longer; all that it held stays where it
        cannot be read any more."""
        if not now:
            now = set(known[path].articles)
        removed = self._remove(known[path].articles - now, path, known)
        if _fingerprint(path) != fingerprint:  # it was written to meanwhile
            self._again = True
            return removed
        self._keep([KeptFile(path, fingerprint, frozenset(now))], known)
        return removed

    def _let_go(self, gone: Sequence[Path], known: dict[Path, KeptFile]) -> Iterator[Caught]:
        for path in gone:
            removed = self._remove(known[path].articles, path, known)
            self._store.forget_files(self._collection, [path])
            del known[path]
            yield Caught(removed=removed)

    def _remove(
        self, ids: Collection[str], path: Path, known: dict[Path, KeptFile]
    ) -> list[Article]:
        """Remove articles that a file no longer holds; where another one does, it is read again,
        since the two may have differed."""
        removed = []
        for article_id in ids:
            others = [f for f in known.values() if article_id in f.articles and f.path != path]
            if others:
                self._keep([replace(file, fingerprint=None) for file in others], known)
                self._again = True
                continue
            article = self._store.get(article_id)
            if article and self._store.remove(article_id):
                removed.append(article)
        return removed

    def _keep(self, files: Sequence[KeptFile], known: dict[Path, KeptFile]) -> None:
        self._store.keep_files(self._collection, files)
        known.update({file.path: file for file in files})


def follow(mirror: Mirror, end: Event | None = None) -> Iterator[Iterator[Caught]]:
    """Catch up with a folder now and whenever it changes, until ``end`` is set.

    Raises:
        SourceError: the folder is not there.
    """
    mirror.require()
    # Looked at only after it is being watched, so that no change falls between the two.
    for changes in watch(
        mirror.folder,
        watch_filter=None,  # what is read is decided here
        debounce=200,
        rust_timeout=500,
        yield_on_timeout=True,
        stop_event=end,
    ):
        if changes or mirror.waiting:
            yield mirror.catch_up()


def _read(paths: Collection[Path], collection: str) -> Iterator[_Read]:
    for path in paths:
        fingerprint = _fingerprint(path)
        if fingerprint is None:  # it is gone by now
            continue
        for found in read_path(path, collection):
            yield _Read(path, found)
        yield _Read(path, fingerprint)


def _fingerprint(path: Path) -> str | None:
    """Tells the versions of a file apart; None where there is none."""
    try:
        stat = path.stat()
    except OSError:
        return None
    # The time of its last change of any kind: of its owner's rights, too, so that one that could
    # not be read is tried again.
    return f"{stat.st_mtime_ns}-{stat.st_ctime_ns}-{stat.st_size}-{stat.st_ino}"


def _settled(paths: Collection[Path]) -> list[Path]:
    """Those files that nobody is writing any more."""
    ages = {path: age for path in paths if (age := _age(path)) is not None}
    fresh = any(age < GIVEN_UP for age in ages.values())
    writing = _open_to_write() if fresh else set()
    return [
        path
        for path, age in ages.items()
        if age >= GIVEN_UP or (age >= SETTLED and path.resolve() not in writing)
    ]


def _age(path: Path) -> float | None:
    """Seconds since a file was written, at least; None where it is gone."""
    try:
        stat = path.stat()
    except OSError:
        return None
    seconds = time.time() - max(stat.st_mtime, stat.st_ctime)
    return seconds if seconds >= 0 else GIVEN_UP  # its clock is ahead of ours


def _open_to_write() -> set[Path]:
    """The files that processes which we may look into hold open to write (on Linux)."""
    found = set()
    for process in psutil.process_iter():
        try:
            for file in process.open_files():
                if getattr(file, "mode", "r") != "r":
                    found.add(Path(file.path))
        except (psutil.Error, OSError):
            continue
    return found
