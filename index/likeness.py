"""Whether two sentences are accounts of the same thing: the words that they share."""

import re
from collections.abc import Collection


def words_of(text: str) -> list[str]:
    """The words and numbers of a text, in order, whatever their case."""
    return re.findall(r"\w+", text.casefold())


def shared_words(one: Collection[str], other: Collection[str]) -> float:
    """The share, from 0 to 1, of the shorter one's different words that the other has too."""
    mine, others = set(one), set(other)
    return len(mine & others) / max(1, min(len(mine), len(others)))


def say_the_same(one: Collection[str], other: Collection[str], share: float) -> bool:
    """Whether two sentences, by their words, have a share of them in common and all numbers."""
    mine, others = set(one), set(other)
    return _numbers(mine) == _numbers(others) and shared_words(mine, others) >= share


def _numbers(words: set[str]) -> set[str]:
    return {word for word in words if word[0].isdigit()}
