"""FAISS indexes, one for each collection, derived from the vectors in the rows.

A small collection is searched exactly, a large one by clusters. What is added to an index stays of
its kind until it is saved: learning clusters takes longer than a question should wait.
"""

import threading
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from index.embedding.encoder import Vectors
from index.errors import DamagedLibraryError
from index.store.base import Hit
from index.store.sqlite.database import Database
from index.store.sqlite.faiss_files import IndexFiles
from index.store.vector_index.base import Keys, VectorIndex
from index.store.vector_index.flat import ExactIndex
from index.store.vector_index.ivf import ClusteredIndex, clusters_for, sample_for

CLUSTERED_FROM = 50_000
"""Sentences from which a collection is searched by clusters: below, all of them are compared about
as quickly (docs/speed.md)."""

OUTGROWN = 4
"""How many times more vectors than its clusters were learned for make an index learn anew."""

RESCORED = 2
"""How many times more than are wanted are compared by their true vectors, where a search is not
exact..."""

LEAST_RESCORED = 60
"""... and how many are at least."""

KIND = f"exact up to {CLUSTERED_FROM:,} sentences, clustered from there on"
CHUNK = 50_000


@dataclass
class _Loaded:
    """A collection's index in memory, and the state of the rows that it covers."""

    index: VectorIndex
    generation: int
    model: int
    saved: bool


@dataclass(frozen=True, slots=True)
class _State:
    """What the rows say of a collection, and which model answers (by its key)."""

    model: int
    width: int
    generation: int
    sentences: int


class VectorCache:
    """The FAISS indexes of one library, each loaded when it is first asked and kept current."""

    def __init__(self, database: Database, folder: Path) -> None:
        self._database = database
        self._files = IndexFiles(database, folder)
        self._loaded: dict[int, _Loaded] = {}
        self._lock = threading.Lock()

    @property
    def discarded(self) -> list[Path]:
        """Files that were thrown away because they were not what the rows say."""
        return self._files.discarded

    def search(
        self, vector: Vectors, collection: int, limit: int, among: Keys | None = None
    ) -> list[Hit]:
        """The nearest sentences of a collection (by its key) by inner product, best first.

        Args:
            among: the keys of those that count; None: all.
        """
        with ExitStack() as seen:
            with self._lock:
                # The rows as they are from here on: the model may be changed meanwhile.
                seen.enter_context(self._database.snapshot())
                loaded = self._current(collection)
                wanted = limit if loaded.index.exact else max(RESCORED * limit, LEAST_RESCORED)
                keys, scores = loaded.index.search(vector, wanted, among)
            if not loaded.index.exact:
                keys, scores = self._rescored(vector, keys, loaded.model)
        best = zip(keys[:limit].tolist(), scores[:limit].tolist(), strict=True)
        return [Hit(key, score) for key, score in best]

    def _rescored(self, vector: Vectors, keys: Keys, model: int) -> tuple[Keys, Vectors]:
        """The same by their true cosines; those that are gone meanwhile are left out."""
        present, vectors = stored_vectors(self._database, keys.tolist(), model)
        scores = vectors @ vector
        order = np.argsort(-scores, kind="stable")
        return np.array(present, dtype=np.int64)[order], scores[order]

    def problem(self, collection: int) -> str | None:
        """What is wrong with a collection's index, as the end of a sentence."""
        with self._lock, self._database.snapshot():
            loaded = self._current(collection)
            stored = self._stored_keys(collection, loaded.model, above=0)
            if not np.array_equal(np.sort(loaded.index.keys()), stored):
                return "does not hold the sentences of the rows"
            if not loaded.index.holds(self._in_chunks(stored, loaded.model)):
                return "holds other vectors than the rows"
        return None

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
        """Write the loaded indexes that have changed since they were last written or read; those
        that have outgrown their kind or their clusters are made anew first."""
        for collection, loaded in list(self._loaded.items()):
            if not loaded.saved and _is_outgrown(loaded.index) and self._answers(loaded.model):
                renewed = self._made(collection)  # without the lock: questions go on meanwhile
                with self._lock:
                    self._loaded[collection] = renewed
        with self._lock:
            for collection, loaded in self._loaded.items():
                if not loaded.saved and self._answers(loaded.model):
                    self._files.write(collection, loaded.index, loaded.generation, loaded.model)
                    loaded.saved = True

    def forget(self) -> None:
        """Drop all indexes from memory."""
        with self._lock:
            self._loaded.clear()

    def _current(self, collection: int) -> _Loaded:
        """A collection's index as the rows are, from memory, from its file, or made."""
        with self._database.snapshot():
            state = self._state(collection)
            loaded = self._loaded.get(collection)
            if loaded is None or loaded.model != state.model:
                read = self._files.read(collection, state.model)
                loaded = read and _Loaded(*read, state.model, saved=True)
            if loaded is None or _is_shrunk(loaded.index, state.sentences):
                loaded = self._made(collection)
            self._loaded[collection] = loaded
            if loaded.generation != state.generation:
                self._catch_up(loaded, collection, state.sentences)
                loaded.generation, loaded.saved = state.generation, False
        return loaded

    def _state(self, collection: int) -> _State:
        (found,) = self._database.read(
            "SELECT m.key, m.width, c.generation, c.sentences FROM models AS m, collections AS c"
            " WHERE m.key = (SELECT value FROM meta WHERE key = 'model') AND c.key = ?",
            (collection,),
        )
        return _State(*found)

    def _made(self, collection: int) -> _Loaded:
        """An index of the kind that goes with a collection, of what stands in the rows."""
        with self._database.snapshot():
            state = self._state(collection)
            keys = self._stored_keys(collection, state.model, above=0)
            index: VectorIndex
            if len(keys) < CLUSTERED_FROM:
                index = ExactIndex.empty(state.width)
            else:
                random = np.random.default_rng(collection)
                some = np.sort(random.choice(keys, sample_for(len(keys)), replace=False))
                _, sample = stored_vectors(self._database, some.tolist(), state.model)
                index = ClusteredIndex.learned(sample, len(keys))
            self._add(index, keys, state.model)
            return _Loaded(index, state.generation, state.model, saved=False)

    def _catch_up(self, loaded: _Loaded, collection: int, expected: int) -> None:
        """Bring an index to the state of the rows.

        Keys only ever grow, so what is new lies above the greatest key, and what is gone was
        noted. Only where that does not make the numbers agree are all keys compared.
        """
        index = loaded.index
        new = self._stored_keys(collection, loaded.model, above=index.newest)
        self._add(index, new, loaded.model)
        if len(index) != expected:
            index.remove(self._removed_keys(collection))
        if len(index) != expected:
            have, stored = index.keys(), self._stored_keys(collection, loaded.model, above=0)
            index.remove(np.setdiff1d(have, stored))
            self._add(index, np.setdiff1d(stored, have), loaded.model)

    def _removed_keys(self, collection: int) -> Keys:
        """Those that have been taken out of a collection since its index was last saved."""
        return _as_keys(
            self._database.read(
                "SELECT sentence FROM removed_sentences WHERE collection = ?", (collection,)
            )
        )

    def _stored_keys(self, collection: int, model: int, above: int) -> Keys:
        rows = self._database.read(
            "SELECT s.key FROM sentences AS s"
            " JOIN vectors AS v ON v.sentence = s.key AND v.model = ?"
            " WHERE s.collection = ? AND s.key > ? ORDER BY s.key",
            (model, collection, above),
        )
        return _as_keys(rows)

    def _in_chunks(self, keys: Keys, model: int) -> Iterator[tuple[Keys, Vectors]]:
        for first in range(0, len(keys), CHUNK):
            chunk = keys[first : first + CHUNK].tolist()
            present, vectors = stored_vectors(self._database, chunk, model)
            yield np.array(present, dtype=np.int64), vectors

    def _add(self, index: VectorIndex, keys: Keys, model: int) -> None:
        for chunk, vectors in self._in_chunks(keys, model):
            index.add(chunk, vectors)

    def _answers(self, model: int) -> bool:
        """Whether a model is still the one that answers; another process may have rebuilt."""
        return self._database.read("SELECT value FROM meta WHERE key = 'model'") == [(model,)]


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
    if not {len(vector) for _, vector in found} <= {4 * width}:
        raise DamagedLibraryError(
            "Vectors in the library are damaged; run `python -m index rebuild`."
        )
    joined = b"".join(vector for _, vector in found)
    return [key for key, _ in found], np.frombuffer(joined, dtype="<f4").reshape(-1, width)


def _is_outgrown(index: VectorIndex) -> bool:
    if isinstance(index, ClusteredIndex):
        return clusters_for(len(index) // OUTGROWN) > index.clusters
    return len(index) >= CLUSTERED_FROM


def _is_shrunk(index: VectorIndex, sentences: int) -> bool:
    """Whether so few sentences are left that most clusters are empty."""
    return isinstance(index, ClusteredIndex) and sentences < CLUSTERED_FROM // OUTGROWN


def _as_keys(rows: Sequence[tuple[int]]) -> Keys:
    return np.fromiter((key for (key,) in rows), dtype=np.int64, count=len(rows))
