"""What is compared: Dateline, the plain script, and txtai with its defaults.

    python -m benchmarks.systems NAME FOLDER QUESTION

asks one question, from nothing, and prints the bytes that it then holds in memory.
"""

import os
import sys
from abc import ABC, abstractmethod
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import psutil

from index.embedding.encoder import Vectors
from index.embedding.model_files import packaged_model

TYPE_CHECKING = False
if TYPE_CHECKING:
    from benchmarks.corpus import Embedded
    from index import Article


class System(ABC):
    """Something that sentences are put into, and asked for. What it needs is imported when it is
    made, so that each pays for its own."""

    concurrent = True
    """Whether several threads may ask at once."""

    @abstractmethod
    def fill(self, folder: Path, articles: "Iterable[Embedded]") -> None:
        """Put articles into a folder, with the vectors that are given."""

    @abstractmethod
    def open(self, folder: Path) -> None:
        """Open what was filled, ready for a question."""

    @abstractmethod
    def search(self, vector: Vectors, limit: int) -> Sequence[float]:
        """The cosines of the sentences that are found to be nearest to a vector, best first."""

    @abstractmethod
    def ask(self, question: str) -> None:
        """Answer a question in words with the best ten."""

    @abstractmethod
    def add(self, article: "Article") -> None:
        """Take an article in, so that the next question is answered from it too."""

    @abstractmethod
    def encode(self, sentences: list[str]) -> Vectors:
        """The vectors of some sentences."""


class Dateline(System):
    def fill(self, folder: Path, articles: "Iterable[Embedded]") -> None:
        from index import Encoder
        from index.store import SqliteStore

        model = Encoder().info
        with SqliteStore(folder) as store:
            for article, sentences, vectors in articles:
                store.put(article, sentences, vectors, model)
            store.flush()

    def open(self, folder: Path) -> None:
        from index import Library

        self.library = Library.open(folder)

    def search(self, vector: Vectors, limit: int) -> Sequence[float]:
        from index.scope import SHARED_ONLY

        return [hit.score for hit in self.library._store.dense(vector, SHARED_ONLY, limit)]

    def ask(self, question: str) -> None:
        self.library.ask(question)

    def add(self, article: "Article") -> None:
        self.library.add(article)

    def remove(self, article: "Article") -> None:
        """Take an article back: only here has adding it changed what is on disk."""
        self.library.remove(article.id)

    def encode(self, sentences: list[str]) -> Vectors:
        from index import Encoder

        self.encoder = getattr(self, "encoder", None) or Encoder()
        return self.encoder.encode(sentences)


class PlainScript(System):
    def __init__(self) -> None:
        from benchmarks.plain import Plain

        self.plain = Plain(str(packaged_model()))

    def fill(self, folder: Path, articles: "Iterable[Embedded]") -> None:
        folder.mkdir(parents=True)
        for article, sentences, vectors in articles:
            self.plain.add([article.text[s.start : s.end] for s in sentences], vectors)
        self.plain.save(folder)

    def open(self, folder: Path) -> None:
        self.plain.load(folder)

    def search(self, vector: Vectors, limit: int) -> Sequence[float]:
        scores: list[float] = self.plain.index.search(vector.reshape(1, -1), limit)[0][0].tolist()
        return scores

    def ask(self, question: str) -> None:
        self.plain.ask(question)

    def add(self, article: "Article") -> None:
        from benchmarks.corpus import texts_of

        self.plain.add(texts_of(article))

    def encode(self, sentences: list[str]) -> Vectors:
        return self.plain.model.encode(sentences, batch_size=32, normalize_embeddings=True)


KNOWN: dict[str, Vectors] = {}
"""Texts whose vectors txtai is given."""

MODELS: dict[str, Any] = {}


def transform(texts: Sequence[str] | str) -> Vectors:
    """What txtai calls for the vectors of texts, by this function's name."""
    from sentence_transformers import SentenceTransformer

    some = [texts] if isinstance(texts, str) else list(texts)
    unknown = [text for text in some if text not in KNOWN]
    found: dict[str, Vectors] = {}
    if unknown:
        if not MODELS:
            MODELS["one"] = SentenceTransformer(str(packaged_model()))
        encoded = MODELS["one"].encode(unknown, normalize_embeddings=True)
        found = dict(zip(unknown, encoded, strict=True))
    vectors = np.stack([KNOWN[text] if text in KNOWN else found[text] for text in some])
    return np.asarray(vectors[0] if isinstance(texts, str) else vectors)


class Txtai(System):
    concurrent = False  # the process dies of it

    def __init__(self) -> None:
        os.environ["ALLOW_RESOLVE_TRANSFORM"] = "True"  # ``transform``, by its name
        from txtai import Embeddings

        self.embeddings = Embeddings(
            method="external", transform="benchmarks.systems.transform", content=True
        )
        self.next = 1_000_000_000

    def fill(self, folder: Path, articles: "Iterable[Embedded]") -> None:
        texts: list[str] = []
        for article, sentences, vectors in articles:
            some = [article.text[s.start : s.end] for s in sentences]
            KNOWN.update(zip(some, vectors, strict=True))
            texts += some
        self.embeddings.index((n, text, None) for n, text in enumerate(texts))
        self.embeddings.save(str(folder))

    def open(self, folder: Path) -> None:
        self.embeddings.load(str(folder))

    def search(self, vector: Vectors, limit: int) -> Sequence[float]:
        KNOWN["the question"] = vector
        return [found["score"] for found in self.embeddings.search("the question", limit)]

    def ask(self, question: str) -> None:
        self.embeddings.search(question, 10)

    def add(self, article: "Article") -> None:
        from benchmarks.corpus import texts_of

        texts = texts_of(article)
        self.embeddings.upsert((self.next + n, text, None) for n, text in enumerate(texts))
        self.next += len(texts)

    def encode(self, sentences: list[str]) -> Vectors:
        from txtai import Embeddings

        self.own = getattr(self, "own", None) or Embeddings(path=str(packaged_model()))
        return np.asarray(self.own.batchtransform(sentences))


SYSTEMS: dict[str, type[System]] = {
    "Dateline": Dateline,
    "plain script": PlainScript,
    "txtai": Txtai,
}


def main() -> None:
    name, folder, question = sys.argv[1:]
    system = SYSTEMS[name]()
    system.open(Path(folder))
    system.ask(question)
    print(psutil.Process().memory_info().rss)


if __name__ == "__main__":
    main()
