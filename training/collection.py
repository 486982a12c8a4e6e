"""The training data, prepared once: tokenized articles and questions, and retrieved candidates."""

import pickle
import random
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from index import Article, Library
from index.answering.retrieval import dense_search, hybrid_candidates, lexical_search
from index.embedding.model_files import packaged_model
from index.reader.tokenization import MAX_QUESTION_TOKENS, Ids, InputMaker
from index.scope import SHARED_ONLY
from training.brief import shorten
from training.data import Question, read_squadshifts
from training.near_miss import near_misses

CANDIDATES = 30
"""Candidates of each question, best first."""

Place = tuple[int, int]
"""A sentence: the index of its article, and its index in the article."""


@dataclass(frozen=True, slots=True)
class Text:
    """A tokenized article.

    Args:
        spans: the ``(start, end)`` characters of each sentence in the text.
        tokens: the token ids of each sentence.
        token_spans: the ``(start, end)`` characters of each sentence's tokens in the sentence,
            shape (tokens, 2).
    """

    title: str
    spans: list[tuple[int, int]]
    tokens: list[Ids]
    token_spans: list[Ids]

    @property
    def lengths(self) -> list[int]:
        """The lengths of the sentences in characters."""
        return [end - start for start, end in self.spans]


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer: the index of its sentence in the article, and its first and last token there."""

    sentence: int
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class Example:
    """A tokenized question with its answers and candidates.

    Args:
        tokens: of the question.
        near_misses: the tokens of its near misses; see ``training.near_miss``.
        brief: the tokens of the shortened question; None if it cannot be shortened.
        article: the index of its article.
        answers: in its article.
        candidates: the best sentences of hybrid retrieval, best first.
    """

    question: Question
    tokens: Ids
    near_misses: list[Ids]
    brief: Ids | None
    article: int
    answers: list[Answer]
    candidates: list[Place]

    @property
    def right(self) -> set[Place]:
        """The sentences that contain an answer."""
        return {(self.article, answer.sentence) for answer in self.answers}


@dataclass(frozen=True, slots=True)
class Collection:
    """All articles, and all questions with an answer in one of their sentences."""

    texts: list[Text]
    examples: list[Example]


def prepare(data: Path, work: Path, seed: int) -> Collection:
    """Index all articles and retrieve candidates for all questions; cached in ``work``."""
    path = work / "collection.pickle"
    if path.exists():
        with path.open("rb") as file:
            cached: Collection = pickle.load(file)
            return cached
    work.mkdir(parents=True, exist_ok=True)
    articles, questions = read_squadshifts(data, seed)
    with Library.open(work / "library") as library:
        for done, _ in enumerate(library.add_all(articles), 1):
            if done % 500 == 0:
                print(f"{done} of {len(articles)} articles indexed", flush=True)
        library.flush()
        collection = _collect(library, articles, questions, near_misses(questions, seed), seed)
    save_pickle(collection, path)
    return collection


def save_pickle(value: object, path: Path) -> None:
    """Pickle a value to a file atomically."""
    temporary = path.with_suffix(".tmp")
    with temporary.open("wb") as file:
        pickle.dump(value, file)
    temporary.replace(path)


def _collect(
    library: Library,
    articles: Sequence[Article],
    questions: Sequence[Question],
    misses: Sequence[Sequence[str]],
    seed: int,
) -> Collection:
    maker = InputMaker(packaged_model())
    texts: list[Text] = []
    places: dict[tuple[str, int], Place] = {}  # by article title and start
    numbers = {article.title: number for number, article in enumerate(articles)}
    for number, article in enumerate(articles):
        spans = [(s.start, s.end) for s in library.sentences(article.id)]
        tokens = maker.tokenize([article.text[start:end] for start, end in spans])
        texts.append(Text(article.title, spans, [t.ids for t in tokens], [t.spans for t in tokens]))
        for index, (start, _) in enumerate(spans):
            places[article.title, start] = number, index
    question_tokens = maker.tokenize([q.text for q in questions], MAX_QUESTION_TOKENS)
    miss_texts = [text for texts_of_one in misses for text in texts_of_one]
    miss_tokens = iter(maker.tokenize(miss_texts, MAX_QUESTION_TOKENS))
    rng = random.Random(seed)
    shortened = [shorten(question.text, rng) or "" for question in questions]
    brief_tokens = maker.tokenize(shortened, MAX_QUESTION_TOKENS)
    vectors = library._encoder.encode([question.text for question in questions])
    examples = []
    for done, (question, asked, own_misses, brief, vector) in enumerate(
        zip(questions, question_tokens, misses, brief_tokens, vectors, strict=True), 1
    ):
        near = [next(miss_tokens).ids for _ in own_misses]
        number = numbers[question.article]
        answers = find_answers(texts[number], question)
        if not answers:
            continue
        lexical = lexical_search(library._store, question.text, SHARED_ONLY)
        dense = dense_search(library._store, vector, SHARED_ONLY)
        found = hybrid_candidates(library._store, lexical, dense, vector)
        candidates = [
            places[c.stored.article.title, c.stored.sentence.start] for c in found[:CANDIDATES]
        ]
        examples.append(
            Example(
                question,
                asked.ids,
                near,
                brief.ids if len(brief) else None,
                number,
                answers,
                candidates,
            )
        )
        if done % 2000 == 0:
            print(f"{done} of {len(questions)} questions searched", flush=True)
    return Collection(texts, examples)


def find_answers(text: Text, question: Question) -> list[Answer]:
    """A question's answers as tokens of an article; they are truncated at the sentence's end."""
    found = []
    for start, end in question.answers:
        for index, (begin, finish) in enumerate(text.spans):
            if begin <= start < finish:
                spans = text.token_spans[index] + begin
                inside = np.flatnonzero((spans[:, 1] > start) & (spans[:, 0] < end))
                if len(inside):
                    found.append(Answer(index, int(inside[0]), int(inside[-1])))
    return list(dict.fromkeys(found))
