"""Sentence splitting within a paragraph: nupunkt, adapted to news.

nupunkt finds the marks that may end a sentence, and the quotation marks and brackets that close
with it. Which of the marks belong to an abbreviation, a name or a quotation is decided here, as
nupunkt has learned abbreviations and first words from law reports: "John" and "NASA" begin a
sentence there, and "York." and "cancer." end none. ``benchmarks/splitters.py`` compares splitters;
docs/quality.md has the table.
"""

import re
import threading
from collections.abc import Iterator
from functools import cache
from itertools import pairwise

from nupunkt import PunktSentenceTokenizer
from nupunkt.core.constants import ORTHO_LC
from nupunkt.core.parameters import PunktParameters

from index.text.abbreviations import (
    ABBREVIATIONS,
    BEFORE_NAMES,
    BEFORE_NUMBERS,
    NAMES_WITH_MARKS,
    TITLES,
)
from index.text.first_words import FUNCTION_WORDS, PLURAL, PROPER_PLURALS, SUBJECTS

KNOWN = TITLES | BEFORE_NAMES | ABBREVIATIONS

INVISIBLE = str.maketrans(dict.fromkeys("\u200b\u200c\u200d\u2060\ufeff", " "))
"""Invisible characters, which are taken for white space."""

SIMPLIFIED = str.maketrans(
    dict.fromkeys("“”„‟«»", '"') | dict.fromkeys("‘’‚‛‹›", "'") | {"\n": " "}
)
"""Characters replaced for nupunkt, which recognizes words after straight quotation marks and spaces
only. Each becomes a single character, so that offsets stay valid."""

DASHES = "—–-"
JOINING_DASH = re.compile(r"—(?:(?<=\w—)|(?=\w))")
"""A dash between two words, which nupunkt takes for a part of them."""

LONG_WORD = re.compile(r"\S{200,}+")
"""What is too long for a word. nupunkt takes time with the square of its length if it consists of
marks that end sentences, so that all but its end is replaced with letters for nupunkt."""

LONG_WORD_END = 20

MARKS = re.compile(
    r"(?<![.!?…])(?<!\.\s)[.!?…]++(?:\s\.)*+(?=(?P<closing>[\"')\]]*+)"
    r"(?:[,;:.!?…]|\s++[\"'(\[]*+(?P<next>\S{1,40}+)(?P<small>\s++[^\W\d_A-Z])?))"
)
"""Marks that may end a sentence, with what follows them: closing marks, and a punctuation mark or
the next word; ``small`` if the word after that begins with a small letter."""

MAX_WORD_LENGTH = 20
"""Characters of the longest word before a mark that is compared with those listed."""

MAX_UNLISTED_LENGTH = 4
"""Letters of the longest word that is taken for an abbreviation although it is not listed, if the
next word begins with a small letter: "90 km. of road", but "it rained. then it stopped"."""

MIN_INFORMAL_ENDS = 3
"""Sentences that must begin with a small letter, and be more than half, in an informal text."""

WORD_BEFORE = re.compile(r"[^\s\"(\[-]*$")
DOTTED = re.compile(r"(?:[^\W\d_]{1,2}\.)+[^\W\d_]{1,2}")
"""An abbreviation with a full stop after each letter or two except the last: "U.S", "Ph.D"."""

ENUMERATOR = re.compile(r"(?:^|[.!?:;]\s)\(?(?:\d{1,3}|[a-z])$")
"""The end of a text with the number of a list's item, which begins a sentence."""

FIRST_WORD = re.compile(r"(?:[^\W\d_]{2,}|[^\W\d_](?!\.))(?:'[^\W\d_]+)?(?![\w-]|\.\S)")
"""The next word, unless it is an abbreviation or an initial itself."""

REPORTING_CLAUSE = re.compile(
    r"(?<![\"'])[\"']{1,3}+\s(?P<first>[^\W\d_a-z][\w.'-]{0,30}+)(?:\s[^\W\d_a-z][\w.'-]{0,30}+){0,3}+"
    r"\s(?:said|says|asked|asks|told"
    r"|tells|wrote|writes|replied|answered|shouted|yelled|cried|called|exclaimed|wondered|wonders"
    r"|screamed|whispered|joked|added|demanded|recalled|quipped|tweeted|posted)\b"
)
"""Closing quotation marks and the clause that says whose words they close."""

_lock = threading.Lock()


def sentence_spans(text: str) -> Iterator[tuple[int, int]]:
    """The ``(start, end)`` of each sentence of a paragraph, in order, without white space."""
    if not text or text.isspace():
        return
    visible = text.translate(INVISIBLE)
    simplified = JOINING_DASH.sub(" ", visible.translate(SIMPLIFIED))
    simplified = LONG_WORD.sub(_without_marks, simplified)
    with _lock:
        starts = [start for start, _ in _tokenizer().span_tokenize(_without_inner(simplified))]
    # nupunkt's ends leave out replaced dashes, so that only its starts are used.
    for start, end in pairwise([0, *starts[1:], len(text)]):
        sentence = visible[start:end]
        if stripped := sentence.strip():
            start += len(sentence) - len(sentence.lstrip())
            yield start, start + len(stripped)


def _without_marks(word: re.Match[str]) -> str:
    return "x" * (len(word[0]) - LONG_WORD_END) + word[0][-LONG_WORD_END:]


def _without_inner(text: str) -> str:
    """A text with letters for the marks that end no sentence."""
    informal = _is_informal(text)
    return MARKS.sub(
        lambda marks: "x" * len(marks[0]) if _is_inner(text, marks, informal) else marks[0], text
    )


def _is_informal(text: str) -> bool:
    """Whether the sentences of a text begin with small letters, as in some comments."""
    ends: list[bool] = [
        marks["next"][0].islower()
        for marks in MARKS.finditer(text)
        if marks["next"] and not _is_abbreviation(_word_before(text, marks.start()))
    ]
    return sum(ends) >= MIN_INFORMAL_ENDS and sum(ends) > len(ends) / 2


def _is_inner(text: str, marks: re.Match[str], informal: bool) -> bool:
    """Whether marks end no sentence."""
    mark: str = marks[0]
    following: str | None = marks["next"]
    word = _word_before(text, marks.start())
    if following is None or _is_enumerator(text, marks.start()):
        return True
    if following[0] in DASHES:
        return marks["closing"] != ""  # “We are done.” — Ann Roe, mayor
    if following[0].islower():
        return _is_continued(marks, word, informal)
    if following[0].isdigit():
        return mark == "." and (_is_abbreviation(word) or word in BEFORE_NUMBERS)
    if (mark == "." and _is_abbreviation(word)) or word + mark in NAMES_WITH_MARKS:
        return not _begins_sentence(marks, word)
    reporting = REPORTING_CLAUSE.match(text, marks.end())
    return (
        reporting is not None and mark != "." and reporting["first"].lower() not in FUNCTION_WORDS
    )


def _is_continued(marks: re.Match[str], word: str, informal: bool) -> bool:
    """Whether a word that begins with a small letter continues the sentence before the marks."""
    if marks[0] == "." and _is_abbreviation(word):
        return True
    if informal or marks["next"][1:2].isupper():  # "iPhone"
        return False
    ends = word.islower() if marks[0][0] in "!?" else _is_plain(word)  # "Dolly! gets", "fun? we"
    return marks["closing"] != "" or not ends


def _is_plain(word: str) -> bool:
    """Whether a word in small letters is certainly no abbreviation."""
    return len(word) > MAX_UNLISTED_LENGTH and word.islower() and word.isalpha()


def _is_enumerator(text: str, end: int) -> bool:
    """Whether a full stop at an offset follows the number of a list's item."""
    found = ENUMERATOR.search(text, max(0, end - 8), end)
    if found is None:
        return False
    before = _word_before(text, found.start())
    return not _is_abbreviation(before) and before not in BEFORE_NUMBERS


def _word_before(text: str, end: int) -> str:
    """The word that ends at an offset; "" if there is none."""
    found = WORD_BEFORE.search(text, max(0, end - MAX_WORD_LENGTH), end)
    return found[0].lstrip("'") if found else ""


def _is_abbreviation(word: str) -> bool:
    """Whether a full stop after a word may be part of it: of an abbreviation or an initial."""
    return (
        word in KNOWN
        or (word.isupper() and word.capitalize() in KNOWN)
        or (len(word) == 1 and word.isupper())
        or DOTTED.fullmatch(word) is not None
    )


def _begins_sentence(marks: re.Match[str], word: str) -> bool:
    """Whether the capitalized word after an abbreviation, or a name with a mark, begins the next
    sentence."""
    first = FIRST_WORD.match(marks["next"])
    if word in TITLES or first is None:
        return False
    following = first[0].lower()
    if following in FUNCTION_WORDS:
        return True
    if marks[0] != "." or not marks["small"]:  # "Yahoo! Sports", "the U.S. Workers Party"
        return False
    return following in SUBJECTS or (
        (word in ABBREVIATIONS or word.islower())  # "U.S", "m.p.h", but not "J.K"
        and following not in PROPER_PLURALS
        and PLURAL.search(following) is not None
    )


@cache
def _tokenizer() -> PunktSentenceTokenizer:
    # A sentence may end after an initial if these words follow: "Plan B. The first had failed."
    first_words = dict.fromkeys(FUNCTION_WORDS | SUBJECTS, ORTHO_LC)
    return PunktSentenceTokenizer(PunktParameters(ortho_context=first_words))
