"""Key sentences: those of an article that say most of the rest of it."""

import re
from collections.abc import Sequence

import numpy as np

from index.embedding.base import Vectors

MIN_COSINE = 0.4
"""The cosine from which two sentences are similar, as edges of the graph."""

MAX_COSINE = 0.7
"""The cosine from which two sentences say too much of the same for both to be chosen."""

MIN_LENGTH = 60
"""Characters of a sentence that can be a key sentence: shorter ones lean on those around them."""

LEANING = re.compile(r"(?:He|She|It|They|This|That|These|Those|But|And|So|Or|Both)\b")
"""Matches the first word of a sentence that leans on the one before it."""

QUOTATION = re.compile(r'"[^"]*"|“[^“”]*”')

BLOCK = 512
"""Rows of the matrix of cosines that are in memory at a time."""


def choose_key_sentences(
    texts: Sequence[str], vectors: Vectors, limit: int, shown: Sequence[int] = ()
) -> list[int]:
    """The numbers, in order, of at most ``limit`` sentences that are similar to most others.

    They are ranked by degree centrality in the graph of an article's similar sentences (Erkan and
    Radev, "LexRank: Graph-based Lexical Centrality as Salience in Text Summarization", JAIR 22,
    2004), with cosines of embeddings instead of words. Sentences that repeat chosen ones are left
    out, and so are the beginnings and middles of quotations.

    Args:
        texts: of an article's sentences, in order.
        vectors: their unit vectors, shape (sentences, width).
        shown: the numbers of the sentences that are shown anyway, such as the opening.
    """
    degrees = _centralities(vectors)
    chosen = list(shown)
    for number in np.lexsort((np.arange(len(texts)), -degrees)):
        if len(chosen) == len(shown) + limit:
            break
        if number not in chosen and _can_stand_alone(texts[number]):
            cosines = vectors[chosen] @ vectors[number]
            if not (cosines > MAX_COSINE).any():
                chosen.append(int(number))
    return sorted(chosen[len(shown) :])


def _centralities(vectors: Vectors) -> Vectors:
    """The degree centrality of each sentence, shape (sentences,): how many others it is similar to,
    and, among equals, how close it is to all."""
    mean = vectors.mean(axis=0)
    degrees = [
        ((vectors[start : start + BLOCK] @ vectors.T) >= MIN_COSINE).sum(axis=1)
        for start in range(0, len(vectors), BLOCK)
    ]
    centralities: Vectors = (np.concatenate(degrees) + vectors @ mean * 0.5).astype(np.float32)
    return centralities


def _can_stand_alone(text: str) -> bool:
    """Whether a sentence is long enough, does not begin with a pronoun for what is said before, and
    is no part of a quotation without its speaker."""
    if len(text) < MIN_LENGTH or LEANING.match(text):
        return False
    quotations = QUOTATION.sub("", text)
    return not any(mark in quotations for mark in '"“”') and any(map(str.isalnum, quotations))
