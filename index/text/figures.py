"""The figures that an English text gives, each with the words that say what it counts."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import cache

from babel import Locale
from babel.numbers import get_currency_name

from index.text.english import is_english
from index.text.first_words import FUNCTION_WORDS
from index.text.mentions import Mention, in_order
from index.text.quantities import (
    APPROXIMATE,
    AT_LEAST,
    AT_MOST,
    LEAD_LENGTH,
    Quantity,
    find_quantities,
)
from index.text.similarity import DATE_WORDS
from index.text.units import COUNT
from index.text.words import fold

MAX_WORDS = 4
"""Words after a number among which the noun that it counts is looked for."""

MIN_SPELLED = 10
"""The least number that is a figure if it is spelled out: "two people" says little."""

DURATIONS = frozenset({"second", "month"})
"""The units of time that others are converted to."""

COLLECTIVES = frozenset("people men women children troops staff police cattle sheep fish".split())
SINGULARS = frozenset(
    "is was has does this its us as his less across plus previous various serious famous".split()
)
"""Words in -s that are no plurals."""

HYPHENATED = re.compile(r"\d-[^\W\d_]")
NEXT_WORD = re.compile(r" ([^\W\d_]+(?:-[^\W\d_]+)*+)")
PART_OF = re.compile(r" (?:out )?of (?:the |its |his |her |their |some )?\Z")


def find_figures(text: str, sentences: Sequence[tuple[int, int]]) -> list[Mention]:
    """The figures that the sentences of a text give, with their units or what they count: "about
    8,000 people", "$1.9 billion", "34 percent". The most frequent first, then in the order of the
    text, durations last; none if the text is not in English.

    Ages, dates, times of day, numbers in names and small numbers in words are left out.

    Args:
        sentences: the ``(start, end)`` of each sentence, in order.
    """
    if not is_english(text, sentences):
        return []
    counts: Counter[str] = Counter()
    first: dict[str, tuple[int, int, bool]] = {}
    for start, end in sentences:
        for figure in _in_sentence(text[start:end]):
            words = text[start + figure[0] : start + figure[1]].casefold()
            counts[words] += 1
            first.setdefault(words, (start + figure[0], start + figure[1], figure[2]))
    found = [
        (Mention(start, end, counts[words]), is_duration)
        for words, (start, end, is_duration) in first.items()
    ]
    return [
        mention
        for durations in (False, True)
        for mention in in_order(one for one, is_duration in found if is_duration == durations)
    ]


def _in_sentence(sentence: str) -> Iterator[tuple[int, int, bool]]:
    """The ``(start, end)`` of each figure of a sentence, and whether it is a duration."""
    whole: int | None = None  # where "66 of the" begins, before "120 seats"
    previous_end = 0
    for quantity, (number_start, number_end) in find_quantities(sentence):
        if not PART_OF.fullmatch(sentence, previous_end, number_start):
            whole = None
        start, previous_end, whole = whole or number_start, number_end, None
        if _is_left_out(sentence, quantity, number_start, number_end):
            continue
        end = number_end if quantity.unit is not COUNT else _noun_end(sentence, number_end)
        if end is not None:
            yield _qualified_start(sentence, start), end, quantity.unit.base in DURATIONS
        elif sentence.startswith((" of ", " out of "), number_end):
            whole = start


def _noun_end(sentence: str, number_end: int) -> int | None:
    """Where the noun ends that a number counts: after "vacant jobs" in "1,300 vacant jobs in
    Manitoba". None if there is none."""
    position = number_end
    for number in range(MAX_WORDS):
        word = NEXT_WORD.match(sentence, position)
        if word is None or word[1].casefold() in FUNCTION_WORDS:
            return None
        position = word.end()
        lower = word[1].casefold()
        is_plural = lower.endswith("s") and not lower.endswith("ss") and lower not in SINGULARS
        if is_plural or lower in COLLECTIVES or fold(lower) in _currencies():
            return position
        if lower.endswith("ed") and not number:
            return None  # "51 opposed it"
    return None


def _is_left_out(sentence: str, quantity: Quantity, start: int, end: int) -> bool:
    """Whether a number is an age, the first part of a word ("25-year"), of a name ("Room 6"), or
    small and spelled out."""
    figure = sentence[start:end]
    if HYPHENATED.search(figure) or sentence.startswith((" old", "-"), end):
        return True
    is_spelled = not any(character.isdigit() for character in figure)
    if is_spelled and quantity.low < MIN_SPELLED:
        return True
    before = sentence[max(0, start - LEAD_LENGTH) : start]
    word = before[:-1].rpartition(" ")[2]
    if quantity.unit is not COUNT or not before.endswith(" ") or len(word) == start - 1:
        return False  # the first word of the sentence has a capital whatever it is
    return word[:1].isupper() and word.casefold() not in FUNCTION_WORDS | DATE_WORDS


def _qualified_start(sentence: str, start: int) -> int:
    """The start of a figure with the words before it that say that it is rounded or a bound."""
    lead = max(0, start - LEAD_LENGTH)
    before = sentence[lead:start]
    for pattern in (AT_LEAST, AT_MOST, APPROXIMATE):
        if qualifier := pattern.search(before):
            return lead + qualifier.start()
    return start


@cache
def _currencies() -> frozenset[str]:
    """The last words of the names of currencies, in the singular and plural, folded."""
    names = {
        name
        for code in map(str, Locale("en").currencies)
        for name in (get_currency_name(code, locale="en"), get_currency_name(code, 2, "en"))
    }
    words = (fold(name.split(" (")[0].split()[-1]) for name in names)
    return frozenset(word for word in words if word.isalpha()) | {"maloti", "kronor", "zloty"}
