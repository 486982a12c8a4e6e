"""Typing errors, and how rare each of them is."""

from dataclasses import dataclass

SWAPPED = 1.0
DOUBLED = 1.0
VOWEL = 1.5
OTHER = 2.0
"""Decimal logarithms of how rare an error is: two letters swapped; one letter of a pair left out or
doubled; a vowel for another; any other letter replaced, left out or added. The order is that of
Damerau, "A Technique for Computer Detection and Correction of Spelling Errors", 1964, and of the
errors in our question sets; see ``benchmarks/spelling.py``."""

FIRST = 1.0
"""What an error in the first letter adds: people rarely mistype it."""

VOWELS = frozenset("aeiouy")


@dataclass(frozen=True, slots=True)
class Correction:
    """A typing error, ``question[start:end]``, and the word that was searched for in its place."""

    typed: str
    searched: str
    start: int
    end: int


def error_cost(meant: str, typed: str) -> float:
    """The cost of the cheapest errors that turn a word into what was typed, 0 if there are none.

    A weighted optimal string alignment: each letter takes part in one error at most.
    """
    rows, columns = len(meant) + 1, len(typed) + 1
    cost = [[0.0] * columns for _ in range(rows)]
    for i in range(rows):
        for j in range(columns):
            options = []
            if i:
                first = FIRST if i == 1 else 0.0
                options.append(cost[i - 1][j] + _single(meant, i - 1) + first)
            if j:
                first = FIRST if j == 1 else 0.0
                options.append(cost[i][j - 1] + _single(typed, j - 1) + first)
            if i and j:
                one, other = meant[i - 1], typed[j - 1]
                both_vowels = one in VOWELS and other in VOWELS
                first = FIRST if min(i, j) == 1 else 0.0
                replaced = 0.0 if one == other else (VOWEL if both_vowels else OTHER) + first
                options.append(cost[i - 1][j - 1] + replaced)
            if i > 1 and j > 1 and meant[i - 2 : i] == typed[j - 1] + typed[j - 2]:
                options.append(cost[i - 2][j - 2] + SWAPPED + (FIRST if min(i, j) == 2 else 0.0))
            cost[i][j] = min(options, default=0.0)
    return cost[-1][-1]


def _single(word: str, at: int) -> float:
    """The cost of a letter that only one of the two words has."""
    return DOUBLED if word[at] in (word[at - 1 : at], word[at + 1 : at + 2]) else OTHER
