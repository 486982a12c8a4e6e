"""How often people write a word, whether or not any article contains it."""

from collections.abc import Sequence
from functools import cache

from rapidfuzz import process
from rapidfuzz.distance import OSA

from index.text.words import fold

WORD_LISTS = {"es": "small", "en": "large"}
"""The lists of the bot's languages: the large one for that of the articles, with words down to one
in a hundred million and many names; of the other, words down to one in a million."""

MIN_SUGGESTED = -7.0
"""The log frequency from which a word of the list may be what someone meant: below, the list has
many typing errors itself."""


def log_frequency(word: str) -> float | None:
    """The decimal logarithm of a folded word's share of all words, -8 to -1; None: not listed.

    The list is wordfreq's: Speer, "rspeer/wordfreq", 2022, https://doi.org/10.5281/zenodo.7199437.
    """
    return _log_frequencies().get(word)


def similar_words(word: str, prefixes: Sequence[str], max_distance: int) -> dict[str, int]:
    """The listed words with one of the prefixes, up to a distance, with their distances.

    Args:
        word: folded, as the prefixes.
        max_distance: in optimal string alignment: letters inserted, deleted, replaced, or swapped
            with their neighbor.
    """
    chosen = [
        listed
        for letter in {prefix[0] for prefix in prefixes}
        for length in range(len(word) - max_distance, len(word) + max_distance + 1)
        for listed in _suggested().get((letter, length), ())
        if listed.startswith(tuple(prefixes))
    ]
    return distances(word, chosen, max_distance)


def distances(word: str, choices: Sequence[str], max_distance: int) -> dict[str, int]:
    """The choices up to a distance (see ``similar_words``) from a word, with their distances."""
    found = process.extract(
        word, choices, scorer=OSA.distance, score_cutoff=max_distance, limit=None
    )
    return {choice: int(distance) for choice, distance, _ in found}


@cache
def _log_frequencies() -> dict[str, float]:
    from wordfreq import get_frequency_list  # its import takes longer than most commands

    lists = [get_frequency_list(language, size) for language, size in WORD_LISTS.items()]
    listed: dict[str, float] = {}
    for centibels in reversed(range(max(map(len, lists)))):  # the higher frequency is kept
        for words_at in lists:
            for words in words_at[centibels : centibels + 1]:
                listed |= dict.fromkeys(map(_fold, words), -centibels / 100)
    return listed


@cache
def _suggested() -> dict[tuple[str, int], list[str]]:
    """The more frequent words by first letter and length."""
    suggested: dict[tuple[str, int], list[str]] = {}
    for word, frequency in _log_frequencies().items():
        if frequency >= MIN_SUGGESTED and word.isalpha():
            suggested.setdefault((word[0], len(word)), []).append(word)
    return suggested


def _fold(word: str) -> str:
    return word if word.isascii() else fold(word)
