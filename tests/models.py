"""The real models, which remember what they computed for earlier tests.

Most tests read the same few articles; to embed and read these thousands of times would take longer
than all else.
"""

from collections.abc import Callable, Sequence
from typing import TypeVar

import numpy as np

from index import Encoder
from index.embedding.base import Vectors
from index.reader.base import Excerpt, SentencePrediction
from index.reader.packaged import PackagedReader

Key = TypeVar("Key")
Value = TypeVar("Value")


class RememberingEncoder(Encoder):
    """Embeds each sentence and each question once."""

    def __init__(self) -> None:
        super().__init__()
        self._sentences: dict[str, Vectors] = {}
        self._questions: dict[str, Vectors] = {}

    def encode(self, sentences: Sequence[str]) -> Vectors:
        return self._remembered(self._sentences, sentences, super().encode)

    def encode_questions(self, questions: Sequence[str]) -> Vectors:
        return self._remembered(self._questions, questions, super().encode_questions)

    def _remembered(
        self,
        known: dict[str, Vectors],
        texts: Sequence[str],
        embed: Callable[[Sequence[str]], Vectors],
    ) -> Vectors:
        vectors = _complete(known, texts, texts, lambda new: list(embed(new)))
        return np.array(vectors, dtype=np.float32).reshape(len(texts), self.info.width)


class RememberingReader(PackagedReader):
    """Reads each excerpt once for a question."""

    def __init__(self) -> None:
        super().__init__()
        self._predictions: dict[tuple[str, str, tuple[str, ...]], list[SentencePrediction]] = {}

    def read(self, question: str, excerpts: Sequence[Excerpt]) -> list[list[SentencePrediction]]:
        keys = [(question, excerpt.title, tuple(excerpt.sentences)) for excerpt in excerpts]
        read = super().read
        return _complete(self._predictions, keys, excerpts, lambda new: read(question, new))


def _complete(
    known: dict[Key, Value],
    keys: Sequence[Key],
    inputs: Sequence[object],
    compute: Callable[..., Sequence[Value]],
) -> list[Value]:
    """The values of the keys, in order; missing ones are computed from the inputs beside them."""
    new = {key: one for key, one in zip(keys, inputs, strict=True) if key not in known}
    if new:
        known.update(zip(new, compute(list(new.values())), strict=True))
    return [known[key] for key in keys]
