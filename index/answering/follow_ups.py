"""Follow-up questions: "and when do they arrive?", "what about Qatar?"."""

import re

LEAD_IN = re.compile(r"^\s*(?:(?:and|but|so|or|also|then|ok(?:ay)?)\b[\s,]*)+(?=\S)", re.IGNORECASE)

DEPENDENT = re.compile(
    r"^\s*(?:and|but|so|or|also|then|(?:what|how)\s+about)\b"
    r"|\b(?:he|she|it|they|him|her|them|his|hers|its|their|theirs|this|that|these|those|there"
    r"|else|others?|same|so|both|neither|either)\b"
    r"|^\W*\w+\W*$",  # "Why?"
    re.IGNORECASE,
)
"""Matches questions that cannot be understood on their own."""

MIN_CONFIDENCE_RATIO = 0.9
"""A question that can be understood on its own is a follow-up if the previous articles answer it
with at least this share of the confidence of all articles."""


def strip_lead_in(question: str) -> str:
    """The question without an initial "and", "but", "ok" or the like."""
    return LEAD_IN.sub("", question, count=1)


def continues_previous(question: str, here: float, elsewhere: float, *, found_here: bool) -> bool:
    """Whether a question is about the articles that answered the previous one.

    Args:
        here: the confidence, from 0 to 1, of the answer from these articles.
        elsewhere: the confidence of the answer from all articles.
        found_here: whether the answer from these articles counts as found.
    """
    depends = bool(DEPENDENT.search(question))
    return (found_here and (depends or here >= MIN_CONFIDENCE_RATIO * elsewhere)) or (
        depends and here >= elsewhere
    )
