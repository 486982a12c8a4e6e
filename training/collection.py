"""What the reader learns from, prepared once: articles cut into tokens, questions, candidates."""

import pickle
import random
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from index import Article, Library
from index.answering.retrieval import find_by_meaning, find_by_words, find_candidates
from index.embedding.model_files import packaged_model
from index.reader.inputs import QUESTION_TOKENS, Ids, InputMaker
from index.scope import SHARED_ONLY
from training.brief import shorten
from training.data import Question, read_squadshifts
from training.near_miss import near_misses

CANDIDATES = 30
"""Sentences kept for each question, the best by search first."""


Place = tuple[int, int]
"""A sentence: the index of its article, and its own there."""


@dataclass(frozen=True, slots=True)
class Text:
    """An article: its sentences' places in the text, and their tokens."""

    title: str
    spans: list[tuple[int, int]]
    tokens: list[Ids]
    token_spans: list[Ids]

    @property
    def lengths(self) -> list[int]:
        return [end - start for start, end in self.spans]


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer: the index of its sentence, and its first and last token there."""

    sentence: int
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class Example:
    """A question with its tokens, its near misses', and where search looks for the answer.

    ``brief`` are the tokens of the question without its last details.
    ``article`` is the index of its article.
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
        """The sentences that answer."""
        return {(self.article, answer.sentence) for answer in self.answers}


@dataclass(frozen=True, slots=True)
class Collection:
    texts: list[Text]
    examples: list[Example]


def prepare(data: Path, work: Path, seed: int) -> Collection:
    """Read, index and search everything; what was prepared before is read from ``work``."""
    kept = work / "collection.pickle"
    if kept.exists():
        with kept.open("rb") as file:
            found: Collection = pickle.load(file)
            return found
    work.mkdir(parents=True, exist_ok=True)
    articles, questions = read_squadshifts(data, seed)
    with Library.open(work / "library") as library:
        for done, _ in enumerate(library.add_all(articles), 1):
            if done % 500 == 0:
                print(f"{done} of {len(articles)} articles indexed", flush=True)
        library.flush()
        collection = _collect(library, articles, questions, near_misses(questions, seed), seed)
    save(collection, kept)
    return collection


def save(prepared: object, kept: Path) -> None:
    """Pickle into a file that is whole whenever it is there."""
    unfinished = kept.with_suffix(".tmp")
    with unfinished.open("wb") as file:
        pickle.dump(prepared, file)
    unfinished.replace(kept)


def _collect(
    library: Library,
    articles: Sequence[Article],
    questions: Sequence[Question],
    changed: Sequence[Sequence[str]],
    seed: int,
) -> Collection:
    maker = InputMaker(packaged_model())
    texts: list[Text] = []
    sentence_at: dict[tuple[str, int], Place] = {}
    numbers = {article.title: number for number, article in enumerate(articles)}
    for number, article in enumerate(articles):
        spans = [(s.start, s.end) for s in library.sentences(article.id)]
        cut = maker.tokens([article.text[start:end] for start, end in spans])
        texts.append(Text(article.title, spans, [t.ids for t in cut], [t.spans for t in cut]))
        for index, (start, _) in enumerate(spans):
            sentence_at[article.title, start] = number, index
    asked = maker.tokens([question.text for question in questions], QUESTION_TOKENS)
    missed = iter(maker.tokens([text for some in changed for text in some], QUESTION_TOKENS))
    draw = random.Random(seed)
    shortened = [shorten(question.text, draw) or "" for question in questions]
    briefs = maker.tokens(shortened, QUESTION_TOKENS)
    vectors = library._encoder.encode([question.text for question in questions])
    examples = []
    for n, (question, tokens, some, brief, vector) in enumerate(
        zip(questions, asked, changed, briefs, vectors, strict=True), 1
    ):
        near = [next(missed).ids for _ in some]
        number = numbers[question.article]
        answers = find_answers(texts[number], question)
        if not answers:
            continue
        by_words = find_by_words(library._store, question.text, SHARED_ONLY)
        by_meaning = find_by_meaning(library._store, vector, SHARED_ONLY)
        found = find_candidates(library._store, by_words, by_meaning, vector)
        places = [
            sentence_at[c.stored.article.title, c.stored.sentence.start] for c in found[:CANDIDATES]
        ]
        examples.append(
            Example(
                question,
                tokens.ids,
                near,
                brief.ids if len(brief) else None,
                number,
                answers,
                places,
            )
        )
        if n % 2000 == 0:
            print(f"{n} of {len(questions)} questions searched", flush=True)
    return Collection(texts, examples)


def find_answers(text: Text, question: Question) -> list[Answer]:
    """Where a question's answers lie among a text's tokens; an answer ends with its sentence."""
    found = []
    for start, end in question.answers:
        for index, (begin, finish) in enumerate(text.spans):
            if begin <= start < finish:
                spans = text.token_spans[index] + begin
                inside = np.flatnonzero((spans[:, 1] > start) & (spans[:, 0] < end))
                if len(inside):
                    found.append(Answer(index, int(inside[0]), int(inside[-1])))
    return list(dict.fromkeys(found))
