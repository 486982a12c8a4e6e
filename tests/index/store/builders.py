"""Articles with vectors made by hand, so that what is near to what is plain to see."""

from typing import Any

import numpy as np

from index import Article, ModelInfo, Sentence
from index.embedding.encoder import Vectors
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
    """An article's sentences, and a vector for each: of the last direction if there are more."""
    sentences = split_sentences(article.text)
    given = [*directions] or [(1.0,) * width]
    rows = [vector(*given[min(n, len(given) - 1)]) for n in range(len(sentences))]
    return sentences, np.stack(rows)


def put(store: Store, article: Article, *directions: tuple[float, ...]) -> Change:
    """Put an article whose sentences point in the given directions."""
    return store.put(article, *prepared(article, *directions), MODEL)


def found(
    store: Store, direction: tuple[float, ...], *collections: str, limit: int = 10
) -> list[str]:
    """The texts of the sentences nearest to a direction."""
    hits = store.dense(vector(*direction), Scope(collections or ("shared",)), limit)
    sentences = store.fetch([hit.key for hit in hits])
    return [sentences[hit.key].text for hit in hits if hit.key in sentences]


def looked_up(store: Store, words: str, *collections: str, limit: int = 10) -> list[str]:
    """The texts of the sentences that hold some words."""
    hits = store.lexical(words.split(), Scope(collections or ("shared",)), limit)
    sentences = store.fetch([hit.key for hit in hits])
    return [sentences[hit.key].text for hit in hits if hit.key in sentences]
