"""Folder sync: keeps the articles of a collection identical to the files of a folder."""

import os
import shlex
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path

from index.article import SHARED, Article
from index.errors import SourceError
from index.ingest.adding import ADD_BATCH_SIZE, AddAll, Addition
from index.ingest.file_versions import fingerprint_of, settled
from index.ingest.held_files import HELD, held_articles, is_mass_removal
from index.ingest.moved_articles import at_its_address
from index.sources import Listing, UnreadableError, files_in, read_path, unreadable
from index.store import Store, TrackedFile


@dataclass(frozen=True, slots=True)
class SyncResult:
    """The result of syncing some files: articles added or updated, articles removed, errors, and
    sentences about what a person has to decide."""

    additions: Sequence[Addition] = ()
    removed: Sequence[Article] = ()
    refused: Sequence[SourceError] = ()
    warnings: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class _FileItem:
    """An article or an error in a file or, after the last one, the file's fingerprint."""

    path: Path
    item: Article | SourceError | str


class FolderSync:
    """Keeps the articles of a collection identical to the files of a folder; others stay.

    The state of the files is stored in the library, so that a sync resumes after a crash at any
    moment: a file's articles are recorded before the first of them is added, and articles that it
    no longer has are removed after the last one. What cannot be read or listed keeps its articles,
    and if most of them would go at once, they are held back (see ``held_files``).

    Attributes:
        folder: the absolute path of the folder.
        pending: whether there is work to do even if no file changes.
        incomplete: whether something cannot be read or is held back, which may end without a change
            in the folder.
        remaining: the number of files that the sync in progress has not read yet.
    """

    def __init__(self, store: Store, add_all: AddAll, folder: Path, collection: str) -> None:
        self._store = store
        self._add_all = add_all
        self._collection = collection
        self.folder = Path(os.path.realpath(folder))  # Path.resolve raises for a loop of links
        self.pending = True
        self.incomplete = False
        self.remaining = 0
        self._unfinished = False
        self._started = False
        self._unreadable: set[str] = set()  # the errors of the last sync
        self._held: set[Path] = set()  # the files that a warning was about

    def sync(self) -> Iterator[SyncResult]:
        """Sync what has changed in the folder, in batches of articles.

        Files that are still being written are left for the next sync; see ``pending``. An
        unreadable file is reported once until it changes, and its previous articles stay.

        Raises:
            EncoderError, ModelMismatchError, StoreError: as ``Library.add``.
            SourceError: the folder does not exist or cannot be read.
        """
        listing = self._list()
        known = self._known()
        present = {path: fingerprint_of(path) for path in listing.files}
        changed = {
            path: fingerprint
            for path, fingerprint in present.items()
            if fingerprint and (path not in known or known[path].fingerprint != fingerprint)
        }
        missing = [p for p in listing.missing(known) if known[p].fingerprint != HELD]
        if is_mass_removal(missing, known):
            self._save([replace(known[path], fingerprint=HELD) for path in missing], known)
            missing = []
        ready = settled(changed)
        self.pending = True  # until this sync is complete
        self._unfinished = len(ready) < len(changed)
        self.remaining = len(ready)
        reported, self._unreadable = self._unreadable, set()
        if refused := self._unreported(listing.errors, reported):
            yield SyncResult(refused=refused)
        yield from self._read_changed(ready, known, reported)
        self.remaining = 0  # including files that disappeared in the meantime
        held = {path for path, file in known.items() if file.fingerprint == HELD}
        if held and not held_articles(known.values()):  # they were renamed
            missing, held = [*missing, *held], set()
        yield from self._remove_missing(missing, known)
        self.pending = self._unfinished
        self.incomplete = bool(held or self._unreadable)
        if not self.pending:  # else they may have been renamed, and are not read yet
            yield from self._warn(held, known)

    def accept_removals(self) -> Iterator[SyncResult]:
        """Remove the articles that are held back, unless their files are there again.

        Raises StoreError; SourceError: the folder does not exist or cannot be read.
        """
        listing = self._list()
        known = self._known()
        missing = [p for p in listing.missing(known) if known[p].fingerprint == HELD]
        yield from self._remove_missing(missing, known)

    def held_articles(self) -> int:
        """The number of articles that are held back. Raises StoreError."""
        return len(held_articles(self._tracked()))

    @property
    def accept_command(self) -> str:
        """The command line that calls ``accept_removals``."""
        words = ["python", "-m", "index", "watch", str(self.folder)]
        if self._collection != SHARED:
            words += ["--collection", self._collection]
        return shlex.join([*words, "--accept-removals"])

    def require_folder(self) -> None:
        """Raises SourceError if the folder does not exist or cannot be read."""
        try:
            is_folder = self.folder.is_dir()
        except OSError as error:
            raise unreadable(self.folder, error) from error
        if not is_folder:
            raise SourceError(f"{self.folder}: there is no such folder.")

    def _known(self) -> dict[Path, TrackedFile]:
        """The tracked files of the folder. The first time, files are read again whose articles have
        been removed from the library."""
        known = {file.path: file for file in self._tracked()}
        if not self._started:
            self._started = True
            for path, file in known.items():
                if file.fingerprint != HELD and any(
                    self._store.articles.content_hash(article) is None for article in file.articles
                ):
                    known[path] = replace(file, fingerprint=None)
        return known

    def _tracked(self) -> list[TrackedFile]:
        files = self._store.tracked_files.of(self._collection)
        return [file for file in files if file.path.is_relative_to(self.folder)]

    def _list(self) -> Listing:
        """The files in the folder. Raises SourceError if it does not exist or cannot be read."""
        self.require_folder()
        listing = files_in(self.folder)
        if error := listing.unreadable.get(self.folder):
            raise unreadable(self.folder, error) from error
        return listing

    def _unreported(
        self, errors: Iterable[SourceError], reported: Collection[str]
    ) -> list[SourceError]:
        """The errors without those that the last sync has already reported."""
        errors = list(errors)
        self._unreadable |= {str(error) for error in errors if isinstance(error, UnreadableError)}
        return [error for error in errors if str(error) not in reported]

    def _read_changed(
        self, paths: Collection[Path], known: dict[Path, TrackedFile], reported: Collection[str]
    ) -> Iterator[SyncResult]:
        """Read files and add their articles, in batches that may span several files."""
        items = self._read(paths)
        ids: dict[Path, set[str]] = {}  # of the articles in files that are being read
        failed: set[Path] = set()  # files that could not be read to the end
        while batch := list(islice(items, ADD_BATCH_SIZE)):
            for read in batch:
                in_file = ids.setdefault(read.path, set())
                if isinstance(read.item, Article):
                    in_file.add(read.item.id)
                elif isinstance(read.item, UnreadableError):
                    failed.add(read.path)
            in_progress = [
                self._in_progress(path, ids[path], known) for path in {r.path for r in batch}
            ]
            self._save(in_progress, known)
            added = list(self._add_all(r.item for r in batch if isinstance(r.item, Article)))
            errors = (read.item for read in batch if isinstance(read.item, SourceError))
            refused = self._unreported(errors, reported)
            removed: list[Article] = []
            for read in batch:
                if isinstance(read.item, str):
                    self.remaining -= 1
                    in_file = ids.pop(read.path)
                    if read.path not in failed:  # it is tried again, and keeps its articles
                        removed += self._finish(read.path, read.item, in_file, known)
            yield SyncResult(added, removed, refused)

    def _read(self, paths: Collection[Path]) -> Iterator[_FileItem]:
        for path in paths:
            fingerprint = fingerprint_of(path)
            if fingerprint is None:  # deleted in the meantime
                continue
            for item in read_path(path, self._collection):
                if isinstance(item, Article):
                    item = at_its_address(self._store, item)
                yield _FileItem(path, item)
            yield _FileItem(path, fingerprint)

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
        if fingerprint_of(path) != fingerprint:  # written to in the meantime
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
                there = [file for file in others if file.fingerprint != HELD]
                self._save([replace(file, fingerprint=None) for file in there], known)
                self._unfinished = self._unfinished or bool(there)
                continue
            article = self._store.articles.get(article_id, even_damaged=True)
            if article and self._store.articles.remove(article_id):
                removed.append(article)
        return removed

    def _warn(self, held: set[Path], known: dict[Path, TrackedFile]) -> Iterator[SyncResult]:
        """Warn of files that are held back, if there are other ones than last time."""
        if not held <= self._held:
            count = len(held_articles(known.values()))
            yield SyncResult(
                warnings=[
                    f"The files of {count:,} article{'' if count == 1 else 's'}, most of"
                    f" {self.folder}, are no longer there. The articles are kept, since a drive may"
                    f" not be mounted. To remove them, run: {self.accept_command}"
                ]
            )
        self._held = held

    def _save(self, files: Sequence[TrackedFile], known: dict[Path, TrackedFile]) -> None:
        self._store.tracked_files.save(self._collection, files)
        known.update({file.path: file for file in files})
