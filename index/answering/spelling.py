"""Typing errors in questions, corrected to words of the searched collections.

A noisy channel decides (Kernighan, Church and Gale, "A Spelling Correction Program Based on a Noisy
Channel Model", COLING 1990): a word is what was typed, or a similar one, whichever is likeliest
given how often people write it, how many sentences have it, and how rare each error is. Words that
no collection holds compete too: "presidnet" is not "resident" where there is no "president". The
words that questions begin with count as held: "wich" is "which", not "with".
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from math import log10

from index.answering.question_grammar import QUESTION_WORDS
from index.store import Vocabulary
from index.text.typing_errors import Correction, error_cost
from index.text.word_frequencies import distances, log_frequency, similar_words
from index.text.words import fold

MIN_LENGTH = 4
"""Letters of the shortest word that is corrected: a shorter one is similar to too many."""

MAX_LENGTH = 24

MIN_LENGTH_FOR_TWO = 7
"""Letters from which a word may have two errors."""

MAX_CORRECTIONS = 3
"""Words of a question that may be wrong: if there are more, it is in a language of its own."""

COMMON = -6.0
"""The log frequency from which a word is never an error: one in a million."""

ERROR_WEIGHT = 2.0
"""The weight of ``error_cost`` against log frequencies. This and the following numbers are fitted:
see ``benchmarks/spelling.py``."""

UNLISTED, UNLISTED_LETTER = -4.0, -0.6
"""The log frequency of a word that no list has, and what each of its letters adds: any string of
letters may be a name, but a long one that is similar to a word is rarely so by chance."""

HELD = -6.5
"""The log frequency of a word that one sentence has; ten sentences make it 1 higher."""

HELD_BONUS = 1.5
"""How much likelier a word is for being held: people ask about what there is."""

ASKING_BONUS = 1.0
"""How much likelier a word is in a question for being one that questions are asked with."""

NAME_COST = 3.0
"""How much rarer a word with a capital is meant to be one that articles write without."""

MAX_COUNTED = 8
"""The nearest words whose sentences are counted."""

WORD = re.compile(
    r"""(?<!\S)["'“”‘’«»(\[¿¡*_~-]*"""
    r"""(?P<word>[^\W\d_]+(?:-[^\W\d_]+)*)(?:['’]s)?(?![^\W_]|['’][^\W_])(?P<after>\S*)""",
)
"""A word between spaces and punctuation, but no address, mention, emoji, number or contraction."""

PART = re.compile(r"[^\W_]+")
"""A part of a hyphenated word."""


@dataclass(frozen=True, slots=True)
class CorrectedQuestion:
    """A question as it is searched for, and what was corrected in it, in order."""

    text: str
    corrections: tuple[Correction, ...] = ()


def correct_question(
    vocabulary: Vocabulary, question: str, collections: tuple[str, ...] | None
) -> CorrectedQuestion:
    """Correct the typing errors in a question whose corrections some of the collections hold.

    Raises StoreError.
    """
    words = list(_words(question))
    known = vocabulary.known(list({question[start:end] for start, end in words}), collections)
    unknown = [span for span in words if question[slice(*span)] not in known]
    corrections = []
    for start, end in unknown:
        typed = question[start:end]
        is_name = typed.istitle() and bool(question[:start].strip())
        meant = closest_word(vocabulary, fold(typed), collections, is_name=is_name)
        if meant is not None:
            searched = _in_case_of(typed, vocabulary.spelling(meant, collections))
            corrections.append(Correction(typed, searched, start, end))
            if len(corrections) > MAX_CORRECTIONS:
                return CorrectedQuestion(question)
    text = question
    for correction in reversed(corrections):
        text = text[: correction.start] + correction.searched + text[correction.end :]
    return CorrectedQuestion(text, tuple(corrections))


def closest_word(
    vocabulary: Vocabulary,
    typed: str,
    collections: tuple[str, ...] | None,
    *,
    is_name: bool = False,
) -> str | None:
    """The word of the collections that a folded word, which they lack, is most likely meant to be;
    None if it is more likely what was meant, or another one that they lack."""
    as_typed = _log_prior(typed)
    if as_typed >= COMMON:
        return None
    most = 2 if len(typed) >= MIN_LENGTH_FOR_TWO else 1
    prefixes = (typed[0], typed[1] + typed[0], typed[1:3])
    words = vocabulary.starting_with(prefixes, len(typed) - most, len(typed) + most, collections)
    asking = {
        word
        for word in QUESTION_WORDS
        if word.startswith(prefixes) and len(word) >= len(typed)  # "wheres" is "where's"
    }
    held = distances(typed, sorted(words | asking), most)
    if not held:
        return None
    scores = {typed: as_typed}
    for word in similar_words(typed, prefixes, most):
        if word != typed:
            scores[word] = _log_prior(word) - ERROR_WEIGHT * error_cost(word, typed)
    costs = {word: ERROR_WEIGHT * error_cost(word, typed) for word in held}
    for word in sorted(held, key=lambda word: (costs[word], word))[:MAX_COUNTED]:
        counted = HELD + log10(max(1, vocabulary.count(word, collections)))
        scores[word] = max(counted, _log_prior(word)) + HELD_BONUS - costs[word]
        if word in asking:
            scores[word] += ASKING_BONUS
        if is_name and vocabulary.spelling(word, collections).islower():
            scores[word] -= NAME_COST
    best = max(scores, key=lambda word: (scores[word], word))
    return best if best in held else None


def _log_prior(word: str) -> float:
    """The log frequency of a word, whether or not it is listed."""
    listed = log_frequency(word)
    return UNLISTED + UNLISTED_LETTER * len(word) if listed is None else listed


def _words(question: str) -> Iterator[tuple[int, int]]:
    """The spans of the words that may be corrected."""
    shouted = question.isupper()
    for match in WORD.finditer(question):
        for part in PART.finditer(match["word"]):
            word = part[0]
            if not MIN_LENGTH <= len(word) <= MAX_LENGTH or not fold(word).isascii():
                continue
            if word.isupper() and not shouted:  # an acronym
                continue
            yield match.start("word") + part.start(), match.start("word") + part.end()


def _in_case_of(typed: str, word: str) -> str:
    """A word with the capitals of what was typed in its place."""
    if typed.isupper():
        return word.upper()
    return word[0].upper() + word[1:] if typed[0].isupper() else word
