"""The files of FAISS indexes, beside the rows that they are derived from.

A file is a cache: written whole, fsynced, then renamed, and named after its collection's key and
generation. The rows hold its SHA-256, and no file whose bytes differ is ever read: one that is
damaged, foreign or older or newer than the rows know is thrown away, and the index is built again
from the stored vectors.
"""

import hashlib
import os
import time
from pathlib import Path

import faiss
import numpy as np

from index.errors import StoreError
from index.store.sqlite.database import Database
from index.store.vector_index.base import VectorIndex
from index.store.vector_index.flat import ExactIndex
from index.store.vector_index.ivf import ClusteredIndex

ABANDONED_AFTER = 3600.0
"""Seconds after which a half-written file is taken to be a killed process's."""


class IndexFiles:
    """The files of one library, in a folder that is made with the first."""

    def __init__(self, database: Database, folder: Path) -> None:
        self._database = database
        self._folder = folder
        self.discarded: list[Path] = []
        """Files that were thrown away because they were not what the rows say."""

    def read(self, collection: int, model: int) -> tuple[VectorIndex, int] | None:
        """The index of a collection (by its key) and the generation of rows that it covers; None
        if there is no file that the rows vouch for."""
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
        # Files that the rows don't know were left by a rebuild, a crash, or somebody else.
        for path in self._folder.glob(f"{collection}-*.faiss"):
            path.unlink(missing_ok=True)
        return None

    def write(self, collection: int, index: VectorIndex, generation: int, model: int) -> None:
        """Keep the index of a collection in place of the one before. Raises: StoreError."""
        content = index.to_bytes()
        path = self._path(collection, generation)
        try:
            self._folder.mkdir(exist_ok=True)
            unfinished = path.with_name(f"{path.name}.{os.getpid()}.tmp")
            with unfinished.open("wb") as file:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
            unfinished.replace(path)
            _fsync_folder(self._folder)
        except OSError as error:
            raise StoreError(f"The vector index {path} cannot be written: {error}.") from error
        with self._database.transaction() as rows:
            rows.execute(
                "INSERT OR REPLACE INTO index_files SELECT ?, ?, key, ? FROM models WHERE key = ?",
                (collection, generation, hashlib.sha256(content).hexdigest(), model),
            )
            rows.execute(  # but what another process has removed since is still to be noticed
                "DELETE FROM removed_sentences WHERE collection = ? AND ? ="
                " (SELECT generation FROM collections WHERE key = removed_sentences.collection)",
                (collection, generation),
            )
        for other in self._folder.glob(f"{collection}-*"):
            if other != path and (other.suffix == ".faiss" or _is_abandoned(other)):
                other.unlink(missing_ok=True)

    def _path(self, collection: int, generation: int) -> Path:
        return self._folder / f"{collection}-{generation}.faiss"


def read_index(content: bytes) -> VectorIndex:
    """The index that ``VectorIndex.to_bytes`` was of."""
    index = faiss.deserialize_index(np.frombuffer(content, dtype=np.uint8))
    return ExactIndex(index) if isinstance(index, faiss.IndexIDMap2) else ClusteredIndex(index)


def _is_abandoned(unfinished: Path) -> bool:
    try:
        return time.time() - unfinished.stat().st_mtime > ABANDONED_AFTER
    except FileNotFoundError:  # finished, and renamed, at this very moment
        return False


def _fsync_folder(folder: Path) -> None:
    """Make a rename in ``folder`` survive a power cut, where the system can do that."""
    if os.name == "posix":
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
