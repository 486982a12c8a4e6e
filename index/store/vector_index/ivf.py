"""An inverted-file (IVF) index: approximate search over clusters, for large archives.

A search compares only the clusters nearest to the question (Jégou, Douze and Schmid, "Product
Quantization for Nearest Neighbor Search", 2011). Vectors are quantized to two bits a dimension:
Gao and Long, "RaBitQ: Quantizing High-Dimensional Vectors with a Theoretical Error Bound for
Approximate Nearest Neighbor Search", SIGMOD 2024; Gao et al., "Practical and Asymptotically Optimal
Quantization of High-Dimensional Vectors in Euclidean Space for Approximate Nearest Neighbor
Search", SIGMOD 2025. Both the hits and their cosines are approximate: rescoring twice as many hits
as are wanted by their exact vectors recovers most of the nearest (docs/speed.md has the recall).
"""

from math import sqrt
from typing import Self

import faiss
import numpy as np
from faiss.contrib.inspect_tools import get_invlist

from index.embedding.base import Vectors
from index.store.vector_index.base import Codes, Keys, VectorIndex

BITS = 2
PROBE_FACTOR = 10
"""Clusters that a search probes, as a multiple of the square root of their number: a third of them
at the size from which clusters pay off, a sixth with a million vectors."""

SAMPLES_PER_CLUSTER = 40
"""Vectors for each cluster in the training sample."""

TRAINING_ITERATIONS = 10

PARALLEL_CLUSTERS, PARALLEL_QUERIES = 1, 0
"""What FAISS parallelizes over, as its ``parallel_mode`` numbers it."""

PARALLEL_THRESHOLD = 250_000
"""Vectors from which one search uses all cores. Below, waking them takes as long as searching, and
another core searches the full text at the same time."""


def cluster_count(vectors: int) -> int:
    """The number of clusters for a number of vectors, by FAISS's guidelines."""
    return max(1, min(vectors, round(4 * sqrt(vectors))))


def training_size(vectors: int) -> int:
    """The size of the training sample for a number of vectors."""
    return min(vectors, SAMPLES_PER_CLUSTER * cluster_count(vectors))


class IVFIndex(VectorIndex):
    """Quantized vectors in clusters; a search probes the nearest clusters."""

    exact = False

    @classmethod
    def train(cls, sample: Vectors, count: int) -> Self:
        """An empty index whose clusters are trained for ``count`` vectors.

        Args:
            sample: ``training_size(count)`` of these unit vectors, chosen at random, shape
                (n, width).
        """
        width, clusters = sample.shape[1], cluster_count(count)
        kmeans = faiss.Kmeans(
            width,
            clusters,
            niter=TRAINING_ITERATIONS,
            spherical=True,
            seed=1,
            min_points_per_centroid=1,
        )
        kmeans.train(sample)
        assert kmeans.centroids is not None
        centroids = faiss.IndexFlatIP(width)
        centroids.add(kmeans.centroids)
        index = faiss.IndexIVFRaBitQ(
            centroids, width, clusters, faiss.METRIC_INNER_PRODUCT, True, BITS
        )
        index.train(sample)
        return cls(index)

    @property
    def clusters(self) -> int:
        """The number of clusters."""
        return int(self._index.nlist)

    @property
    def probed(self) -> int:
        """The number of clusters that a search probes."""
        return min(self.clusters, round(PROBE_FACTOR * sqrt(self.clusters)))

    def keys(self) -> Keys:
        lists = [get_invlist(self._index.invlists, n)[0] for n in range(self.clusters)]
        return np.concatenate([np.empty(0, dtype=np.int64), *lists])

    def _contents(self) -> tuple[Keys, Codes]:
        lists = [get_invlist(self._index.invlists, n) for n in range(self.clusters)]
        keys, codes = (np.concatenate(parts) for parts in zip(*lists, strict=True))
        return keys, codes

    def _encode(self, vectors: Vectors) -> Codes:
        codes: Codes = self._index.sa_encode(vectors)
        return codes[:, -self._index.code_size :]  # the cluster's number comes before it

    def search(self, vector: Vectors, limit: int, among: Keys | None) -> tuple[Keys, Vectors]:
        large = len(self) >= PARALLEL_THRESHOLD
        self._index.parallel_mode = PARALLEL_CLUSTERS if large else PARALLEL_QUERIES
        parameters = faiss.SearchParametersIVF()
        # A restricted search may find most of its hits in clusters far from the question.
        parameters.nprobe = self.probed if among is None else self.clusters
        return self._search(vector, limit, among, parameters)
