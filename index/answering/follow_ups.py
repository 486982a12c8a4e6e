"""Follow-up questions: "and when do they arrive?", "why?", "what about Qatar?".

One that leaves out what it is about is completed by the question before it; a pronoun is understood
from the article that the conversation is about, whose title is read. Whether the conversation stays
with this article is decided by what it has to say, compared with all others.
"""

import re
from dataclasses import dataclass
from math import log

from index.answering.coverage import Coverage
from index.answering.question_parts import split_question
from index.answering.retrieval import STOP_WORDS, content_words

LEAD_IN = re.compile(r"^\s*(?:(?:and|but|so|or|also|then|ok(?:ay)?)\b[\s,]*)+(?=\S)", re.IGNORECASE)

DEPENDENT = re.compile(
    r"^\s*(?:and|but|so|or|also|then|(?:what|how)\s+about)\b"
    r"|\b(?:he|she|it|they|him|her|them|his|hers|its|their|theirs|this|that|these|those|there"
    r"|else|others?|same|so|both|neither|either)\b",
    re.IGNORECASE,
)
"""Matches questions that refer to something said before."""

FRAGMENT = re.compile(
    r"^\s*(?:(?:what|how)\s+about\s+)?"
    r"(?P<words>(?:for|in|at|on|to|from|by|with|of|until|since|during|under|over|near)\s+(?!which|what"
    r"|whom?|how|when|where)\S.*)$",
    re.IGNORECASE,
)
"""Matches what adds a detail to the question before it: "for a car?", "what about in Oslo?"."""

MAX_ELLIPTICAL_WORDS = 4
MAX_ELLIPTICAL_CONTENT_WORDS = 1
"""Words of a question that leaves out what it is about ("for how long?", "at what time?"), and
those of them that are no stop words."""

WEIGHTS = (0.7, 0.1, 2.0, 0.8)
INTERCEPT = 2.9
"""A logistic regression for staying with the articles that the conversation is about, on
``continuation_features``; ``training.follow_ups`` fits it."""

CONFIDENCE_RANGE = (0.01, 0.99)
"""Confidences beyond these count as these."""


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
    return _is_elliptical(question) or bool(DEPENDENT.search(question))


def complete(words: str, earlier: str) -> str:
    """The question as it is searched after an ``earlier`` one.

    Args:
        words: the question without its lead-in.
    """
    stem = earlier.rstrip(" ?.!")
    if not stem:
        return words
    if fragment := FRAGMENT.match(words):
        return f"{stem} {fragment['words']}"
    if not _is_elliptical(words):
        return words
    # As if both had been asked at once: "who signed it and when?".
    parts = split_question(f"{stem} and {words}")
    return parts[-1].text if len(parts) > 1 else words


def continues_previous(question: str, here: Evidence, elsewhere: Evidence) -> bool:
    """Whether a question is about the articles that answered the previous one.

    Args:
        here: what these articles say.
        elsewhere: what all articles say.
    """
    features = continuation_features(question, here, elsewhere)
    return INTERCEPT + sum(w * x for w, x in zip(WEIGHTS, features, strict=True)) > 0


def continuation_features(question: str, here: Evidence, elsewhere: Evidence) -> tuple[float, ...]:
    """The features of ``continues_previous``: whether the question depends on the previous one, and
    how much better the articles cover its words, cover its names and answer it than all do."""
    return (
        float(is_dependent(question)),
        here.coverage.words - elsewhere.coverage.words,
        float(elsewhere.coverage.missing_names - here.coverage.missing_names),
        _log_odds(here.confidence) - _log_odds(elsewhere.confidence),
    )


def _log_odds(confidence: float) -> float:
    low, high = CONFIDENCE_RANGE
    bounded = min(max(confidence, low), high)
    return log(bounded / (1 - bounded))


def _is_elliptical(question: str) -> bool:
    words = [word for word in content_words(question) if word not in STOP_WORDS]
    return (
        len(question.split()) <= MAX_ELLIPTICAL_WORDS and len(words) <= MAX_ELLIPTICAL_CONTENT_WORDS
    )
