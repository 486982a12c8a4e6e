"""Vectors in clusters, two bits for each number: for archives.

Only the clusters nearest to a question are gone through (Jégou, Douze and Schmid, "Product
Quantization for Nearest Neighbor Search", 2011), and what they hold is coded as in Gao and Long,
"RaBitQ: Quantizing High-Dimensional Vectors with a Theoretical Error Bound for Approximate Nearest
Neighbor Search", SIGMOD 2024, and Gao et al., "Practical and Asymptotically Optimal Quantization
of High-Dimensional Vectors in Euclidean Space for Approximate Nearest Neighbor Search", SIGMOD
2025. What it finds is near, not quite the nearest, and the cosines are rough: who asks for twice as
many as are wanted, and compares these by their true vectors, has most of the nearest (see
docs/speed.md for how many).
"""

from math import sqrt
from typing import Self

import faiss
import numpy as np
from faiss.contrib.inspect_tools import get_invlist

from index.embedding.encoder import Vectors
from index.store.vector_index.base import Codes, Keys, VectorIndex

BITS = 2
PROBED = 10
"""How many clusters a question is compared with, as a multiple of the square root of their number:
a third of them where it begins to be worth it, and a sixth with a million vectors."""

SAMPLE = 40
"""Vectors for each cluster that the clusters are learned from."""

ROUNDS = 10
BY_CLUSTERS, BY_QUESTIONS = 1, 0  # how FAISS shares out its work; its names are numbers

SHARED_OUT_FROM = 250_000
"""Vectors from which all cores search for one question: below, to wake them takes as long as to do
it alone, and the question's words are looked for meanwhile."""


def clusters_for(count: int) -> int:
    """How many clusters go with so many vectors, as FAISS's guidelines have it."""
    return max(1, min(count, round(4 * sqrt(count))))


def sample_for(count: int) -> int:
    """How many vectors of ``count`` to learn the clusters from."""
    return min(count, SAMPLE * clusters_for(count))


class ClusteredIndex(VectorIndex):
    exact = False

    @classmethod
    def learned(cls, sample: Vectors, count: int) -> Self:
        """Without vectors yet, its clusters learned for ``count`` of the kind of a sample.

        Args:
            sample: ``sample_for(count)`` unit vectors, chosen at random: shape (n, width).
        """
        width, clusters = sample.shape[1], clusters_for(count)
        learning = faiss.Kmeans(
            width, clusters, niter=ROUNDS, spherical=True, seed=1, min_points_per_centroid=1
        )
        learning.train(sample)
        assert learning.centroids is not None
        centroids = faiss.IndexFlatIP(width)
        centroids.add(learning.centroids)
        index = faiss.IndexIVFRaBitQ(
            centroids, width, clusters, faiss.METRIC_INNER_PRODUCT, True, BITS
        )
        index.train(sample)
        return cls(index)

    @property
    def clusters(self) -> int:
        """How many there are."""
        return int(self._index.nlist)

    @property
    def probed(self) -> int:
        """How many of them a question is compared with."""
        return min(self.clusters, round(PROBED * sqrt(self.clusters)))

    def keys(self) -> Keys:
        lists = [get_invlist(self._index.invlists, n)[0] for n in range(self.clusters)]
        return np.concatenate([np.empty(0, dtype=np.int64), *lists])

    def _contents(self) -> tuple[Keys, Codes]:
        lists = [get_invlist(self._index.invlists, n) for n in range(self.clusters)]
        keys, codes = (np.concatenate(parts) for parts in zip(*lists, strict=True))
        return keys, codes

    def _coded(self, vectors: Vectors) -> Codes:
        codes: Codes = self._index.sa_encode(vectors)
        return codes[:, -self._index.code_size :]  # before it stands the number of the cluster

    def search(self, vector: Vectors, limit: int, among: Keys | None) -> tuple[Keys, Vectors]:
        many = len(self) >= SHARED_OUT_FROM
        self._index.parallel_mode = BY_CLUSTERS if many else BY_QUESTIONS
        parameters = faiss.SearchParametersIVF()
        # Of a few, many may lie in clusters that are far from the question.
        parameters.nprobe = self.probed if among is None else self.clusters
        return self._found(vector, limit, among, parameters)
