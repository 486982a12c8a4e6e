"""The stored vectors of sentences."""

import sqlite3
from collections.abc import Sequence

import numpy as np

from index.embedding.base import ModelInfo, Vectors
from index.errors import DamagedLibraryError
from index.store.sqlite.database import Database

SQL_BATCH_SIZE = 500
"""Keys in one SQL query."""


def insert_vectors(
    tx: sqlite3.Connection, keys: Sequence[int], vectors: Vectors, model: int
) -> None:
    """Insert a model's vectors of sentences, given by their keys."""
    tx.executemany(
        "INSERT OR REPLACE INTO vectors VALUES (?, ?, ?)",  # two rebuilds may embed the same
        [
            (key, model, vector.astype("<f4").tobytes())
            for key, vector in zip(keys, vectors, strict=True)
        ],
    )


def is_vector(stored: object, width: object) -> bool:
    """Whether a stored value can be a vector of that width."""
    return isinstance(stored, bytes) and isinstance(width, int) and len(stored) == 4 * width


def stored_vectors(
    database: Database, keys: Sequence[int], model: int
) -> tuple[list[int], Vectors]:
    """The stored vectors of sentences: the keys that have one, and the vectors, shape (n, width).

    Raises:
        DamagedLibraryError: a stored vector has the wrong width.
    """
    ((width,),) = database.read("SELECT width FROM models WHERE key = ?", (model,))
    found: list[tuple[int, bytes]] = []
    for first in range(0, len(keys), SQL_BATCH_SIZE):
        batch = keys[first : first + SQL_BATCH_SIZE]
        marks = ",".join("?" * len(batch))
        found += database.read(
            f"SELECT sentence, vector FROM vectors WHERE model = ? AND sentence IN ({marks})"
            " ORDER BY sentence",
            (model, *batch),
        )
    if not all(is_vector(vector, width) for _, vector in found):
        raise DamagedLibraryError(
            "Vectors in the library are damaged; run `python -m index rebuild`."
        )
    joined = b"".join(vector for _, vector in found)
    return [key for key, _ in found], np.frombuffer(joined, dtype="<f4").reshape(-1, width)


def vectors_by_text(database: Database, article_id: str, model: ModelInfo) -> dict[str, Vectors]:
    """An article's undamaged vectors by a model, shape (width,), by the text of the sentence."""
    found = database.read(
        "SELECT t.text, v.vector FROM articles AS a JOIN sentences AS s"
        " ON s.article = a.key JOIN sentence_texts AS t ON t.key = s.key JOIN vectors AS v"
        " ON v.sentence = s.key JOIN models AS m ON m.key = v.model AND m.fingerprint = ?"
        " WHERE a.id = ?",
        (model.fingerprint, article_id),
    )
    return {
        text: np.frombuffer(vector, dtype="<f4")
        for text, vector in found
        if is_vector(vector, model.width)
    }
