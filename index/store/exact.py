"""Vectors as they are, compared with each question one by one: for collections of usual size."""

from collections.abc import Iterable
from typing import Self

import faiss
import numpy as np

from index.encoder import Vectors
from index.store.vector_index import Keys, VectorIndex


class ExactIndex(VectorIndex):
    exact = True

    @classmethod
    def empty(cls, width: int) -> Self:
        """Without vectors yet, for those of a width."""
        return cls(faiss.IndexIDMap2(faiss.IndexFlatIP(width)))

    def keys(self) -> Keys:
        keys: Keys = faiss.vector_to_array(self._index.id_map)
        return keys

    def holds(self, chunks: Iterable[tuple[Keys, Vectors]]) -> bool:
        mine = self.keys()
        order = np.argsort(mine)
        kept = self._index.index.reconstruct_n(0, len(self))
        return all(
            np.array_equal(kept[order[np.searchsorted(mine, keys, sorter=order)]], vectors)
            for keys, vectors in chunks
        )

    def search(self, vector: Vectors, limit: int, among: Keys | None) -> tuple[Keys, Vectors]:
        return self._found(vector, limit, among, faiss.SearchParameters())
