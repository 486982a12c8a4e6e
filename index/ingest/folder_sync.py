"""Folder sync: keeps the articles of a collection identical to the files of a folder."""

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
from index.ingest.adding import ADD_BATCH_SIZE, AddAll, Addition
from index.sources import files_in, read_path
from index.store import Store, TrackedFile

SETTLE_SECONDS = 1.0
"""Time since the last write after which a file is read."""

MAX_SETTLE_SECONDS = 60.0
"""Time after which a file is read even if a process still has it open for writing."""

DEBOUNCE_MS = 200
POLL_MS = 500
"""Milliseconds between checks for files that were not settled."""


@dataclass(frozen=True, slots=True)
class SyncResult:
    """The result of syncing some files: articles added or updated, articles removed, and errors."""

    additions: Sequence[Addition] = ()
    removed: Sequence[Article] = ()
    refused: Sequence[SourceError] = ()


@dataclass(frozen=True, slots=True)
class _FileItem:
    """An article or an error in a file or, after the last one, the file's fingerprint."""

    path: Path
    item: Article | SourceError | str


class FolderSync:
    """Keeps the articles of a collection identical to the files of a folder; others stay.

    The state of the files is stored in the library, so that a sync resumes after a crash at any
    moment: a file's articles are recorded before the first of them is added, and articles that it
    no longer has are removed after the last one.

    Attributes:
        folder: the absolute path of the folder.
        pending: whether there is work to do even if no file changes.
        remaining: the number of files that the sync in progress has not read yet.
    """

    def __init__(self, store: Store, add_all: AddAll, folder: Path, collection: str) -> None:
        self._store = store
        self._add_all = add_all
        self._collection = collection
        self.folder = folder.resolve()
        self.pending = True
        self.remaining = 0
        self._unfinished = False
        self._started = False

    def sync(self) -> Iterator[SyncResult]:
        """Sync what has changed in the folder, in batches of articles.

        Files that are still being written are left for the next sync; see ``pending``. An
        unreadable file is reported once until it changes, and its previous articles stay.

        Raises:
            EncoderError, ModelMismatchError, StoreError: as ``Library.add``.
            SourceError: the folder does not exist.
        """
        self.require_folder()
        known = self._known()
        present = {path: _fingerprint(path) for path in files_in(self.folder)}
        changed = {
            path: fingerprint
            for path, fingerprint in present.items()
            if fingerprint and (path not in known or known[path].fingerprint != fingerprint)
        }
        ready = _settled(changed)
        self.pending = True  # until this sync is complete
        self._unfinished = len(ready) < len(changed)
        self.remaining = len(ready)
        yield from self._read_changed(ready, known)
        self.remaining = 0  # including files that disappeared in the meantime
        yield from self._remove_missing([path for path in known if path not in present], known)
        self.pending = self._unfinished

    def require_folder(self) -> None:
        """Raises SourceError if the folder does not exist."""
        if not self.folder.is_dir():
            raise SourceError(f"{self.folder}: there is no such folder.")

    def _known(self) -> dict[Path, TrackedFile]:
        """The tracked files of the folder. The first time, files are read again whose articles have
        been removed from the library."""
        known = {
            file.path: file
            for file in self._store.tracked_files.of(self._collection)
            if file.path.is_relative_to(self.folder)
        }
        if not self._started:
            self._started = True
            for path, file in known.items():
                if any(
                    self._store.articles.content_hash(article) is None for article in file.articles
                ):
                    known[path] = replace(file, fingerprint=None)
        return known

    def _read_changed(
        self, paths: Collection[Path], known: dict[Path, TrackedFile]
    ) -> Iterator[SyncResult]:
        """Read files and add their articles, in batches that may span several files."""
        items = _read(paths, self._collection)
        ids: dict[Path, set[str]] = {}  # of the articles in files that are being read
        while batch := list(islice(items, ADD_BATCH_SIZE)):
            for read in batch:
                in_file = ids.setdefault(read.path, set())
                if isinstance(read.item, Article):
                    in_file.add(read.item.id)
            in_progress = [
                self._in_progress(path, ids[path], known) for path in {r.path for r in batch}
            ]
            self._save(in_progress, known)
            added = list(self._add_all(r.item for r in batch if isinstance(r.item, Article)))
            refused = [read.item for read in batch if isinstance(read.item, SourceError)]
            removed: list[Article] = []
            for read in batch:
                if isinstance(read.item, str):
                    self.remaining -= 1
                    removed += self._finish(read.path, read.item, ids.pop(read.path), known)
            yield SyncResult(added, removed, refused)

    def _in_progress(
        self, path: Path, ids: set[str], known: dict[Path, TrackedFile]
    ) -> TrackedFile:
        """The state of a file that is being read: the articles that it had and has."""
        before = known[path].articles if path in known else frozenset()
        return TrackedFile(path, None, before | ids)

    def _finish(
        self, path: Path, fingerprint: str, ids: set[str], known: dict[Path, TrackedFile]
    ) -> list[Article]:
        """Remove the articles that a file no longer has; all stay if it has become unreadable."""
        if not ids:
            ids = set(known[path].articles)
        removed = self._remove(known[path].articles - ids, path, known)
        if _fingerprint(path) != fingerprint:  # written to in the meantime
            self._unfinished = True
            return removed
        self._save([TrackedFile(path, fingerprint, frozenset(ids))], known)
        return removed

    def _remove_missing(
        self, missing: Sequence[Path], known: dict[Path, TrackedFile]
    ) -> Iterator[SyncResult]:
        for path in missing:
            removed = self._remove(known[path].articles, path, known)
            self._store.tracked_files.delete(self._collection, [path])
            del known[path]
            yield SyncResult(removed=removed)

    def _remove(
        self, ids: Collection[str], path: Path, known: dict[Path, TrackedFile]
    ) -> list[Article]:
        """Remove articles that a file no longer has. If another file has one too, that file is read
        again instead, since its version may differ."""
        removed = []
        for article_id in ids:
            others = [f for f in known.values() if article_id in f.articles and f.path != path]
            if others:
                self._save([replace(file, fingerprint=None) for file in others], known)
                self._unfinished = True
                continue
            article = self._store.articles.get(article_id, even_damaged=True)
            if article and self._store.articles.remove(article_id):
                removed.append(article)
        return removed

    def _save(self, files: Sequence[TrackedFile], known: dict[Path, TrackedFile]) -> None:
        self._store.tracked_files.save(self._collection, files)
        known.update({file.path: file for file in files})


def watch_folder(
    folder_sync: FolderSync, stop: Event | None = None
) -> Iterator[Iterator[SyncResult]]:
    """Sync a folder now and whenever it changes, until ``stop`` is set.

    Raises:
        SourceError: the folder does not exist.
    """
    folder_sync.require_folder()
    # The first sync comes after watching has started, so that no change is missed.
    for changes in watch(
        folder_sync.folder,
        watch_filter=None,  # ``files_in`` decides which files are read
        debounce=DEBOUNCE_MS,
        rust_timeout=POLL_MS,
        yield_on_timeout=True,
        stop_event=stop,
    ):
        if changes or folder_sync.pending:
            yield folder_sync.sync()


def _read(paths: Collection[Path], collection: str) -> Iterator[_FileItem]:
    for path in paths:
        fingerprint = _fingerprint(path)
        if fingerprint is None:  # deleted in the meantime
            continue
        for item in read_path(path, collection):
            yield _FileItem(path, item)
        yield _FileItem(path, fingerprint)


def _fingerprint(path: Path) -> str | None:
    """Identifies the version of a file; None if there is no such file."""
    try:
        stat = path.stat()
    except OSError:
        return None
    # The change time includes changes of permissions, so that an unreadable file is tried again.
    return f"{stat.st_mtime_ns}-{stat.st_ctime_ns}-{stat.st_size}-{stat.st_ino}"


def _settled(paths: Collection[Path]) -> list[Path]:
    """The files that are no longer being written."""
    ages = {path: age for path in paths if (age := _age(path)) is not None}
    recent = any(age < MAX_SETTLE_SECONDS for age in ages.values())
    writing = _open_for_writing() if recent else set()
    return [
        path
        for path, age in ages.items()
        if age >= MAX_SETTLE_SECONDS or (age >= SETTLE_SECONDS and path.resolve() not in writing)
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
    paths = set()
    for process in psutil.process_iter():
        try:
            for file in process.open_files():
                if getattr(file, "mode", "r") != "r":
                    paths.add(Path(file.path))
        except (psutil.Error, OSError):
            continue
    return paths
