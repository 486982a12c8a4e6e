"""Follow-up questions: "and when do they arrive?", "why?", "what about Qatar?".

A question that cannot be understood on its own is read together with the one before it, in the
articles that answered that one: the reader is trained on both in one. Whether the conversation
stays with these articles is decided by what they have to say, compared with all others.
"""

import re
from dataclasses import dataclass

from index.answering.coverage import Coverage
from index.answering.retrieval import content_words

LEAD_IN = re.compile(r"^\s*(?:(?:and|but|so|or|also|then|ok(?:ay)?)\b[\s,]*)+(?=\S)", re.IGNORECASE)

DEPENDENT = re.compile(
    r"^\s*(?:and|but|so|or|also|then|(?:what|how)\s+about)\b"
    r"|\b(?:he|she|it|they|him|her|them|his|hers|its|their|theirs|this|that|these|those|there"
    r"|else|others?|same|so|both|neither|either)\b",
    re.IGNORECASE,
)
"""Matches questions that refer to something said before."""

MAX_ELLIPTICAL_WORDS = 4
"""Words of a question that leaves out what it is about: "for how long?", "at what time?"."""

MAX_EARLIER_CHARS = 200
"""Characters of the earlier question that are kept."""

MIN_CONFIDENCE_RATIO = 0.6
"""A question that can be understood on its own is a follow-up if the previous articles answer it
with at least this share of the confidence of all articles."""


@dataclass(frozen=True, slots=True)
class Turn:
    """The turn of a conversation before a question.

    Args:
        question: as it was asked, or as it was completed.
        articles: the ids of the articles that answered it.
    """

    question: str = ""
    articles: tuple[str, ...] = ()


NO_TURN = Turn()


@dataclass(frozen=True, slots=True)
class Evidence:
    """What some articles have to say on a question.

    Args:
        confidence: of their answer, from 0 to 1.
        coverage: of the question by the article of the answer.
    """

    confidence: float
    coverage: Coverage


def strip_lead_in(question: str) -> str:
    """The question without an initial "and", "but", "ok" or the like."""
    return LEAD_IN.sub("", question, count=1)


def is_dependent(question: str) -> bool:
    """Whether a question cannot be understood on its own."""
    words = content_words(strip_lead_in(question))
    elliptical = len(question.split()) <= MAX_ELLIPTICAL_WORDS and len(words) <= 1
    return elliptical or bool(DEPENDENT.search(question))


def complete(question: str, words: str, earlier: str) -> str:
    """The question as it is searched after an ``earlier`` one.

    Args:
        words: of the question that are searched for.
    """
    if not earlier or not is_dependent(question):
        return words
    return f"{earlier.strip()[-MAX_EARLIER_CHARS:]} {words}"


def continues_previous(question: str, here: Evidence, elsewhere: Evidence) -> bool:
    """Whether a question is about the articles that answered the previous one.

    Args:
        here: what these articles say.
        elsewhere: what all articles say.
    """
    off_topic = (
        elsewhere.coverage.words > here.coverage.words
        or elsewhere.coverage.missing_names < here.coverage.missing_names
    )
    if is_dependent(question):
        return not off_topic or here.confidence >= elsewhere.confidence
    return not off_topic and here.confidence >= MIN_CONFIDENCE_RATIO * elsewhere.confidence
