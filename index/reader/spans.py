"""Which run of tokens is the answer."""

import numpy as np

from index.reader.inputs import Floats

LONGEST = 30
"""Tokens of an answer; hardly any is longer."""


def best_span(starts: Floats, ends: Floats, longest: int = LONGEST) -> tuple[int, int]:
    """The first and the last token of the likeliest answer.

    Args:
        starts, ends: the logits, shape (tokens,), of an answer's starting and ending there.
    """
    sums = starts[:, None] + ends[None, :]
    allowed = np.triu(np.ones_like(sums, dtype=bool)) & ~np.triu(
        np.ones_like(sums, dtype=bool), longest
    )
    place = int(np.where(allowed, sums, -np.inf).argmax())
    first, last = divmod(place, len(ends))
    return first, last
