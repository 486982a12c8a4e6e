"""The training data, prepared once: tokenized articles, and the sentences nearest to questions."""

import pickle
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from index import Article
from index.embedding.base import Vectors
from index.embedding.encoder import Encoder
from index.embedding.model_files import DEFAULT_MODEL, packaged_model
from index.reader.tokenization import MAX_TITLE_TOKENS, Ids, InputMaker
from index.sentences import split_sentences
from training.data import Question, read_data, shown_title
from training.near_miss import near_misses

CANDIDATES = 30
"""Nearest sentences of each question, in all articles and in its own."""

QUESTIONS_PER_STEP = 256
EMBEDDED_AT_ONCE = 4096

Place = tuple[int, int]
"""A sentence: the index of its article, and its index in the article."""


@dataclass(frozen=True, slots=True)
class Text:
    """A tokenized article.

    Args:
        title: the token ids of its title; empty if it has none.
        spans: the ``(start, end)`` characters of each sentence in the text.
        tokens: the token ids of each sentence.
        token_spans: the ``(start, end)`` characters of each sentence's tokens in the sentence,
            shape (tokens, 2).
    """

    title: Ids
    spans: list[tuple[int, int]]
    tokens: list[Ids]
    token_spans: list[Ids]

    @property
    def lengths(self) -> list[int]:
        """The lengths of the sentences in characters."""
        return [end - start for start, end in self.spans]

    def sentence_at(self, character: int) -> int | None:
        """The index of the sentence that covers a character of the text."""
        return next((n for n, (a, b) in enumerate(self.spans) if a <= character < b), None)


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer: the index of its sentence in the article, and its first and last token there."""

    sentence: int
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class Example:
    """A question with its answers and candidates.

    Args:
        near_misses: see ``training.near_miss``.
        article: the index of its article.
        answers: in its article; empty if the question is unanswerable.
        plausible: the sentences of its article that look like the answer.
        candidates: the nearest sentences of all articles, best first.
        own: the same of its article.
    """

    question: Question
    near_misses: Sequence[str]
    article: int
    answers: list[Answer]
    plausible: list[int]
    candidates: list[Place]
    own: list[Place]

    @property
    def right(self) -> set[Place]:
        """The sentences that contain an answer."""
        return {(self.article, answer.sentence) for answer in self.answers}


@dataclass(frozen=True, slots=True)
class Collection:
    """All articles, and all questions."""

    texts: list[Text]
    examples: list[Example]


def prepare(data: Path, work: Path, seed: int) -> Collection:
    """Read all articles and find the sentences nearest to all questions; cached in ``work``."""
    path = work / "collection.pickle"
    if path.exists():
        with path.open("rb") as file:
            cached: Collection = pickle.load(file)
            return cached
    work.mkdir(parents=True, exist_ok=True)
    articles, questions = read_data(data, seed)
    collection = _collect(articles, questions, near_misses(questions, seed))
    save_pickle(collection, path)
    return collection


def save_pickle(value: object, path: Path) -> None:
    """Pickle a value to a file atomically."""
    temporary = path.with_suffix(".tmp")
    with temporary.open("wb") as file:
        pickle.dump(value, file)
    temporary.replace(path)


def _collect(
    articles: Sequence[Article], questions: Sequence[Question], misses: Sequence[Sequence[str]]
) -> Collection:
    maker, encoder = InputMaker(packaged_model()), Encoder(DEFAULT_MODEL)
    texts: list[Text] = []
    sentences: list[str] = []
    places: list[Place] = []
    for number, article in enumerate(articles):
        spans = [(s.start, s.end) for s in split_sentences(article.text)]
        (title,) = maker.tokenize([shown_title(article)], MAX_TITLE_TOKENS)
        tokens = maker.tokenize([article.text[start:end] for start, end in spans])
        texts.append(Text(title.ids, spans, [t.ids for t in tokens], [t.spans for t in tokens]))
        sentences += [article.text[start:end] for start, end in spans]
        places += [(number, index) for index in range(len(spans))]
    numbers = {article.title: number for number, article in enumerate(articles)}
    sentence_vectors = _embed(encoder, sentences, "sentences")
    question_vectors = _embed(encoder, [question.text for question in questions], "questions")
    rows_of = defaultdict(list)
    for row, (number, _) in enumerate(places):
        rows_of[number].append(row)
    examples = []
    for first in range(0, len(questions), QUESTIONS_PER_STEP):
        chunk = slice(first, first + QUESTIONS_PER_STEP)
        cosines = question_vectors[chunk] @ sentence_vectors.T
        nearest = np.argpartition(-cosines, CANDIDATES)[:, :CANDIDATES]
        for question, own_misses, scores, rows in zip(
            questions[chunk], misses[chunk], cosines, nearest, strict=True
        ):
            number = numbers[question.article]
            answers = find_answers(texts[number], question)
            if question.answers and not answers:
                continue
            plausible = [texts[number].sentence_at(start) for start, _ in question.plausible]
            own, everywhere = (
                [places[row] for row in sorted(found, key=lambda row: -scores[row])][:CANDIDATES]
                for found in (rows_of[number], rows.tolist())
            )
            examples.append(
                Example(
                    question,
                    own_misses if answers else (),
                    number,
                    answers,
                    [n for n in dict.fromkeys(plausible) if n is not None],
                    everywhere,
                    own,
                )
            )
    return Collection(texts, examples)


def _embed(encoder: Encoder, texts: Sequence[str], what: str) -> Vectors:
    vectors = []
    for first in range(0, len(texts), EMBEDDED_AT_ONCE):
        vectors.append(encoder.encode(texts[first : first + EMBEDDED_AT_ONCE]))
        print(f"{first + len(vectors[-1])} of {len(texts)} {what} embedded", flush=True)
    return np.concatenate(vectors)


def find_answers(text: Text, question: Question) -> list[Answer]:
    """A question's answers as tokens of an article; they are truncated at the sentence's end."""
    found = []
    for start, end in question.answers:
        index = text.sentence_at(start)
        if index is None:
            continue
        spans = text.token_spans[index] + text.spans[index][0]
        inside = np.flatnonzero((spans[:, 1] > start) & (spans[:, 0] < end))
        if len(inside):
            found.append(Answer(index, int(inside[0]), int(inside[-1])))
    return list(dict.fromkeys(found))
