"""Sentence splitting within a paragraph: nupunkt, adapted to news.

Of twelve splitters it gets the most of 165 news sentences right, loses no text, and needs no model
(``benchmarks/splitters.py``; docs/quality.md has the table).
"""

import copy
import re
import threading
from collections.abc import Iterator
from functools import cache
from itertools import pairwise

import nupunkt
from nupunkt import PunktSentenceTokenizer

# nupunkt's abbreviations were learned from law reports. These of them are ordinary words, which
# occur in SQuADShifts' texts without a full stop.
ORDINARY_WORDS = """
abs accent acres add ago aims all an at auto bank barn bat bed bets black bold bond book broad
bull bump burr bus call can car century chaos chase chest chip cin civilization cliff climb
closes code cold comp condo consume cooler crazy crumbs day decks deserved dig dir disc divide
dull enter enters equal extant faded fed fish fist flag flake flip found free hall hand hard
hemp holidays horse how human id ill in info int italic jerky joke just knees la lab lack lazy
lead leg lids life lit liter lock loot low luck mart mason mass me memo mer mess met metro midi
mills miss month nor offline oils ok okay openers or oranges park pen penny pens per pet pick
pin pop port prep prop pub quart quarts rash raw reports rest rich roll rounds row ruin ruined
sand saw scam sent series shade shears sick skid sleep so south stake stars stew stock story sum
super tables tabs talent tasks tax ten thanks thinner threads walk wall wave week west wheat
wheel whites will win wings woods wool works yard
""".split()
MISSING_ABBREVIATIONS = (
    "lt cmdr mme mlle sra srta bn pvt cpl msgr insp ald maj reps sens ont cf".split()
)
NOT_SENTENCE_STARTERS = ("secretary", "ambassador", "general")
"""Words that nupunkt takes for the start of a sentence, so that "U.S. Secretary" would be split."""

SIMPLIFIED = str.maketrans({"“": '"', "”": '"', "‘": '"', "’": "'", "-": " ", "—": " ", "\n": " "})
"""Characters replaced for nupunkt, which recognizes an abbreviation after a straight quotation mark
only. Each becomes a single character, so that offsets stay valid."""

LONG_WORD = re.compile(r"\S{200,}+")
"""What is too long for a word. nupunkt takes time with the square of its length if it consists of
marks that end sentences, so that all but its end is replaced with letters for nupunkt."""

LONG_WORD_END = 20

_lock = threading.Lock()


def sentence_spans(text: str) -> Iterator[tuple[int, int]]:
    """The ``(start, end)`` of each sentence of a paragraph, in order, without white space."""
    if not text or text.isspace():
        return
    simplified = LONG_WORD.sub(_without_marks, text.translate(SIMPLIFIED))
    with _lock:
        starts = [start for start, _ in _tokenizer().span_tokenize(simplified)]
    # nupunkt's ends leave out replaced dashes, so that only its starts are used.
    for start, end in pairwise([0, *starts[1:], len(text)]):
        sentence = text[start:end]
        if stripped := sentence.strip():
            start += len(sentence) - len(sentence.lstrip())
            yield start, start + len(stripped)


def _without_marks(word: re.Match[str]) -> str:
    return "x" * (len(word[0]) - LONG_WORD_END) + word[0][-LONG_WORD_END:]


@cache
def _tokenizer() -> PunktSentenceTokenizer:
    tokenizer = copy.deepcopy(nupunkt.load("default"))  # the loaded one is cached by nupunkt
    for word in ORDINARY_WORDS:
        tokenizer.remove_abbreviation(word)
    tokenizer.add_abbreviations(MISSING_ABBREVIATIONS)
    for word in NOT_SENTENCE_STARTERS:
        tokenizer.parameters.sent_starters.discard(word)
    return tokenizer
