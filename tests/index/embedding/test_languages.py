"""Which languages a model understands."""

from collections.abc import Sequence
from typing import cast

import numpy as np
import pytest

from index.embedding.base import Vectors
from index.embedding.encoder import Encoder
from index.embedding.languages import PROBES, understands


class Multilingual:
    """An encoder that gives a probe the same vector in all languages that it knows."""

    def __init__(self, languages: Sequence[str]) -> None:
        self.languages = languages

    def encode_questions(self, questions: Sequence[str]) -> Vectors:
        vectors = np.zeros((len(questions), 8), dtype=np.float32)
        for row, question in enumerate(questions):
            places = [
                PROBES[one].index(question) for one in self.languages if question in PROBES[one]
            ]
            vectors[row, places[0] if places else 7] = 1
        return vectors


@pytest.mark.parametrize("language", ["es", "fr", "de", "pt"])
def test_the_default_model_is_english(language: str) -> None:
    assert not understands(Encoder(), language)


def test_a_multilingual_model_is_recognized() -> None:
    encoder = cast(Encoder, Multilingual(["en", "es"]))

    assert understands(encoder, "es")
    assert not understands(encoder, "fr")
