"""Vectors as they are, compared with each question one by one: for collections of usual size."""

from typing import Self

import faiss

from index.embedding.encoder import Vectors
from index.store.vector_index.base import Codes, Keys, VectorIndex


class ExactIndex(VectorIndex):
    exact = True

    @classmethod
    def empty(cls, width: int) -> Self:
        """Without vectors yet, for those of a width."""
        return cls(faiss.IndexIDMap2(faiss.IndexFlatIP(width)))

    def keys(self) -> Keys:
        keys: Keys = faiss.vector_to_array(self._index.id_map)
        return keys

    def _contents(self) -> tuple[Keys, Codes]:
        return self.keys(), self._index.index.reconstruct_n(0, len(self))

    def _coded(self, vectors: Vectors) -> Codes:
        return vectors

    def search(self, vector: Vectors, limit: int, among: Keys | None) -> tuple[Keys, Vectors]:
        return self._found(vector, limit, among, faiss.SearchParameters())
