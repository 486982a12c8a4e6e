"""Questions that go on from an answer: "and when do they arrive?", "what about Qatar?"."""

import re

LEAD = re.compile(r"^\s*(?:(?:and|but|so|or|also|then|ok(?:ay)?)\b[\s,]*)+(?=\S)", re.IGNORECASE)

LEANING = re.compile(
    r"^\s*(?:and|but|so|or|also|then|(?:what|how)\s+about)\b"
    r"|\b(?:he|she|it|they|him|her|them|his|hers|its|their|theirs|this|that|these|those|there"
    r"|else|others?|same|so|both|neither|either)\b"
    r"|^\W*\w+\W*$",  # "Why?"
    re.IGNORECASE,
)
"""A question that cannot be understood without what was said before."""

AS_SURE = 0.9
"""A question that stands by itself is taken to go on where the articles before are at least this
sure of it, as a share of how sure the others are."""


def without_lead(question: str) -> str:
    """The question without the "and" that ties it to the one before."""
    return LEAD.sub("", question, count=1)


def goes_on(question: str, here: float, elsewhere: float, *, found_here: bool) -> bool:
    """Whether a question is about the articles that answered before it.

    Args:
        here: the confidence of what these articles answer, 0 to 1.
        elsewhere: that of what all articles do.
        found_here: whether the former counts as an answer.
    """
    leans = bool(LEANING.search(question))
    return (found_here and (leans or here >= AS_SURE * elsewhere)) or (leans and here >= elsewhere)
