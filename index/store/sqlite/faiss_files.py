"""The files of FAISS indexes, derived from the vectors in the database.

A file is a cache, written to a temporary file, fsynced and renamed. Its name is made of the
collection's key and generation. The database holds its SHA-256, and a file with another one is
never read: what is damaged, foreign, outdated or from the future is deleted, and the index is
rebuilt from the stored vectors.
"""

import hashlib
import logging
import os
from pathlib import Path

import faiss
import numpy as np

from index.errors import StoreError
from index.store.sqlite.database import Database
from index.store.sqlite.fsync import fsync_folder
from index.store.vector_index.base import VectorIndex
from index.store.vector_index.flat import FlatIndex
from index.store.vector_index.ivf import IVFIndex

log = logging.getLogger(__name__)


class FaissFiles:
    """The index files of one library, in a folder that is created with the first."""

    def __init__(self, database: Database, folder: Path) -> None:
        self._database = database
        self._folder = folder
        self.discarded: list[Path] = []
        """Files that did not match the database and were not read."""

    def read(self, collection: int, model: int) -> tuple[VectorIndex, int] | None:
        """The index of a collection, given by its key, and the generation that it covers; None if
        there is no file that matches the database."""
        found = self._database.read(
            "SELECT generation, sha256 FROM index_files WHERE collection = ? AND model = ?",
            (collection, model),
        )
        if found:
            ((generation, sha256),) = found
            path = self._path(collection, generation)
            try:
                content = path.read_bytes()
            except OSError:
                return None
            if hashlib.sha256(content).hexdigest() == sha256:
                return read_index(content), generation
            self.discarded.append(path)
        if self._database.read_only:
            return None
        # Other files were left by a rebuild, a crash, or another program.
        for path in self._folder.glob(f"{collection}-*.faiss"):
            _unlink(path)
        return None

    def write(
        self, collection: int, index: VectorIndex, generation: int, model: int, *, wait: bool
    ) -> None:
        """Write the index of a collection, replacing the previous one.

        If that is impossible, it is logged: the index is built again when it is needed.

        Args:
            wait: for other writers of the database.

        Raises DatabaseBusyError if there is another writer and ``wait`` is False.
        """
        content = index.to_bytes()
        path = self._path(collection, generation)
        with self._database.transaction(wait=wait) as tx:  # so that no other process writes a file
            try:
                self._folder.mkdir(exist_ok=True)
                for unfinished in self._folder.glob("*.tmp"):  # of processes that were killed
                    _unlink(unfinished)
                _write_durably(path, content)
            except OSError as error:
                log.warning(
                    "The vector index %s cannot be written: %s. Questions are answered without it,"
                    " but the library opens more slowly. Make the folder writable, or move away"
                    " what is in the place of the file.",
                    path,
                    error.strerror,
                )
                return
            tx.execute(
                "INSERT OR REPLACE INTO index_files SELECT ?, ?, key, ? FROM models WHERE key = ?",
                (collection, generation, hashlib.sha256(content).hexdigest(), model),
            )
            tx.execute(  # unless another process has removed more in the meantime
                "DELETE FROM removed_sentences WHERE collection = ? AND ? ="
                " (SELECT generation FROM collections WHERE key = removed_sentences.collection)",
                (collection, generation),
            )
        for other in self._folder.glob(f"{collection}-*.faiss"):
            if other != path:
                _unlink(other)

    def delete(self, collection: int) -> None:
        """Delete the files of a collection, given by its key. Raises: StoreError."""
        try:
            for path in self._folder.glob(f"{collection}-*"):
                path.unlink(missing_ok=True)
        except OSError as error:
            raise StoreError(f"The vector index {path} cannot be deleted: {error}.") from error
        with self._database.transaction() as tx:
            tx.execute("DELETE FROM index_files WHERE collection = ?", (collection,))
            tx.execute("DELETE FROM removed_sentences WHERE collection = ?", (collection,))

    def _path(self, collection: int, generation: int) -> Path:
        return self._folder / f"{collection}-{generation}.faiss"


def read_index(content: bytes) -> VectorIndex:
    """The inverse of ``VectorIndex.to_bytes``."""
    index = faiss.deserialize_index(np.frombuffer(content, dtype=np.uint8))
    return FlatIndex(index) if isinstance(index, faiss.IndexIDMap2) else IVFIndex(index)


def _write_durably(path: Path, content: bytes) -> None:
    """Write a file that is there as a whole or not at all, even after a power failure."""
    temporary = path.with_name(f"{path.name}.tmp")
    try:
        with temporary.open("wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        temporary.replace(path)
    except OSError:
        _unlink(temporary)
        raise
    fsync_folder(path.parent)


def _unlink(path: Path) -> None:
    """Delete a file if possible: it is never read, and only takes space."""
    try:
        path.unlink(missing_ok=True)
    except OSError as error:
        log.warning("%s cannot be deleted: %s", path, error.strerror)
