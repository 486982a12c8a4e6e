"""Articles with handmade vectors, so that it is obvious which are near to each other."""

from typing import Any

import numpy as np

from index import Article, ModelInfo, Sentence
from index.embedding.base import Vectors
from index.scope import Scope
from index.sentences import split_sentences
from index.store import Change, Store

MODEL = ModelInfo("made by hand", 4, "0" * 64)
OTHER = ModelInfo("another one", 3, "1" * 64)

EAST, NORTH, UP, WEST = (1, 0, 0, 0), (0, 1, 0, 0), (0, 0, 1, 0), (-1, 0, 0, 0)


def vector(*numbers: float) -> Vectors:
    """A unit vector in the direction of ``numbers``."""
    made = np.array(numbers, dtype=np.float32)
    return np.asarray(made / np.linalg.norm(made))


def url(name: str) -> str:
    return f"https://coast.example/{name}"


def article(text: str = "The ferry was late. Nobody complained.", **fields: Any) -> Article:
    return Article(**({"title": "Ferry", "text": text} | fields))


def prepared(
    article: Article, *directions: tuple[float, ...], width: int = MODEL.width
) -> tuple[list[Sentence], Vectors]:
    """An article's sentences and a vector for each; the last direction is used for the rest."""
    sentences = split_sentences(article.text)
    given = [*directions] or [(1.0,) * width]
    rows = [vector(*given[min(n, len(given) - 1)]) for n in range(len(sentences))]
    return sentences, np.stack(rows)


def put(store: Store, article: Article, *directions: tuple[float, ...]) -> Change:
    """Put an article whose sentences point in the given directions."""
    return store.articles.put(article, *prepared(article, *directions), MODEL)


def nearest_texts(
    store: Store, direction: tuple[float, ...], *collections: str, limit: int = 10
) -> list[str]:
    """The texts of the sentences nearest to a direction."""
    hits = store.dense.nearest(vector(*direction), Scope(collections or ("shared",)), limit)
    sentences = store.articles.fetch([hit.key for hit in hits])
    return [sentences[hit.key].text for hit in hits if hit.key in sentences]


def bm25_texts(store: Store, words: str, *collections: str, limit: int = 10) -> list[str]:
    """The texts of the best sentences by BM25."""
    hits = store.bm25.sentences(words.split(), Scope(collections or ("shared",)), limit)
    sentences = store.articles.fetch([hit.key for hit in hits])
    return [sentences[hit.key].text for hit in hits if hit.key in sentences]
