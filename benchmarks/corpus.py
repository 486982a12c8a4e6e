"""The corpus of benchmarks: the real articles of ``../shared``, and synthetic ones.

Embedding a million real sentences would take over an hour. A synthetic sentence is recombined from
two real ones, and so is its vector: the mean of theirs, weighted by their shares of the text and
scaled to length 1. ``python -m benchmarks.predict`` measures whether such vectors are like real
ones.
"""

import pickle
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

import numpy as np
import numpy.typing as npt

from index import Article, Encoder, Sentence
from index.embedding.base import Vectors
from index.evaluation.evaluate import read_questions
from index.sentences import split_sentences
from index.sources import read_source
from training.data import read_data

SHARE_RANGE = (0.5, 0.95)
"""The least and the greatest share of the first sentence in a recombined one."""

SEED = 20251009

ARTICLE_SENTENCES = 20
"""Sentences of a synthetic article."""

PARAGRAPH_SENTENCES = 4
"""Sentences of a paragraph of a synthetic article."""


@dataclass(frozen=True, slots=True)
class Corpus:
    """Real articles and questions with their vectors.

    Args:
        sentences: the distinct sentences of the articles.
        vectors: of the sentences, shape (sentences, width), of length 1.
        question_vectors: shape (questions, width), of length 1.
    """

    articles: list[Article]
    sentences: list[str]
    vectors: Vectors
    questions: list[str]
    question_vectors: Vectors


def real_corpus(shared: Path, work: Path) -> Corpus:
    """The articles and questions in ``shared``, split and embedded; cached in ``work``."""
    path = work / "real.pickle"
    if not path.exists():
        articles, questions = _read(shared)
        texts = (text for article in articles for text in sentence_texts(article))
        sentences = list(dict.fromkeys(texts))
        encoder = Encoder()
        question_vectors = np.stack([encoder.encode_question(question) for question in questions])
        vectors = encoder.encode(sentences)
        corpus = Corpus(articles, sentences, vectors, questions, question_vectors)
        work.mkdir(parents=True, exist_ok=True)
        path.write_bytes(pickle.dumps(corpus))
    cached: Corpus = pickle.loads(path.read_bytes())
    return cached


def sentence_texts(article: Article) -> list[str]:
    """The texts of an article's sentences."""
    return [article.text[s.start : s.end] for s in split_sentences(article.text)]


@dataclass(frozen=True, slots=True)
class Recombination:
    """The two real sentences of each recombined one, by index, and the share of the first."""

    first: npt.NDArray[np.int64]
    second: npt.NDArray[np.int64]
    share: Vectors


def recombine(real: int, count: int, seed: int = SEED) -> Recombination:
    """Choose the sentences of ``count`` recombined ones at random from ``real`` ones."""
    rng = np.random.default_rng(seed)
    first, second = rng.integers(real, size=(2, count))
    return Recombination(first, second, rng.uniform(*SHARE_RANGE, size=count).astype(np.float32))


def recombined_vectors(vectors: Vectors, recombination: Recombination) -> Vectors:
    """The unit vectors of recombined sentences."""
    share = recombination.share[:, np.newaxis]
    combined = vectors[recombination.first] * share
    combined += vectors[recombination.second] * (1 - share)
    combined /= np.linalg.norm(combined, axis=1, keepdims=True)
    return np.asarray(combined)


def recombined_sentences(sentences: list[str], recombination: Recombination) -> Iterator[str]:
    """The texts of recombined sentences: the start of the first and the end of the second."""
    for first, second, share in zip(
        recombination.first, recombination.second, recombination.share, strict=True
    ):
        start, end = sentences[first].split(), sentences[second].split()
        start_words = max(1, round(len(start) * share))
        end_words = max(1, round(len(end) * (1 - share)))
        yield " ".join([*start[:start_words], *end[-end_words:]])


EmbeddedArticle = tuple[Article, list[Sentence], Vectors]
"""An article, its sentences, and their vectors."""


def embedded_articles(corpus: Corpus, count: int) -> Iterator[EmbeddedArticle]:
    """Articles with ``count`` sentences in all: the real ones, followed by synthetic ones."""
    number_of = {text: n for n, text in enumerate(corpus.sentences)}
    remaining = count
    for article in corpus.articles:
        sentences = split_sentences(article.text)[:remaining]
        if sentences:
            numbers = [number_of[article.text[s.start : s.end]] for s in sentences]
            yield article, sentences, corpus.vectors[numbers]
            remaining -= len(sentences)
    recombination = recombine(len(corpus.sentences), remaining)
    vectors = recombined_vectors(corpus.vectors, recombination)
    texts = recombined_sentences(corpus.sentences, recombination)
    for first in range(0, remaining, ARTICLE_SENTENCES):
        chunk = list(islice(texts, ARTICLE_SENTENCES))
        article, sentences = _synthetic_article(first // ARTICLE_SENTENCES, chunk)
        yield article, sentences, vectors[first : first + ARTICLE_SENTENCES]


def _synthetic_article(number: int, texts: list[str]) -> tuple[Article, list[Sentence]]:
    """An article of some sentences, in paragraphs."""
    text, sentences = "", []
    for n, sentence in enumerate(texts):
        paragraph, place = n // PARAGRAPH_SENTENCES + 1, n % PARAGRAPH_SENTENCES + 1
        sentences.append(Sentence(len(text), len(text) + len(sentence), paragraph, place))
        text += sentence + ("\n\n" if place == PARAGRAPH_SENTENCES else " ")
    return Article(f"Report {number}", text), sentences


def _read(shared: Path) -> tuple[list[Article], list[str]]:
    """All articles, and the distinct texts of all questions."""
    articles, training_questions = read_data(shared / "train", SEED, news=None)
    questions = [question.text for question in training_questions]
    for folder in sorted((shared / "eval").iterdir()):
        if (folder / "articles.jsonl").exists():
            items = read_source(str(folder / "articles.jsonl"))
            articles += [item for item in items if isinstance(item, Article)]
            questions += [q.text for q in read_questions(folder / "questions.jsonl")]
    return articles, list(dict.fromkeys(questions))
