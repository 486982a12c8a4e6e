"""Articles and vectors that are made up so that a checker can work out what must be stored."""

import hashlib
import re
from collections.abc import Sequence
from typing import TypedDict

import numpy as np

from index.embedding.base import ModelInfo, Vectors
from index.embedding.encoder import Encoder
from tests.index.factories import made_up_text

WIDTH = 8
MODELS = ("hash-one", "hash-two")


class Version(TypedDict):
    """One version of an article. Its number is the only number in its text."""

    url: str
    title: str
    text: str


def version_of(url: str, number: int) -> Version:
    """The version of an article with a number, which no other version has."""
    return Version(
        url=url, title=f"Title {number}", text=made_up_text(number, sentences=1 + number % 4)
    )


def sentences_of(text: str) -> list[str]:
    """The sentences of a made-up text: each ends with the only full stop in it."""
    return [sentence.strip() for sentence in re.findall(r"[^.]+\.", text)]


def vector_of(model: str, text: str) -> Vectors:
    """The unit vector of a text by one of ``MODELS``, shape (WIDTH,)."""
    digest = hashlib.sha256(f"{model} {text}".encode()).digest()
    numbers = np.frombuffer(digest, dtype="<i4").astype(np.float64)
    return np.asarray(numbers / np.linalg.norm(numbers), dtype=np.float32)


class HashingEncoder(Encoder):
    """An encoder that needs no model."""

    @property
    def info(self) -> ModelInfo:
        return ModelInfo(self.name, WIDTH, f"{self.name:0>64}")

    def load(self) -> None:
        pass

    def encode(self, sentences: Sequence[str]) -> Vectors:
        return np.stack([vector_of(self.name, sentence) for sentence in sentences])

    def encode_questions(self, questions: Sequence[str]) -> Vectors:
        return self.encode(questions)
