"""What finds the nearest vectors of a collection; each kind of index is one of these."""

from abc import ABC, abstractmethod
from collections.abc import Iterable
from typing import Any

import faiss
import numpy as np
import numpy.typing as npt

from index.embedding.encoder import Vectors

Keys = npt.NDArray[np.int64]
Codes = npt.NDArray[np.float32] | npt.NDArray[np.uint8]


class VectorIndex(ABC):
    """A FAISS index of unit vectors, each under the key of its sentence.

    Not to be used by several threads at once.

    Args:
        index: of the kind's class; it is FAISS that writes it to bytes, and reads it.
    """

    exact: bool
    """Whether ``search`` finds just the nearest, with their true cosines."""

    def __init__(self, index: faiss.Index) -> None:
        self._index: Any = index  # FAISS's stubs do not know what each class has
        self.newest = int(self.keys().max(initial=0))
        """The greatest key that has ever been in it since it was made or read."""

    def __len__(self) -> int:
        return int(self._index.ntotal)

    @abstractmethod
    def keys(self) -> Keys:
        """All keys, in no order."""

    @abstractmethod
    def _contents(self) -> tuple[Keys, Codes]:
        """All keys, and a row for each: what is kept of its vector."""

    @abstractmethod
    def _coded(self, vectors: Vectors) -> Codes:
        """What would be kept of vectors."""

    @abstractmethod
    def search(self, vector: Vectors, limit: int, among: Keys | None) -> tuple[Keys, Vectors]:
        """The keys of at most ``limit`` vectors near to one, and their cosines, best first.

        Args:
            among: the keys of those that count; None: all.
        """

    def holds(self, chunks: Iterable[tuple[Keys, Vectors]]) -> bool:
        """Whether what is kept under these keys, which are all in it, is of these vectors."""
        mine, kept = self._contents()
        order = np.argsort(mine)
        return all(
            np.array_equal(
                kept[order[np.searchsorted(mine, keys, sorter=order)]], self._coded(vectors)
            )
            for keys, vectors in chunks
        )

    def add(self, keys: Keys, vectors: Vectors) -> None:
        """Add vectors, shape (n, width), under keys that it does not have yet."""
        self._index.add_with_ids(vectors, keys)
        self.newest = max(self.newest, int(keys.max(initial=0)))

    def remove(self, keys: Keys) -> None:
        """Forget these keys; those that it does not have do no harm."""
        self._index.remove_ids(faiss.IDSelectorBatch(keys))

    def to_bytes(self) -> bytes:
        """What ``read_index`` makes the same index of."""
        content: bytes = faiss.serialize_index(self._index).tobytes()
        return content

    def _found(
        self,
        vector: Vectors,
        limit: int,
        among: Keys | None,
        parameters: Any,
    ) -> tuple[Keys, Vectors]:
        selector = None if among is None else faiss.IDSelectorBatch(among)
        parameters.sel = selector  # a bare pointer: the selector must live until the search is done
        scores, keys = self._index.search(
            vector.reshape(1, -1), min(limit, max(len(self), 1)), params=parameters
        )
        there = keys[0] >= 0
        return keys[0][there], scores[0][there]
