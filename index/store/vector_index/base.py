"""The contract of a vector index."""

from abc import ABC, abstractmethod
from collections.abc import Iterable
from typing import Any

import faiss
import numpy as np
import numpy.typing as npt

from index.embedding.base import Vectors

Keys = npt.NDArray[np.int64]
"""The keys of sentences, shape (n,)."""

Codes = npt.NDArray[np.float32] | npt.NDArray[np.uint8]
"""Vectors as an index stores them, shape (n, code size)."""


class VectorIndex(ABC):
    """A FAISS index of unit vectors, each under the key of its sentence.

    Must not be used by several threads at once.

    Args:
        index: the FAISS index, of the class that the implementation works with.
    """

    exact: bool
    """Whether ``search`` is exact: finds the nearest vectors, with exact cosines."""

    def __init__(self, index: faiss.Index) -> None:
        self._index: Any = index  # FAISS's stubs lack the attributes of the classes
        self.newest = int(self.keys().max(initial=0))
        """The greatest key that the index has held since it was built or read."""

    def __len__(self) -> int:
        return int(self._index.ntotal)

    @abstractmethod
    def keys(self) -> Keys:
        """All keys, in no particular order."""

    @abstractmethod
    def _contents(self) -> tuple[Keys, Codes]:
        """All keys and their codes."""

    @abstractmethod
    def _encode(self, vectors: Vectors) -> Codes:
        """The codes of vectors."""

    @abstractmethod
    def search(self, vector: Vectors, limit: int, among: Keys | None) -> tuple[Keys, Vectors]:
        """The keys and cosines of at most ``limit`` vectors near to a unit vector, best first.

        Args:
            among: the keys that the search is restricted to; None: all.
        """

    def holds(self, chunks: Iterable[tuple[Keys, Vectors]]) -> bool:
        """Whether the codes stored under these keys, which must exist, are of these vectors."""
        indexed, codes = self._contents()
        order = np.argsort(indexed)
        return all(
            np.array_equal(
                codes[order[np.searchsorted(indexed, keys, sorter=order)]], self._encode(vectors)
            )
            for keys, vectors in chunks
        )

    def add(self, keys: Keys, vectors: Vectors) -> None:
        """Add vectors, shape (n, width), under new keys."""
        self._index.add_with_ids(vectors, keys)
        self.newest = max(self.newest, int(keys.max(initial=0)))

    def remove(self, keys: Keys) -> None:
        """Remove keys; unknown ones are ignored."""
        self._index.remove_ids(faiss.IDSelectorBatch(keys))

    def to_bytes(self) -> bytes:
        """The serialized index, which ``read_index`` reads."""
        content: bytes = faiss.serialize_index(self._index).tobytes()
        return content

    def _search(
        self,
        vector: Vectors,
        limit: int,
        among: Keys | None,
        parameters: Any,
    ) -> tuple[Keys, Vectors]:
        selector = None if among is None else faiss.IDSelectorBatch(among)
        parameters.sel = selector  # a bare pointer, so the selector must outlive the search
        scores, keys = self._index.search(
            vector.reshape(1, -1), min(limit, max(len(self), 1)), params=parameters
        )
        found = keys[0] >= 0
        return keys[0][found], scores[0][found]
