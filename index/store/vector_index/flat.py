"""A flat index: exact search over all vectors, for collections of ordinary size."""

from typing import Self

import faiss

from index.embedding.base import Vectors
from index.store.vector_index.base import Codes, Keys, VectorIndex


class FlatIndex(VectorIndex):
    """Full-precision vectors; a search compares the question with each of them."""

    exact = True

    @classmethod
    def empty(cls, width: int) -> Self:
        """An empty index for vectors of a width."""
        return cls(faiss.IndexIDMap2(faiss.IndexFlatIP(width)))

    def keys(self) -> Keys:
        keys: Keys = faiss.vector_to_array(self._index.id_map)
        return keys

    def _contents(self) -> tuple[Keys, Codes]:
        return self.keys(), self._index.index.reconstruct_n(0, len(self))

    def _encode(self, vectors: Vectors) -> Codes:
        return vectors

    def search(self, vector: Vectors, limit: int, among: Keys | None) -> tuple[Keys, Vectors]:
        return self._search(vector, limit, among, faiss.SearchParameters())
