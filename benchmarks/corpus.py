"""Articles to measure on: the real ones of ``../shared``, and as many more as are wanted.

A million real sentences take over an hour to embed here. Beyond the real ones, each sentence is
recombined from two of them, and so is its vector: the mean of theirs, weighted by the share that
each has in the text, of length 1. Whether what is measured on such vectors holds for real ones,
``python -m benchmarks.predict`` tells.
"""

import pickle
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

import numpy as np
import numpy.typing as npt

from index import Article, Encoder, Sentence
from index.embedding.encoder import Vectors
from index.evaluation.evaluate import read_questions
from index.sentences import split_sentences
from index.sources import read_source
from training.data import read_squadshifts

SHARE = (0.5, 0.95)
"""The least and the most that the first of two sentences has in one that is recombined."""

SEED = 20251009

EACH = 20
"""Sentences of an article that is made of recombined ones."""

PARAGRAPH = 4
"""Those of one of its paragraphs."""


@dataclass(frozen=True, slots=True)
class Corpus:
    """Articles, their distinct sentences with a unit vector for each, and questions with theirs.

    ``vectors`` and ``asked`` have the shapes (sentences, width) and (questions, width).
    """

    articles: list[Article]
    sentences: list[str]
    vectors: Vectors
    questions: list[str]
    asked: Vectors


def real_corpus(shared: Path, work: Path) -> Corpus:
    """All that lies in ``shared``, split and embedded: once, it is kept in ``work``."""
    kept = work / "real.pickle"
    if not kept.exists():
        articles, questions = _read(shared)
        sentences = list(dict.fromkeys(text for article in articles for text in texts_of(article)))
        encoder = Encoder()
        asked = np.stack([encoder.encode_question(question) for question in questions])
        corpus = Corpus(articles, sentences, encoder.encode(sentences), questions, asked)
        work.mkdir(parents=True, exist_ok=True)
        kept.write_bytes(pickle.dumps(corpus))
    found: Corpus = pickle.loads(kept.read_bytes())
    return found


def texts_of(article: Article) -> list[str]:
    """The sentences of an article."""
    return [article.text[found.start : found.end] for found in split_sentences(article.text)]


@dataclass(frozen=True, slots=True)
class Recipe:
    """Which two sentences make each of those that are recombined, and the first one's share."""

    first: npt.NDArray[np.int64]
    second: npt.NDArray[np.int64]
    share: Vectors


def recombined(real: int, count: int, seed: int = SEED) -> Recipe:
    """How ``count`` sentences are made of ``real`` ones."""
    random = np.random.default_rng(seed)
    first, second = random.integers(real, size=(2, count))
    return Recipe(first, second, random.uniform(*SHARE, size=count).astype(np.float32))


def mixed_vectors(vectors: Vectors, recipe: Recipe) -> Vectors:
    """The unit vectors of recombined sentences."""
    made = vectors[recipe.first] * recipe.share[:, np.newaxis]
    made += vectors[recipe.second] * (1 - recipe.share[:, np.newaxis])
    made /= np.linalg.norm(made, axis=1, keepdims=True)
    return np.asarray(made)


def mixed_sentences(sentences: list[str], recipe: Recipe) -> Iterator[str]:
    """The texts of recombined sentences: the beginning of one and the end of another."""
    for first, second, share in zip(recipe.first, recipe.second, recipe.share, strict=True):
        begins, ends = sentences[first].split(), sentences[second].split()
        kept = max(1, round(len(begins) * share))
        left = max(1, round(len(ends) * (1 - share)))
        yield " ".join([*begins[:kept], *ends[-left:]])


Embedded = tuple[Article, list[Sentence], Vectors]
"""An article, its sentences, and a vector for each."""


def embedded_articles(corpus: Corpus, count: int) -> Iterator[Embedded]:
    """Articles with ``count`` sentences in all: the real ones and, after them, recombined ones."""
    number = {text: n for n, text in enumerate(corpus.sentences)}
    left = count
    for article in corpus.articles:
        found = split_sentences(article.text)[:left]
        if found:
            texts = [article.text[one.start : one.end] for one in found]
            yield article, found, corpus.vectors[[number[text] for text in texts]]
            left -= len(found)
    recipe = recombined(len(corpus.sentences), left)
    vectors = mixed_vectors(corpus.vectors, recipe)
    made = mixed_sentences(corpus.sentences, recipe)
    for first in range(0, left, EACH):
        article, found = _laid_out(first // EACH, list(islice(made, EACH)))
        yield article, found, vectors[first : first + EACH]


def _laid_out(number: int, texts: list[str]) -> tuple[Article, list[Sentence]]:
    """An article of these sentences, in paragraphs."""
    text, found = "", []
    for n, one in enumerate(texts):
        place = (n // PARAGRAPH + 1, n % PARAGRAPH + 1)
        found.append(Sentence(len(text), len(text) + len(one), *place))
        text += one + ("\n\n" if place[1] == PARAGRAPH else " ")
    return Article(f"Report {number}", text), found


def _read(shared: Path) -> tuple[list[Article], list[str]]:
    articles, asked = read_squadshifts(shared / "train" / "squadshifts", SEED)
    questions = [question.text for question in asked]
    for folder in sorted((shared / "eval").iterdir()):
        if (folder / "articles.jsonl").exists():
            found = read_source(str(folder / "articles.jsonl"))
            articles += [article for article in found if isinstance(article, Article)]
            questions += [q.text for q in read_questions(folder / "questions.jsonl")]
    return articles, list(dict.fromkeys(questions))
