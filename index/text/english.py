"""Whether a text is in English."""

import re
from collections.abc import Iterator, Sequence

COMMONEST = frozenset("the of and to in a that is was for on with as by at from has had it".split())
MIN_SHARE = 0.15
"""The share of common English words from which a text is taken to be English."""

MIN_WORDS = 5
"""The least number of words from which a language can be identified."""

WORD = re.compile(r"[^\W\d_]+")


def is_english(text: str, spans: Sequence[tuple[int, int]]) -> bool:
    """Whether the parts of a text with some ``(start, end)`` are in English, by their commonest
    words."""
    words = [word.casefold() for word in words_of(text, spans)]
    return len(words) >= MIN_WORDS and (
        sum(word in COMMONEST for word in words) >= MIN_SHARE * len(words)
    )


def words_of(text: str, spans: Sequence[tuple[int, int]]) -> Iterator[str]:
    """The words in the parts of a text."""
    for start, end in spans:
        yield from WORD.findall(text, start, end)
