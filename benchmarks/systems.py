"""The systems that are compared: Dateline, a plain script, and txtai with its defaults.

    python -m benchmarks.systems NAME FOLDER QUESTION

asks a system one question and prints the process's resident memory in bytes.
"""

import os
import sys
from abc import ABC, abstractmethod
from collections.abc import Iterable, Sequence
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import psutil

from index.embedding.base import Vectors
from index.embedding.model_files import packaged_model

TYPE_CHECKING = False
if TYPE_CHECKING:
    from benchmarks.corpus import EmbeddedArticle
    from index import Article


class System(ABC):
    """A system that sentences are added to and questions are asked of.

    Its dependencies are imported when it is created, so that they count for no other system.
    """

    concurrent = True
    """Whether it may be used from several threads."""

    @abstractmethod
    def fill(self, folder: Path, articles: "Iterable[EmbeddedArticle]") -> None:
        """Store articles with the given vectors in a folder."""

    @abstractmethod
    def open(self, folder: Path) -> None:
        """Open the folder that was filled."""

    @abstractmethod
    def search(self, vector: Vectors, limit: int) -> Sequence[float]:
        """The cosines of the hits for a vector, best first."""

    @abstractmethod
    def ask(self, question: str) -> None:
        """Answer a question with the ten best sentences."""

    @abstractmethod
    def add(self, article: "Article") -> None:
        """Add an article; the next question may be answered from it."""

    @abstractmethod
    def encode(self, sentences: list[str]) -> Vectors:
        """The vectors of sentences, shape (n, width)."""


class Dateline(System):
    """Dateline, as users run it."""

    def fill(self, folder: Path, articles: "Iterable[EmbeddedArticle]") -> None:
        from index import Encoder
        from index.store import SqliteStore

        model = Encoder().info
        with SqliteStore(folder) as store:
            for article, sentences, vectors in articles:
                store.articles.put(article, sentences, vectors, model)
            store.flush()

    def open(self, folder: Path) -> None:
        from index import Library

        self.library = Library.open(folder)

    def search(self, vector: Vectors, limit: int) -> Sequence[float]:
        from index.scope import SHARED_ONLY

        hits = self.library._store.dense.nearest(vector, SHARED_ONLY, limit)
        return [hit.score for hit in hits]

    def ask(self, question: str) -> None:
        self.library.ask(question)

    def add(self, article: "Article") -> None:
        self.library.add(article)

    def remove(self, article: "Article") -> None:
        """Remove an added article, which only this system has stored on disk."""
        self.library.remove(article.id)

    def encode(self, sentences: list[str]) -> Vectors:
        from index import Encoder

        self.encoder = getattr(self, "encoder", None) or Encoder()
        return self.encoder.encode(sentences)


class PlainScript(System):
    """The script in ``benchmarks.plain``."""

    def __init__(self) -> None:
        from benchmarks.plain import PlainSearch

        self.plain = PlainSearch(str(packaged_model()))

    def fill(self, folder: Path, articles: "Iterable[EmbeddedArticle]") -> None:
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
        from benchmarks.corpus import sentence_texts

        self.plain.add(sentence_texts(article))

    def encode(self, sentences: list[str]) -> Vectors:
        return self.plain.model.encode(sentences, batch_size=32, normalize_embeddings=True)


PRECOMPUTED: dict[str, Vectors] = {}
"""The given vectors for txtai, by text."""


def transform(texts: Sequence[str] | str) -> Vectors:
    """The vectors of texts, for txtai, which calls this function by its name."""
    batch = [texts] if isinstance(texts, str) else list(texts)
    missing = [text for text in batch if text not in PRECOMPUTED]
    computed: dict[str, Vectors] = {}
    if missing:
        encoded = _model().encode(missing, normalize_embeddings=True)
        computed = dict(zip(missing, encoded, strict=True))
    vectors = np.stack([computed[t] if t in computed else PRECOMPUTED[t] for t in batch])
    return np.asarray(vectors[0] if isinstance(texts, str) else vectors)


@cache
def _model() -> Any:
    from sentence_transformers import SentenceTransformer

    return SentenceTransformer(str(packaged_model()))


class Txtai(System):
    """txtai with its defaults and content storage."""

    concurrent = False  # the process crashes

    def __init__(self) -> None:
        os.environ["ALLOW_RESOLVE_TRANSFORM"] = "True"  # for ``transform``
        from txtai import Embeddings

        self.embeddings = Embeddings(
            method="external", transform="benchmarks.systems.transform", content=True
        )
        self.next_id = 1_000_000_000

    def fill(self, folder: Path, articles: "Iterable[EmbeddedArticle]") -> None:
        texts: list[str] = []
        for article, sentences, vectors in articles:
            own = [article.text[s.start : s.end] for s in sentences]
            PRECOMPUTED.update(zip(own, vectors, strict=True))
            texts += own
        self.embeddings.index((n, text, None) for n, text in enumerate(texts))
        self.embeddings.save(str(folder))

    def open(self, folder: Path) -> None:
        self.embeddings.load(str(folder))

    def search(self, vector: Vectors, limit: int) -> Sequence[float]:
        PRECOMPUTED["the question"] = vector
        return [hit["score"] for hit in self.embeddings.search("the question", limit)]

    def ask(self, question: str) -> None:
        self.embeddings.search(question, 10)

    def add(self, article: "Article") -> None:
        from benchmarks.corpus import sentence_texts

        texts = sentence_texts(article)
        self.embeddings.upsert((self.next_id + n, text, None) for n, text in enumerate(texts))
        self.next_id += len(texts)

    def encode(self, sentences: list[str]) -> Vectors:
        from txtai import Embeddings

        self.encoder = getattr(self, "encoder", None) or Embeddings(path=str(packaged_model()))
        return np.asarray(self.encoder.batchtransform(sentences))


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
