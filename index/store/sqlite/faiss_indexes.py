"""FAISS indexes, one for each collection, derived from the vectors in the database. They lack the
sentences that are boilerplate.

A small collection has a flat index, a large one a clustered one. An index that outgrows its kind is
replaced when it is saved, not when it is searched: training clusters takes longer than a question
should wait.
"""

import threading
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from index.embedding.base import Vectors
from index.errors import DamagedLibraryError
from index.store.sqlite.database import Database
from index.store.sqlite.faiss_files import FaissFiles
from index.store.sqlite.vectors import stored_vectors
from index.store.values import Hit
from index.store.vector_index.base import Keys, VectorIndex
from index.store.vector_index.flat import FlatIndex
from index.store.vector_index.ivf import IVFIndex, cluster_count, training_size

CLUSTERING_THRESHOLD = 50_000
"""Sentences from which a collection has a clustered index; below, a flat one is about as fast
(docs/speed.md)."""

RETRAIN_FACTOR = 4
"""An index is retrained when it has grown by this factor since it was trained."""

RESCORE_FACTOR = 2
"""Hits of an approximate search that are rescored by their exact vectors, as a multiple of the
limit."""

MIN_RESCORED = 60
"""Hits that are rescored whatever the limit."""

KIND = f"exact up to {CLUSTERING_THRESHOLD:,} sentences, clustered from there on"
CHUNK_SIZE = 50_000
"""Vectors that are read from the database at a time."""


@dataclass
class _Loaded:
    """A collection's index in memory, and the generation and model that it covers."""

    index: VectorIndex
    generation: int
    model: int
    saved: bool


@dataclass(frozen=True, slots=True)
class _State:
    """The state of a collection in the database, and the key of the model in use."""

    model: int
    width: int
    generation: int
    sentences: int


class FaissIndexes:
    """The FAISS indexes of one library, each loaded when it is first searched and kept current."""

    def __init__(self, database: Database, folder: Path) -> None:
        self._database = database
        self._files = FaissFiles(database, folder)
        self._loaded: dict[int, _Loaded] = {}
        self._lock = threading.Lock()

    @property
    def discarded(self) -> list[Path]:
        """Files that did not match the database and were not read."""
        return self._files.discarded

    def search(
        self, vector: Vectors, collection: int, limit: int, among: Keys | None = None
    ) -> list[Hit]:
        """The sentences of a collection, given by its key, nearest to a unit vector, best first.

        Args:
            among: the keys that the search is restricted to; None: all.
        """
        with ExitStack() as stack:
            with self._lock:
                # Rescoring reads the same state, even if a rebuild is finished in between.
                stack.enter_context(self._database.snapshot())
                loaded = self._current(collection)
                wanted = limit if loaded.index.exact else max(RESCORE_FACTOR * limit, MIN_RESCORED)
                keys, scores = loaded.index.search(vector, wanted, among)
            if not loaded.index.exact:
                keys, scores = self._rescored(vector, keys, loaded.model)
        best = zip(keys[:limit].tolist(), scores[:limit].tolist(), strict=True)
        return [Hit(key, score) for key, score in best]

    def _rescored(self, vector: Vectors, keys: Keys, model: int) -> tuple[Keys, Vectors]:
        """Existing hits in the order of their exact cosines."""
        present, vectors = stored_vectors(self._database, keys.tolist(), model)
        scores = vectors @ vector
        order = np.argsort(-scores, kind="stable")
        return np.array(present, dtype=np.int64)[order], scores[order]

    def problem(self, collection: int) -> str | None:
        """The problem with a collection's index, as the end of a sentence."""
        with self._lock, self._database.snapshot():
            loaded = self._current(collection)
            stored = self._stored_keys(collection, loaded.model, above=0)
            if not np.array_equal(np.sort(loaded.index.keys()), stored):
                return "does not hold the sentences of the database"
            if not loaded.index.holds(self._in_chunks(stored, loaded.model)):
                return "holds other vectors than the database"
        return None

    def delete_empty(self) -> None:
        """Delete the indexes of collections that no longer have sentences."""
        empty = self._database.read(
            "SELECT c.key FROM collections AS c JOIN index_files AS f ON f.collection = c.key"
            " WHERE c.sentences = 0"
        )
        with self._lock:
            for (collection,) in empty:
                self._loaded.pop(collection, None)
                self._files.delete(collection)

    def update(self) -> None:
        """Load and update the index of each collection whose file is outdated."""
        self.delete_empty()
        behind = self._database.read(
            "SELECT c.key FROM collections AS c LEFT JOIN index_files AS f ON f.collection = c.key"
            " WHERE c.sentences > 0 AND f.generation IS NOT c.generation"
        )
        with self._lock:
            for (collection,) in behind:
                self._current(collection)

    def save(self, *, wait: bool = True) -> None:
        """Write the indexes that have changed since they were read or written.

        An index that has outgrown its kind or its clusters is replaced first.

        Args:
            wait: for other writers of the database; else, if there is one, a DatabaseBusyError is
                raised.
        """
        if self._database.read_only:
            return
        for collection, loaded in list(self._loaded.items()):
            if not loaded.saved and _is_outgrown(loaded.index) and self._is_in_use(loaded.model):
                renewed = self._build(collection)  # without the lock: searches go on
                with self._lock:
                    self._loaded[collection] = renewed
        with self._lock:
            for collection, loaded in self._loaded.items():
                if not loaded.saved and self._is_in_use(loaded.model):
                    self._files.write(
                        collection, loaded.index, loaded.generation, loaded.model, wait=wait
                    )
                    loaded.saved = True

    def clear(self) -> None:
        """Drop all indexes from memory."""
        with self._lock:
            self._loaded.clear()

    def _current(self, collection: int) -> _Loaded:
        """The up-to-date index of a collection: from memory, from its file, or built."""
        with self._database.snapshot():
            state = self._state(collection)
            loaded = self._loaded.get(collection)
            if loaded is None or loaded.model != state.model:
                read = self._files.read(collection, state.model)
                loaded = read and _Loaded(*read, state.model, saved=True)
            if loaded is None or _is_shrunk(loaded.index, state.sentences):
                loaded = self._build(collection)
            self._loaded[collection] = loaded
            if loaded.generation != state.generation:
                self._update(loaded, collection, state.sentences - self._boilerplate(collection))
                loaded.generation, loaded.saved = state.generation, False
        return loaded

    def _state(self, collection: int) -> _State:
        found = self._database.read(
            "SELECT m.key, m.width, c.generation, c.sentences FROM models AS m, collections AS c"
            " WHERE m.key = (SELECT value FROM meta WHERE key = 'model') AND c.key = ?",
            (collection,),
        )
        if not found or not all(isinstance(value, int) for value in found[0]):
            raise DamagedLibraryError(
                f"{self._database.path} does not say which model its vectors come from."
                f" {self._database.remedy}"
            )
        return _State(*found[0])

    def _build(self, collection: int) -> _Loaded:
        """Build the index of a collection, of the kind that suits its size."""
        with self._database.snapshot():
            state = self._state(collection)
            keys = self._stored_keys(collection, state.model, above=0)
            index: VectorIndex
            if len(keys) < CLUSTERING_THRESHOLD:
                index = FlatIndex.empty(state.width)
            else:
                random = np.random.default_rng(collection)
                chosen = np.sort(random.choice(keys, training_size(len(keys)), replace=False))
                _, sample = stored_vectors(self._database, chosen.tolist(), state.model)
                index = IVFIndex.train(sample, len(keys))
            self._add(index, keys, state.model)
            return _Loaded(index, state.generation, state.model, saved=False)

    def _update(self, loaded: _Loaded, collection: int, expected: int) -> None:
        """Bring an index to the current generation.

        Keys are never reused, so new sentences have keys above the greatest one, and removed ones
        are recorded. All keys are compared only if the numbers do not agree after that.
        """
        index = loaded.index
        new = self._stored_keys(collection, loaded.model, above=index.newest)
        self._add(index, new, loaded.model)
        if len(index) != expected:
            index.remove(self._removed_keys(collection))
        if len(index) != expected:
            indexed, stored = index.keys(), self._stored_keys(collection, loaded.model, above=0)
            index.remove(np.setdiff1d(indexed, stored))
            self._add(index, np.setdiff1d(stored, indexed), loaded.model)

    def _boilerplate(self, collection: int) -> int:
        """The number of a collection's sentences that are boilerplate."""
        sql = "SELECT count(*) FROM boilerplate WHERE collection = ?"
        ((count,),) = self._database.read(sql, (collection,))
        return int(count)

    def _removed_keys(self, collection: int) -> Keys:
        """The keys removed from a collection since its index was last saved."""
        return _as_keys(
            self._database.read(
                "SELECT sentence FROM removed_sentences WHERE collection = ?", (collection,)
            )
        )

    def _stored_keys(self, collection: int, model: int, above: int) -> Keys:
        rows = self._database.read(
            "SELECT s.key FROM sentences AS s"
            " JOIN vectors AS v ON v.sentence = s.key AND v.model = ?"
            " WHERE s.collection = ? AND s.key > ?"
            " AND s.key NOT IN (SELECT sentence FROM boilerplate) ORDER BY s.key",
            (model, collection, above),
        )
        return _as_keys(rows)

    def _in_chunks(self, keys: Keys, model: int) -> Iterator[tuple[Keys, Vectors]]:
        for first in range(0, len(keys), CHUNK_SIZE):
            chunk = keys[first : first + CHUNK_SIZE].tolist()
            present, vectors = stored_vectors(self._database, chunk, model)
            yield np.array(present, dtype=np.int64), vectors

    def _add(self, index: VectorIndex, keys: Keys, model: int) -> None:
        for chunk, vectors in self._in_chunks(keys, model):
            index.add(chunk, vectors)

    def _is_in_use(self, model: int) -> bool:
        """Whether a model is still in use: another process may have finished a rebuild."""
        return self._database.read("SELECT value FROM meta WHERE key = 'model'") == [(model,)]


def _is_outgrown(index: VectorIndex) -> bool:
    if isinstance(index, IVFIndex):
        return cluster_count(len(index) // RETRAIN_FACTOR) > index.clusters
    return len(index) >= CLUSTERING_THRESHOLD


def _is_shrunk(index: VectorIndex, sentences: int) -> bool:
    """Whether a collection has become too small for a clustered index."""
    return isinstance(index, IVFIndex) and sentences < CLUSTERING_THRESHOLD // RETRAIN_FACTOR


def _as_keys(rows: Sequence[tuple[int]]) -> Keys:
    return np.fromiter((key for (key,) in rows), dtype=np.int64, count=len(rows))
