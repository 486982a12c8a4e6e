"""Questions as people type them in a chat: without their last details, without a question mark.

"How many troops will the alliance send to the border?" becomes "how many troops will the alliance
send". SQuADShifts' questions were written to stand by themselves; those that a bot hears rely on
what the articles are about.
"""

import random

DETAILS = frozenset(
    "about according after against at because before between by during for from in into of on over"
    " since to under when where which while who with".split()
)
"""Words that begin a detail which can be left out."""

ASKING = frozenset("who whom whose what which when where why how".split())
LEAST = 3
"""Words that are left of a question at least."""


def shorten(question: str, draw: random.Random) -> str | None:
    """The question without its last details; None where it has none."""
    words = question.rstrip(" ?").split()
    cuts = [
        n
        for n, word in enumerate(words)
        if n >= LEAST
        and word.lower() in DETAILS
        and any(before.lower() in ASKING for before in words[:n])
    ]
    if not cuts:
        return None
    short = " ".join(words[: draw.choice(cuts)]).rstrip(",")
    return short if draw.random() < 0.5 else short + "?"
