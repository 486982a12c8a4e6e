"""Recall of the IVF index on real and on recombined vectors: python -m benchmarks.predict

The same number of real vectors and of vectors recombined from them (see ``benchmarks.corpus``) are
searched for the same real questions, with several numbers of probed clusters.
"""

import argparse
from pathlib import Path

import numpy as np

from benchmarks.corpus import real_corpus, recombine, recombined_vectors
from index.embedding.base import Vectors
from index.store.sqlite.faiss_indexes import RESCORE_FACTOR
from index.store.vector_index import ivf
from index.store.vector_index.flat import FlatIndex
from index.store.vector_index.ivf import IVFIndex, training_size

COUNT = 40_000
QUESTIONS = 500
LIMITS = (10, 100)
PROBE_FACTORS = (1, 2, 4, 8, 10, 16)


def recall(
    vectors: Vectors, flat: FlatIndex, index: IVFIndex, questions: Vectors, limit: int
) -> float:
    """The mean share of the ``limit`` nearest vectors that the IVF index finds, rescored."""
    shares = []
    for question in questions:
        nearest, _ = flat.search(question, limit, None)
        hits, _ = index.search(question, RESCORE_FACTOR * max(LIMITS), None)
        best = hits[np.argsort(-(vectors[hits] @ question), kind="stable")[:limit]]
        shares.append(len(np.intersect1d(best, nearest)) / limit)
    return float(np.mean(shares))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--data", type=Path, default=Path("../shared"))
    parser.add_argument("--work", type=Path, default=Path("build/speed"))
    options = parser.parse_args()
    corpus = real_corpus(options.data, options.work)
    rng = np.random.default_rng(1)
    chosen = rng.choice(len(corpus.question_vectors), QUESTIONS, replace=False)
    questions = corpus.question_vectors[chosen]
    real = rng.permutation(len(corpus.vectors))[:COUNT]
    kinds = {
        "real": corpus.vectors[real],
        "recombined": recombined_vectors(corpus.vectors, recombine(len(corpus.vectors), COUNT)),
    }
    print("vectors     clusters  " + "  ".join(f"recall@{limit}" for limit in LIMITS))
    for name, vectors in kinds.items():
        keys = np.arange(len(vectors), dtype=np.int64)
        flat = FlatIndex.empty(vectors.shape[1])
        index = IVFIndex.train(vectors[: training_size(COUNT)], COUNT)
        for searched in (flat, index):
            searched.add(keys, vectors)
        for factor in PROBE_FACTORS:
            ivf.PROBE_FACTOR = factor
            recalls = (recall(vectors, flat, index, questions, limit) for limit in LIMITS)
            cells = "  ".join(f"{value:9.3f}" for value in recalls)
            print(f"{name:11} {index.probed:8}  {cells}", flush=True)


if __name__ == "__main__":
    main()
