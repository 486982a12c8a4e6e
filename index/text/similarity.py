"""Similarity of sentences by their words, numbers, dates and names."""

from collections.abc import Collection

from index.text.words import WORD

NUMBERS_AND_NEGATIONS = frozenset(
    """zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen
    fifteen sixteen seventeen eighteen nineteen twenty thirty forty fifty sixty seventy
    eighty ninety hundred hundreds thousand thousands million millions billion billions
    trillion dozen dozens half third quarter twice double no not never none nobody nothing
    neither nor without t""".split()
)
"""Words that change what a sentence states; "t" comes from "won't"."""

DATE_WORDS = frozenset(
    """monday tuesday wednesday thursday friday saturday sunday january february march april may
    june july august september october november december spring summer autumn winter""".split()
)


def tokenize(text: str) -> list[str]:
    """The words and numbers of a text in order, case-folded."""
    return WORD.findall(text.casefold())


def word_overlap(one: Collection[str], other: Collection[str]) -> float:
    """The overlap coefficient of two texts' words, from 0 to 1: the share of the shorter one's
    distinct words that the other contains."""
    first, second = set(one), set(other)
    return len(first & second) / max(1, min(len(first), len(second)))


def are_equivalent(one: str, other: str, min_overlap: float) -> bool:
    """Whether two sentences state the same: their words overlap, their facts agree (see
    ``facts_agree``), and at most one of them has names that the other lacks.

    Args:
        min_overlap: the least ``word_overlap``, from 0 to 1.
    """
    first, second = set(tokenize(one)), set(tokenize(other))
    return (
        word_overlap(first, second) >= min_overlap
        and _facts_agree(first, second)
        and (_names(one) <= second or _names(other) <= first)
    )


def facts_agree(one: str, other: str) -> bool:
    """Whether two sentences have the same numbers, in digits or words, and the same negations, and
    at most one of them has days or months that the other lacks."""
    return _facts_agree(set(tokenize(one)), set(tokenize(other)))


def _facts_agree(first: set[str], second: set[str]) -> bool:
    dates_agree = first & DATE_WORDS <= second or second & DATE_WORDS <= first
    return dates_agree and _numbers_and_negations(first) == _numbers_and_negations(second)


def _numbers_and_negations(words: set[str]) -> set[str]:
    return {word for word in words if word[0].isdigit() or word in NUMBERS_AND_NEGATIONS}


def _names(text: str) -> set[str]:
    """The capitalized words, except the first word, case-folded."""
    _, _, rest = text.strip().partition(" ")
    return {word.casefold() for word in WORD.findall(rest) if word[0].isupper()}
