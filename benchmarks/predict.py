"""Does recall on recombined vectors predict recall on real ones? python -m benchmarks.predict

As many real vectors as there are, and as many recombined from the same ones, each searched by
clusters and exactly for the same real questions.
"""

import argparse
from pathlib import Path

import numpy as np

from benchmarks.corpus import mixed_vectors, real_corpus, recombined
from index.embedding.encoder import Vectors
from index.store.sqlite.faiss_indexes import RESCORED
from index.store.vector_index import ivf as clustered
from index.store.vector_index.flat import ExactIndex
from index.store.vector_index.ivf import ClusteredIndex, sample_for

COUNT = 40_000
QUESTIONS = 500
LIMITS = (10, 100)
PROBED = (1, 2, 4, 8, 10, 16)


def recall(
    vectors: Vectors, exact: ExactIndex, index: ClusteredIndex, asked: Vectors, limit: int
) -> float:
    """The mean share of the nearest that are found."""
    shares = []
    for question in asked:
        nearest, _ = exact.search(question, limit, None)
        near, _ = index.search(question, RESCORED * 100, None)
        best = near[np.argsort(-(vectors[near] @ question), kind="stable")[:limit]]
        shares.append(len(np.intersect1d(best, nearest)) / limit)
    return float(np.mean(shares))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--data", type=Path, default=Path("../shared"))
    parser.add_argument("--work", type=Path, default=Path("build/speed"))
    options = parser.parse_args()
    corpus = real_corpus(options.data, options.work)
    random = np.random.default_rng(1)
    asked = corpus.asked[random.choice(len(corpus.asked), QUESTIONS, replace=False)]
    some = random.permutation(len(corpus.vectors))[:COUNT]
    kinds = {
        "real": corpus.vectors[some],
        "recombined": mixed_vectors(corpus.vectors, recombined(len(corpus.vectors), COUNT)),
    }
    print("vectors     clusters  " + "  ".join(f"recall@{limit}" for limit in LIMITS))
    for name, vectors in kinds.items():
        keys = np.arange(len(vectors), dtype=np.int64)
        exact = ExactIndex.empty(vectors.shape[1])
        index = ClusteredIndex.learned(vectors[: sample_for(COUNT)], COUNT)
        for each in (exact, index):
            each.add(keys, vectors)
        for probed in PROBED:
            clustered.PROBED = probed
            found = (f"{recall(vectors, exact, index, asked, limit):9.3f}" for limit in LIMITS)
            print(f"{name:11} {index.probed:8}  {'  '.join(found)}", flush=True)


if __name__ == "__main__":
    main()
