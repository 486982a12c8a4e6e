"""Coverage: which of a question's words its answering article contains.

A name, number or nationality that the article never mentions is a strong sign that the question
asks about something else: "How many British troops?" of an article about American ones.
"""

import re
from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from index.answering.retrieval import content_words
from index.text.words import WORD

NAME = re.compile(r"(?<!^)(?<![.?!]\s)\b[A-Z]\w+")
NUMBER = re.compile(r"\b\d[\d.,]*")

MIN_SHARED_LETTERS = 4
MIN_SHARED_RATIO = 0.55
"""Two words match if they begin with the same letters: at least that many, and at least this share
of the longer one. So "Israelis" matches "Israel", and "British" matches "Britain"."""


@dataclass(frozen=True, slots=True)
class Coverage:
    """How much of a question an article contains.

    Args:
        words: the share of the question's content words that it contains, from 0 to 1.
        missing_names: the number of names and numbers of the question that it lacks.
    """

    words: float
    missing_names: int


def cover(question: str, text: str) -> Coverage:
    """The coverage of a question by a text."""
    asked = content_words(question)
    names = {name.lower() for name in NAME.findall(question)} | set(
        WORD.findall(" ".join(NUMBER.findall(question)))
    )
    covered = set(covered_words([*asked, *names], text))
    return Coverage(len(covered.intersection(asked)) / max(1, len(asked)), len(names - covered))


def covered_words(words: Iterable[str], text: str) -> list[str]:
    """The words, in lower case, that a text contains, perhaps in another form."""
    contained = {word.lower() for word in WORD.findall(text)}
    by_prefix = defaultdict[str, list[str]](list)
    for word in contained:
        by_prefix[word[:MIN_SHARED_LETTERS]].append(word)
    return [
        word
        for word in words
        if word in contained or _matches(word, by_prefix.get(word[:MIN_SHARED_LETTERS], ()))
    ]


def _matches(word: str, candidates: Collection[str]) -> bool:
    """Whether one of the candidates, with the same first letters, is a form of a word."""
    if len(word) < MIN_SHARED_LETTERS or word.isdigit():
        return False
    return any(
        _shared(word, other) >= MIN_SHARED_RATIO * max(len(word), len(other))
        for other in candidates
    )


def _shared(one: str, other: str) -> int:
    """The number of letters that two words begin with alike."""
    for length, (a, b) in enumerate(zip(one, other, strict=False)):
        if a != b:
            return length
    return min(len(one), len(other))
