"""FAISS indexes, one for each collection, derived from the vectors in the rows.

A file is a cache: written whole beside the rows, fsynced, then renamed, and named after its
collection's key and generation. The rows hold its SHA-256, and no file whose bytes differ is ever
read: one that is damaged, foreign or older or newer than the rows know is thrown away, and the
index is built again from the stored vectors.
"""

import hashlib
import os
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import faiss
import numpy as np
import numpy.typing as npt

from index.encoder import Vectors
from index.errors import DamagedLibraryError, StoreError
from index.store.base import Hit
from index.store.database import Database

KIND = "Flat (exact)"
CHUNK = 50_000
ABANDONED_AFTER = 3600.0
"""Seconds after which a half-written file is taken to be a killed process's."""

Keys = npt.NDArray[np.int64]


@dataclass
class _Loaded:
    """A collection's index in memory, and the state of the rows that it covers."""

    index: faiss.IndexIDMap2
    generation: int
    model: int
    saved: bool


class VectorCache:
    """The FAISS indexes of one library, each loaded when it is first asked and kept current."""

    def __init__(self, database: Database, folder: Path) -> None:
        self._database = database
        self._folder = folder
        self._loaded: dict[int, _Loaded] = {}
        self._lock = threading.Lock()
        self.discarded: list[Path] = []
        """Files that were thrown away because they were not what the rows say."""

    def search(
        self, vector: Vectors, collection: int, limit: int, among: Keys | None = None
    ) -> list[Hit]:
        """The nearest sentences of a collection (by its key) by inner product, best first.

        Args:
            among: the keys of those that count; None: all.
        """
        selector = None if among is None else faiss.IDSelectorBatch(among)
        chosen = faiss.SearchParameters()
        chosen.sel = selector  # a bare pointer: the selector must live until the search is done
        with self._lock:
            index = self._current(collection).index
            scores, keys = index.search(
                vector.reshape(1, -1), min(limit, max(index.ntotal, 1)), params=chosen
            )
        return [
            Hit(int(key), float(score))
            for key, score in zip(keys[0], scores[0], strict=True)
            if key >= 0
        ]

    def contents(self, collection: int) -> tuple[Keys, Vectors]:
        """All that a collection's index holds, for checking: keys, and a vector for each."""
        with self._lock:
            index = self._current(collection).index
            return _keys(index), index.index.reconstruct_n(0, index.ntotal)

    def bring_up_to_date(self) -> None:
        """Load the index of each collection whose file does not cover the rows, and mend it."""
        behind = self._database.read(
            "SELECT c.key FROM collections AS c LEFT JOIN index_files AS f ON f.collection = c.key"
            " WHERE c.sentences > 0 AND f.generation IS NOT c.generation"
        )
        with self._lock:
            for (collection,) in behind:
                self._current(collection)

    def save(self) -> None:
        """Write the loaded indexes that have changed since they were last written or read."""
        with self._lock:
            for collection, loaded in self._loaded.items():
                if not loaded.saved and self._answers(loaded.model):
                    self._write(collection, loaded)
                    loaded.saved = True

    def forget(self) -> None:
        """Drop all indexes from memory."""
        with self._lock:
            self._loaded.clear()

    def _current(self, collection: int) -> _Loaded:
        with self._database.snapshot() as rows:
            model, width = rows.execute(
                "SELECT key, width FROM models"
                " WHERE key = (SELECT value FROM meta WHERE key = 'model')"
            ).fetchone()
            generation, expected = rows.execute(
                "SELECT generation, sentences FROM collections WHERE key = ?", (collection,)
            ).fetchone()
            loaded = self._loaded.get(collection)
            if loaded is None or loaded.model != model:
                loaded = self._load(collection, model) or _Loaded(
                    faiss.IndexIDMap2(faiss.IndexFlatIP(width)), -1, model, saved=False
                )
                self._loaded[collection] = loaded
            if loaded.generation != generation:
                self._catch_up(loaded, collection, expected)
                loaded.generation, loaded.saved = generation, False
        return loaded

    def _catch_up(self, loaded: _Loaded, collection: int, expected: int) -> None:
        """Bring an index to the state of the rows.

        Keys only ever grow, so what is new lies above the greatest key. Only where that does
        not make the numbers agree has something been removed, and all keys are compared.
        """
        index = loaded.index
        have = _keys(index)
        newest = int(have.max()) if len(have) else 0
        self._add(index, self._stored_keys(collection, loaded.model, above=newest), loaded.model)
        if index.ntotal == expected:
            return
        have, stored = _keys(index), self._stored_keys(collection, loaded.model, above=0)
        gone = np.setdiff1d(have, stored)
        if len(gone):
            index.remove_ids(faiss.IDSelectorBatch(gone))
        self._add(index, np.setdiff1d(stored, have), loaded.model)

    def _stored_keys(self, collection: int, model: int, above: int) -> Keys:
        rows = self._database.read(
            "SELECT s.key FROM sentences AS s"
            " JOIN vectors AS v ON v.sentence = s.key AND v.model = ?"
            " WHERE s.collection = ? AND s.key > ? ORDER BY s.key",
            (model, collection, above),
        )
        return np.fromiter((key for (key,) in rows), dtype=np.int64, count=len(rows))

    def _add(self, index: faiss.IndexIDMap2, keys: Keys, model: int) -> None:
        for first in range(0, len(keys), CHUNK):
            chunk = keys[first : first + CHUNK].tolist()
            present, vectors = stored_vectors(self._database, chunk, model)
            index.add_with_ids(vectors, np.array(present, dtype=np.int64))

    def _load(self, collection: int, model: int) -> _Loaded | None:
        """The index from its file, or None if there is none that the rows vouch for."""
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
                index = faiss.deserialize_index(np.frombuffer(content, dtype=np.uint8))
                assert isinstance(index, faiss.IndexIDMap2)
                return _Loaded(index, generation, model, saved=True)
            self.discarded.append(path)
        # Files that the rows don't know were left by a rebuild, a crash, or somebody else.
        for path in self._folder.glob(f"{collection}-*.faiss"):
            path.unlink(missing_ok=True)
        return None

    def _write(self, collection: int, loaded: _Loaded) -> None:
        content = faiss.serialize_index(loaded.index).tobytes()
        path = self._path(collection, loaded.generation)
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
                (collection, loaded.generation, hashlib.sha256(content).hexdigest(), loaded.model),
            )
        for other in self._folder.glob(f"{collection}-*"):
            if other != path and (other.suffix == ".faiss" or _is_abandoned(other)):
                other.unlink(missing_ok=True)

    def _answers(self, model: int) -> bool:
        """Whether a model is still the one that answers; another process may have rebuilt."""
        return self._database.read("SELECT value FROM meta WHERE key = 'model'") == [(model,)]

    def _path(self, collection: int, generation: int) -> Path:
        return self._folder / f"{collection}-{generation}.faiss"


def stored_vectors(
    database: Database, keys: Sequence[int], model: int
) -> tuple[list[int], Vectors]:
    """The vectors in the rows of these sentences: the keys that have one, and a row for each.

    Raises:
        DamagedLibraryError: a stored vector has not the width that it should have.
    """
    ((width,),) = database.read("SELECT width FROM models WHERE key = ?", (model,))
    found: list[tuple[int, bytes]] = []
    for first in range(0, len(keys), 500):
        some = keys[first : first + 500]
        marks = ",".join("?" * len(some))
        found += database.read(
            f"SELECT sentence, vector FROM vectors WHERE model = ? AND sentence IN ({marks})"
            " ORDER BY sentence",
            (model, *some),
        )
    if any(len(vector) != 4 * width for _, vector in found):
        raise DamagedLibraryError(
            "Vectors in the library are damaged; run `python -m index rebuild`."
        )
    joined = b"".join(vector for _, vector in found)
    return [key for key, _ in found], np.frombuffer(joined, dtype="<f4").reshape(-1, width)


def _is_abandoned(unfinished: Path) -> bool:
    try:
        return time.time() - unfinished.stat().st_mtime > ABANDONED_AFTER
    except FileNotFoundError:  # finished, and renamed, at this very moment
        return False


def _keys(index: faiss.IndexIDMap2) -> Keys:
    keys: Keys = faiss.vector_to_array(index.id_map)
    return keys


def _fsync_folder(folder: Path) -> None:
    """Make a rename in ``folder`` survive a power cut, where the system can do that."""
    if os.name == "posix":
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
