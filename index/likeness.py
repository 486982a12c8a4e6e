"""Whether two sentences are accounts of the same thing: the words that they share."""

import re
from collections.abc import Collection

DECIDING = frozenset(
    """zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen
    fifteen sixteen seventeen eighteen nineteen twenty thirty forty fifty sixty seventy
    eighty ninety hundred hundreds thousand thousands million millions billion billions
    trillion dozen dozens half third quarter twice double no not never none nobody nothing
    neither nor without t""".split()
)
"""Words that make two sentences say different things; "t" is what is left of "won't"."""


def words_of(text: str) -> list[str]:
    """The words and numbers of a text, in order, whatever their case."""
    return re.findall(r"\w+", text.casefold())


def shared_words(one: Collection[str], other: Collection[str]) -> float:
    """The share, from 0 to 1, of the shorter one's different words that the other has too."""
    mine, others = set(one), set(other)
    return len(mine & others) / max(1, min(len(mine), len(others)))


def say_the_same(one: str, other: str, share: float) -> bool:
    """Whether two sentences have a share of their words in common, and nothing that differs between
    them makes them say different things: numbers and negations are the same in both, and of names,
    months and days only one has some that the other lacks."""
    mine, others = set(words_of(one)), set(words_of(other))
    if shared_words(mine, others) < share or _deciding(mine) != _deciding(others):
        return False
    names, other_names = _names(one), _names(other)
    return names <= others or other_names <= mine


def same_numbers(one: str, other: str) -> bool:
    """Whether two sentences have the same numbers, in digits or words, and negations."""
    return _deciding(set(words_of(one))) == _deciding(set(words_of(other)))


def _deciding(words: set[str]) -> set[str]:
    return {word for word in words if word[0].isdigit() or word in DECIDING}


def _names(text: str) -> set[str]:
    """The words that are written with a capital letter, but for the first one."""
    _, _, rest = text.strip().partition(" ")
    return {word.casefold() for word in re.findall(r"\w+", rest) if word[0].isupper()}
