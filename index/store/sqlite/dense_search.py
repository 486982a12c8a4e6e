"""Search by vectors: FAISS finds the nearest, SQLite holds the vectors themselves."""

from collections.abc import Sequence

import numpy as np

from index.embedding.base import Vectors
from index.scope import Scope
from index.store.base import DenseSearch
from index.store.sqlite.database import Database
from index.store.sqlite.faiss_indexes import FaissIndexes
from index.store.sqlite.rows import FROM_ARTICLES, where_in_scope
from index.store.sqlite.vectors import stored_vectors
from index.store.values import Hit
from index.store.vector_index.base import Keys


class SqliteDenseSearch(DenseSearch):
    """The FAISS indexes of a library, one for each collection."""

    def __init__(self, database: Database, indexes: FaissIndexes) -> None:
        self._database = database
        self._indexes = indexes

    def nearest(self, vector: Vectors, scope: Scope, limit: int) -> list[Hit]:
        where, values = where_in_scope(Scope(scope.collections))
        collections = self._database.read(
            f"SELECT c.key FROM collections AS c WHERE c.sentences > 0 AND {where}", values
        )
        among = self._sentence_keys(scope) if scope.is_filtered else None
        hits = [
            hit
            for (collection,) in collections
            for hit in self._indexes.search(vector, collection, limit, among)
        ]
        return sorted(hits, key=lambda hit: (-hit.score, hit.key))[:limit]

    def cosines(self, vector: Vectors, keys: Sequence[int]) -> dict[int, float]:
        with self._database.snapshot() as snapshot:
            found = snapshot.execute("SELECT value FROM meta WHERE key = 'model'").fetchone()
            if found is None:
                return {}
            present, vectors = stored_vectors(self._database, keys, found[0])
        return dict(zip(present, (vectors @ vector).tolist(), strict=True))

    def _sentence_keys(self, scope: Scope) -> Keys:
        where, values = where_in_scope(scope)
        found = self._database.read(
            f"SELECT s.key {FROM_ARTICLES} JOIN sentences AS s ON s.article = a.key WHERE {where}",
            values,
        )
        return np.fromiter((key for (key,) in found), dtype=np.int64, count=len(found))
