"""The files of FAISS indexes, derived from the vectors in the database.

A file is a cache, written to a temporary file, fsynced and renamed. Its name is made of the
collection's key and generation. The database holds its SHA-256, and a file with another one is
never read: what is damaged, foreign, outdated or from the future is deleted, and the index is
rebuilt from the stored vectors.
"""

import hashlib
import os
import time
from pathlib import Path

import faiss
import numpy as np

from index.errors import StoreError
from index.store.sqlite.database import BusyError, Database
from index.store.sqlite.fsync import fsync_folder
from index.store.vector_index.base import VectorIndex
from index.store.vector_index.flat import FlatIndex
from index.store.vector_index.ivf import IVFIndex

ABANDONED_SECONDS = 3600.0
"""Age from which a temporary file is taken to be left by a process that was killed."""


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
        # Other files were left by a rebuild, a crash, or another program.
        for path in self._folder.glob(f"{collection}-*.faiss"):
            path.unlink(missing_ok=True)
        return None

    def write(
        self, collection: int, index: VectorIndex, generation: int, model: int, *, wait: bool
    ) -> None:
        """Write the index of a collection, replacing the previous one.

        Args:
            wait: for other writers of the database.

        Raises StoreError; BusyError if there is another writer and ``wait`` is False.
        """
        content = index.to_bytes()
        path = self._path(collection, generation)
        try:
            self._folder.mkdir(exist_ok=True)
            temporary = path.with_name(f"{path.name}.{os.getpid()}.tmp")
            with temporary.open("wb") as file:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
            temporary.replace(path)
            fsync_folder(self._folder)
        except OSError as error:
            raise StoreError(f"The vector index {path} cannot be written: {error}.") from error
        try:
            with self._database.transaction(wait=wait) as tx:
                tx.execute(
                    "INSERT OR REPLACE INTO index_files"
                    " SELECT ?, ?, key, ? FROM models WHERE key = ?",
                    (collection, generation, hashlib.sha256(content).hexdigest(), model),
                )
                tx.execute(  # unless another process has removed more in the meantime
                    "DELETE FROM removed_sentences WHERE collection = ? AND ? = (SELECT generation"
                    " FROM collections WHERE key = removed_sentences.collection)",
                    (collection, generation),
                )
        except BusyError:
            path.unlink(missing_ok=True)  # the database does not know it
            raise
        for other in self._folder.glob(f"{collection}-*"):
            if other != path and (other.suffix == ".faiss" or _is_abandoned(other)):
                other.unlink(missing_ok=True)

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


def _is_abandoned(temporary: Path) -> bool:
    try:
        return time.time() - temporary.stat().st_mtime > ABANDONED_SECONDS
    except FileNotFoundError:  # renamed in the meantime
        return False
