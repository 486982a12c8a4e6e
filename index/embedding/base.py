"""What every embedding model provides, and how one is identified."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
import numpy.typing as npt

Vectors = npt.NDArray[np.float32]
"""One vector, shape (width,), or several, shape (n, width)."""


@dataclass(frozen=True, slots=True)
class ModelInfo:
    """The identity of an encoder: its name, the width of its vectors, its weights' SHA-256."""

    name: str
    width: int
    fingerprint: str


class EmbeddingModel(Protocol):
    """A loaded embedding model. May be used from several threads.

    Attributes:
        max_concurrent_batches: how many batches are best embedded at the same time.
    """

    max_concurrent_batches: int

    @property
    def width(self) -> int:
        """The width of its vectors."""

    def batches(self, sentences: Sequence[str]) -> Iterator[list[int]]:
        """Split sentences into batches of similar length, given as their indices."""

    def encode_document(self, sentences: Sequence[str]) -> Vectors:
        """The unit vectors of sentences, shape (n, width)."""

    def encode_queries(self, questions: Sequence[str]) -> Vectors:
        """The unit vectors of questions, shape (n, width)."""
