"""A library in a folder: a SQLite database, and the FAISS indexes derived from it."""

import logging
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from stat import S_ISREG

from index.embedding.base import ModelInfo
from index.errors import StoreError
from index.store.base import Store
from index.store.sqlite.articles import SqliteArticles
from index.store.sqlite.bm25 import SqliteBM25Search, merge_full_text_segments
from index.store.sqlite.change_log import SqliteChangeLog
from index.store.sqlite.database import Database
from index.store.sqlite.database_file import DatabaseBusyError
from index.store.sqlite.dense_search import SqliteDenseSearch
from index.store.sqlite.faiss_indexes import KIND, FaissIndexes
from index.store.sqlite.near_duplicates import SqliteNearDuplicates
from index.store.sqlite.phrase_search import SqlitePhraseSearch
from index.store.sqlite.rebuild import SqliteRebuild
from index.store.sqlite.recent_changes import SqliteRecentChanges
from index.store.sqlite.replacement import LIBRARY_FILENAME, require_library
from index.store.sqlite.rows import model_in_role
from index.store.sqlite.soundness import ArticleReader
from index.store.sqlite.tracked_files import SqliteTrackedFiles
from index.store.sqlite.verify import find_problems
from index.store.sqlite.vocabulary import SqliteVocabulary
from index.store.values import Count, Totals

log = logging.getLogger(__name__)


class SqliteStore(Store):
    """The store on one machine: ``library.sqlite`` and, derived from it, ``faiss/``.

    Args:
        folder: the library's folder, created if it is missing and ``create`` is True.

    Raises:
        MissingLibraryError: there is no library in the folder and ``create`` is False.
        StoreError: the folder cannot be used.
        DamagedLibraryError: the file in it is not a library, or is broken.
    """

    def __init__(self, folder: Path, *, create: bool = True) -> None:
        path = folder / LIBRARY_FILENAME
        try:
            if not create:
                require_library(folder)
            folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise StoreError(
                f"The library folder {folder} cannot be used: {error.strerror}."
            ) from error
        self._folder = folder
        self._database = Database(path)
        self._indexes = FaissIndexes(self._database, folder / "faiss")
        self._closed = False
        reader = ArticleReader(self._database)
        self.articles = SqliteArticles(self._database, self._indexes, reader)
        self.changes = SqliteChangeLog(self._database)
        self.near_duplicates = SqliteNearDuplicates(self._database, reader)
        self.dense = SqliteDenseSearch(self._database, self._indexes)
        self.bm25 = SqliteBM25Search(self._database)
        self.phrases = SqlitePhraseSearch(self._database, self.articles)
        self.vocabulary = SqliteVocabulary(self._database)
        self.tracked_files = SqliteTrackedFiles(self._database)
        self.rebuild = SqliteRebuild(self._database, self.articles, self._indexes)
        self.recent = SqliteRecentChanges(self._database, self.articles, reader)

    @property
    def generation(self) -> int:
        ((generation,),) = self._database.read("SELECT value FROM meta WHERE key = 'generation'")
        return int(generation)

    @property
    def model(self) -> ModelInfo | None:
        return model_in_role(self._database, "model")

    def flush(self) -> None:
        merge_full_text_segments(self._database)
        self._indexes.update()
        self._indexes.save()

    def problems(self) -> Iterator[str]:
        return find_problems(self._database, self._indexes)

    def totals(self) -> Totals:
        found = self._database.read(
            "SELECT name, articles, sentences FROM collections WHERE articles > 0 ORDER BY name"
        )
        return Totals(
            collections={name: Count(articles, sentences) for name, articles, sentences in found},
            bytes=sum(map(_size, self._folder.rglob("*"))),
            index_kind=f"FAISS, one for each collection: {KIND}",
            rebuilding=model_in_role(self._database, "building"),
            has_outdated_sentences=bool(
                self._database.read("SELECT 1 FROM meta WHERE key = 'outdated_sentences'")
            ),
        )

    def close(self) -> None:
        if not self._closed:
            self._closed = True
            try:
                # Who has only read should not wait for a writer: the next one saves them.
                with suppress(DatabaseBusyError):
                    self._indexes.save(wait=False)
            except StoreError as error:  # they are built again from the database
                log.warning("The vector indexes have not been saved: %s", error)
            finally:
                self._database.close()


def _size(path: Path) -> int:
    """The size of a file in bytes; 0 for folders and for files that have just been removed, as an
    index's temporary file is when the index is saved."""
    try:
        status = path.stat()
    except FileNotFoundError:
        return 0
    return status.st_size if S_ISREG(status.st_mode) else 0
