"""Detects which messages ask the library something, so that the bot stays out of conversations.

The form of a message alone does not decide it: "who has the stream link?" is a question, and "ferry
ticket price" is not one. So a message is first searched like a question, and its form and what the
library has to say on it decide together. Nothing of a message that is not for the library is kept.
"""

import re
from collections.abc import Collection
from dataclasses import dataclass
from itertools import pairwise
from math import exp, log

from index import Answer, Certainty
from index.answering.coverage import covered_words
from index.answering.question_grammar import (
    AUXILIARIES,
    DETERMINERS,
    PRONOUNS,
    parse_clause,
    tokenize_question,
    without_end,
)
from index.answering.requests import interpret, is_request, wrapper_end
from index.answering.retrieval import content_words
from index.text.word_frequencies import log_frequency
from index.text.words import WORD, fold

OPENINGS = frozenset(
    # English
    "who whom whose what which when where why how is are was were do does did has have had can"
    " could will would should shall may might must"
    # Spanish
    " quién quien quiénes quienes qué que cuál cual cuáles cuales cuándo cuando dónde donde cómo"
    " como cuánto cuanto cuánta cuanta cuántos cuantos cuántas cuantas".split()
)
"""How questions begin that lack their mark."""

ADDRESS = re.compile(r"https?://\S+")
MARK = re.compile(r"[?？؟¿]")
ASIDE = re.compile(r"(?:(?:and|but|so|or|also|ok(?:ay)?|hey|hi|hello|y|pero|hola)\b[\s,]*)+", re.I)
MIN_WORDS = 3
"""Words of a question without its mark: "how are" is no question, "why" is talk."""

PARTICIPANTS = frozenset(
    "i im ive me my mine myself you u ur your yours yourself we us our ours".split()
)
THOSE_PRESENT = PARTICIPANTS | frozenset(
    "this that these those it its here he she they him her them anyone anybody someone somebody"
    " everyone everybody nobody guys".split()
)
"""Words for people who are present and things at hand, as in a conversation; news uses names."""

STATEMENT_WORDS = (
    PRONOUNS
    | DETERMINERS
    | AUXILIARIES
    | THOSE_PRESENT
    | frozenset("not no so just really too very and but or because if".split())
)
"""Words that keywords, such as "ferry ticket price", do without."""

COMMON = -3.5
"""The log frequency from which a word, such as "time" or "people", says nothing of the topic."""

COMMON_PHRASE = -6.0
"""The sum of the log frequencies of two adjacent words from which they say nothing together."""

MAX_RARITY = 3.0
"""What the rarest word or phrase says of the topic."""

MAX_TOPIC = 6.0
"""What all words and phrases of a message say of it."""

MAX_PRESENT = 2
"""More words for those present lower the probability no further."""

MIN_CONFIDENCE, MAX_CONFIDENCE = 0.03, 0.97
"""Confidences beyond these count as these."""

BIAS = -2.57
WEIGHTS = (0.90, 1.60, -1.48, -2.76, 0.75, 1.32)
"""The weights of ``Evidence``, fitted by ``python -m benchmarks.ask_channels --fit``."""

MIN_PROBABILITY = 0.6
"""The probability from which a message is for the library. An unwanted answer disturbs more than a
missing one, which can still be had by mentioning the bot."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """The features that distinguish a question to the library from conversation.

    Args:
        asks: whether it has the form of a question or a request.
        requests: whether it has the form of a request, such as "tell me about the flood".
        states: whether it is neither a question nor a request, nor keywords.
        present: the number of words for those present, up to ``MAX_PRESENT``.
        confidence: the logit of the answer's confidence.
        topic: how rare the words and phrases are that are shared with the answer's article.
    """

    asks: bool
    requests: bool
    states: bool
    present: int
    confidence: float
    topic: float

    @property
    def values(self) -> tuple[float, ...]:
        return (
            self.asks,
            self.requests,
            self.states,
            self.present,
            self.confidence,
            self.topic,
        )

    @property
    def probability(self) -> float:
        """The probability, from 0 to 1, that the message is for the library."""
        terms = (w * value for w, value in zip(WEIGHTS, self.values, strict=True))
        return 1 / (1 + exp(-BIAS - sum(terms)))


def is_question(text: str) -> bool:
    """Whether a message is a question by its form: it has a question mark or begins like one, or it
    is a request such as "tell me about the flood"."""
    stripped = ADDRESS.sub(" ", text).strip()
    if is_request(stripped):
        return True
    if MARK.search(stripped):
        return any(character.isalnum() for character in stripped)
    words = WORD.findall(ASIDE.sub("", stripped, count=1).lower())
    return (
        len(words) >= MIN_WORDS and words[0] in OPENINGS and not stripped.endswith(("!", "…", "."))
    )


def is_wanted(answer: Answer, in_conversation: bool = False) -> bool:
    """Whether the message that was answered asks the library, and is not mere conversation.

    Args:
        in_conversation: whether it was written after a question to the bot, as in its threads.
    """
    parts = answer.parts or (answer,)
    if any(evidence(part).probability >= MIN_PROBABILITY for part in parts):
        return True
    found_some = answer.certainty is not Certainty.NONE
    return in_conversation and found_some and _asks_on(answer.question)


def _asks_on(text: str) -> bool:
    """Whether a message asks on in a conversation with the bot, such as "and when?"; members who
    talk with each other there do not."""
    text = ADDRESS.sub(" ", text).strip()
    if not is_question(text) or not PARTICIPANTS.isdisjoint(WORD.findall(text.lower())):
        return False
    aside = ASIDE.match(text)
    tokens = without_end(tokenize_question(text[aside.end() :] if aside else text))
    clause = parse_clause(tokens)
    if clause is None or (clause.kind == "embedded" and not MARK.search(text)):  # "what a day"
        return aside is not None and bool(tokens)
    return True


def evidence(answer: Answer) -> Evidence:
    """What the answer to one question says about whether it was one."""
    text = ADDRESS.sub(" ", answer.question).strip()
    requests = is_request(text)
    tokens = without_end(tokenize_question(interpret(text).query))
    clause = parse_clause(tokens)
    words = [token.lower for token in tokens if token.is_word]
    is_short = clause is not None and clause.kind == "phrase"  # "how many troops?", "who else"
    marked = len(words) >= MIN_WORDS and MARK.search(text) is not None
    asks = requests or (clause is not None and (marked or not is_short))
    spoken = WORD.findall(text[wrapper_end(text) :].lower())
    present = sum(word in THOSE_PRESENT for word in spoken)
    if requests and ("me" in spoken or "us" in spoken):
        present -= 1  # "tell me about the flood"
    confidence = min(max(answer.confidence, MIN_CONFIDENCE), MAX_CONFIDENCE)
    return Evidence(
        asks=asks,
        requests=requests,
        states=not asks and any(word in STATEMENT_WORDS for word in words),
        present=min(present, MAX_PRESENT),
        confidence=log(confidence / (1 - confidence)),
        topic=_shared_topic(answer) if answer.passages else 0.0,
    )


def _shared_topic(answer: Answer) -> float:
    """How rare the words and phrases are that a question shares with the article of its first
    passage."""
    article = answer.passages[0].citation.article
    text = f"{article.title}\n{article.text}"
    # Not of the query, which the previous question completes.
    asked = [*content_words(answer.question), *(c.searched for c in answer.corrections)]
    shared = covered_words(asked, text)
    if phrases := _phrases(answer.question, shared):
        phrases &= _phrases(text, shared)
    rarities = [_rarity(_frequency(word), COMMON) for word in shared]
    rarities += [_rarity(_frequency(a) + _frequency(b), COMMON_PHRASE) for a, b in phrases]
    return min(sum(rarities), MAX_TOPIC)


def _phrases(text: str, words: Collection[str]) -> set[tuple[str, str]]:
    """The pairs of adjacent words of a text that are both among some words."""
    pairs = pairwise(WORD.findall(text.lower()))
    return {(first, second) for first, second in pairs if first in words and second in words}


def _frequency(word: str) -> float:
    """The log frequency of a word; an unknown one is rare."""
    frequency = log_frequency(fold(word))
    return COMMON - MAX_RARITY if frequency is None else frequency


def _rarity(frequency: float, common: float) -> float:
    return min(max(common - frequency, 0.0), MAX_RARITY)
