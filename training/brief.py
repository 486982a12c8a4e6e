"""Shortened questions, as people type them in a chat: without their last details.

"How many troops will the alliance send to the border?" becomes "how many troops will the alliance
send". SQuADShifts' questions were written to be understood on their own; a bot's users rely on
what the articles are about.
"""

import random

DETAIL_STARTS = frozenset(
    "about according after against at because before between by during for from in into of on over"
    " since to under when where which while who with".split()
)
"""Words that start a detail, which can be left out."""

QUESTION_WORDS = frozenset("who whom whose what which when where why how".split())
MIN_WORDS = 3
"""The least number of words of a shortened question."""


def shorten(question: str, rng: random.Random) -> str | None:
    """The question without its last details, with a question mark or not; None if it has none."""
    words = question.rstrip(" ?").split()
    cuts = [
        n
        for n, word in enumerate(words)
        if n >= MIN_WORDS
        and word.lower() in DETAIL_STARTS
        and any(before.lower() in QUESTION_WORDS for before in words[:n])
    ]
    if not cuts:
        return None
    short = " ".join(words[: rng.choice(cuts)]).rstrip(",")
    return short if rng.random() < 0.5 else short + "?"
