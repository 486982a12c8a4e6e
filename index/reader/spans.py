"""Choosing the answer span from the logits of its boundaries."""

import numpy as np

from index.reader.tokenization import Floats

MAX_SPAN_TOKENS = 30
"""Tokens of an answer; few are longer."""

MAX_COMPARED_SPANS = 20
"""The most likely spans, which are compared with each other; others have hardly any probability."""

TOKEN_PENALTY = 0.1
"""Subtracted from a span's logit for each token, since the annotators of the training data marked
more than is needed."""


def best_span(starts: Floats, ends: Floats, max_tokens: int = MAX_SPAN_TOKENS) -> tuple[int, int]:
    """The first and the last token of the most likely span.

    Args:
        starts, ends: the logits, shape (tokens,), that the answer starts and ends with each token.
    """
    sums = starts[:, None] + ends[None, :]
    allowed = np.triu(np.ones_like(sums, dtype=bool)) & ~np.triu(
        np.ones_like(sums, dtype=bool), max_tokens
    )
    place = int(np.where(allowed, sums, -np.inf).argmax())
    first, last = divmod(place, len(ends))
    return first, last


def expected_span(starts: Floats, ends: Floats) -> tuple[int, int]:
    """The first and the last token of the span with the greatest expected F1 over likely spans.

    Minimum Bayes-risk decoding: Kumar and Byrne, "Minimum Bayes-Risk Decoding for Statistical
    Machine Translation", NAACL 2004, with F1 as the gain. Of overlapping spans that are about
    equally likely, it chooses the middle one.

    Args:
        starts, ends: as for ``best_span``.
    """
    length = np.arange(len(ends))[None, :] - np.arange(len(starts))[:, None] + 1
    allowed = (length > 0) & (length <= MAX_SPAN_TOKENS)
    sums = np.where(
        allowed, starts[:, None] + ends[None, :] - TOKEN_PENALTY * length, -np.inf
    ).ravel()
    most_likely = np.argsort(-sums, kind="stable")[: min(MAX_COMPARED_SPANS, int(allowed.sum()))]
    first, last = np.divmod(most_likely, len(ends))
    probabilities = np.exp(sums[most_likely] - sums[most_likely[0]])
    overlaps = np.minimum(last[:, None], last) - np.maximum(first[:, None], first) + 1
    lengths = last - first + 1
    gains = 2 * overlaps.clip(0) / (lengths[:, None] + lengths)
    best = int((gains @ probabilities).argmax())
    return int(first[best]), int(last[best])
