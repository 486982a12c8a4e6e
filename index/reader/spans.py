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


CONSIDERED = 20
"""Runs that are compared with each other; the others have hardly any probability."""

TOKEN_COST = 0.1
"""What each further token takes from a run's logits: the people who marked the answers that the
reader was trained on marked more than is needed."""


def expected_span(starts: Floats, ends: Floats) -> tuple[int, int]:
    """The first and the last token of the run that shares most with all likely answers, by F1.

    Where several runs are about as likely, it is the one in the middle of them. Kumar and Byrne,
    "Minimum Bayes-Risk Decoding for Statistical Machine Translation", NAACL 2004, with F1 as the
    gain.

    Args:
        starts, ends: as for ``best_span``.
    """
    length = np.arange(len(ends))[None, :] - np.arange(len(starts))[:, None] + 1
    allowed = (length > 0) & (length <= LONGEST)
    sums = np.where(allowed, starts[:, None] + ends[None, :] - TOKEN_COST * length, -np.inf).ravel()
    likeliest = np.argsort(-sums, kind="stable")[: min(CONSIDERED, int(allowed.sum()))]
    first, last = np.divmod(likeliest, len(ends))
    chances = np.exp(sums[likeliest] - sums[likeliest[0]])
    shared = np.minimum(last[:, None], last) - np.maximum(first[:, None], first) + 1
    lengths = last - first + 1
    gains = 2 * shared.clip(0) / (lengths[:, None] + lengths)
    best = int((gains @ chances).argmax())
    return int(first[best]), int(last[best])
