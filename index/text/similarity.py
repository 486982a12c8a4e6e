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

DATES = frozenset(
    """monday tuesday wednesday thursday friday saturday sunday january february march april may
    june july august september october november december spring summer autumn winter""".split()
)


def words_of(text: str) -> list[str]:
    """The words and numbers of a text, in order, whatever their case."""
    return re.findall(r"\w+", text.casefold())


def shared_words(one: Collection[str], other: Collection[str]) -> float:
    """The share, from 0 to 1, of the shorter one's different words that the other has too."""
    mine, others = set(one), set(other)
    return len(mine & others) / max(1, min(len(mine), len(others)))


def say_the_same(one: str, other: str, share: float) -> bool:
    """Whether two sentences have a share of their words in common, and agree: see ``agree``; and of
    names only one has some that the other lacks."""
    mine, others = set(words_of(one)), set(words_of(other))
    names, other_names = _names(one), _names(other)
    return (
        shared_words(mine, others) >= share
        and _agree(mine, others)
        and (names <= others or other_names <= mine)
    )


def agree(one: str, other: str) -> bool:
    """Whether two sentences have the same numbers, in digits or words, and negations; and of days
    and months only one has some that the other lacks."""
    return _agree(set(words_of(one)), set(words_of(other)))


def _agree(mine: set[str], others: set[str]) -> bool:
    dates, other_dates = mine & DATES, others & DATES
    return _deciding(mine) == _deciding(others) and (dates <= others or other_dates <= mine)


def _deciding(words: set[str]) -> set[str]:
    return {word for word in words if word[0].isdigit() or word in DECIDING}


def _names(text: str) -> set[str]:
    """The words that are written with a capital letter, but for the first one."""
    _, _, rest = text.strip().partition(" ")
    return {word.casefold() for word in re.findall(r"\w+", rest) if word[0].isupper()}
