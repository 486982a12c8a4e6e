"""One answer from the answers to several questions that were asked at once."""

from collections.abc import Sequence
from dataclasses import replace

from index.answer import Answer, Certainty
from index.answering.highlights import Span
from index.article import Passage
from index.conversation import Turn

RANKS = (Certainty.NONE, Certainty.WEAK, Certainty.FOUND)


def combine_answers(
    question: str, parts: Sequence[Answer], limit: int, elapsed_ms: float
) -> Answer:
    """The answer to what was typed, with the answers to its parts if there are several.

    Its certainty and its confidence are the highest of the parts'. Its passages are the first ones
    of the parts that have an answer, if only a weak one, or of all parts if none has; where two
    parts have the same passage, it is there once, with the highlights of both.

    Args:
        question: what was typed.
        parts: at least one.
        limit: the greatest number of passages.
        elapsed_ms: the time that all parts took together.
    """
    if len(parts) == 1:
        return replace(parts[0], question=question, elapsed_ms=elapsed_ms)
    answered = [part for part in parts if part.certainty is not Certainty.NONE]
    first = [part.passages[0] for part in answered or parts if part.passages]
    best = max(parts, key=lambda part: (RANKS.index(part.certainty), part.confidence))
    return Answer(
        question=question,
        certainty=best.certainty,
        confidence=max(part.confidence for part in parts),
        passages=merge_same(first)[:limit],
        searched=parts[0].searched,
        elapsed_ms=elapsed_ms,
        query=parts[-1].query,
        corrections=tuple(correction for part in parts for correction in part.corrections),
        period=next((part.period for part in parts if part.period), None),
        turn=_last_turn(parts),
        parts=tuple(parts),
    )


def _last_turn(parts: Sequence[Answer]) -> Turn:
    """The turn of the last part, about the articles of all parts."""
    articles = dict.fromkeys(article for part in parts for article in part.turn.articles)
    return Turn(parts[-1].turn.question, tuple(articles))


def merge_same(passages: Sequence[Passage]) -> tuple[Passage, ...]:
    """The distinct passages in order, each with the highlights of all its copies."""
    merged: dict[tuple[str, int, int], Passage] = {}
    for passage in passages:
        same = merged.setdefault(passage.place, passage)
        if same is not passage:
            highlights = _union([*same.highlights, *passage.highlights])
            merged[passage.place] = replace(
                same, highlights=highlights, score=max(same.score, passage.score)
            )
    return tuple(merged.values())


def _union(spans: Sequence[Span]) -> tuple[Span, ...]:
    """The spans in order, with overlapping ones merged."""
    joined: list[Span] = []
    for start, end in sorted(spans):
        if joined and start < joined[-1][1]:
            joined[-1] = joined[-1][0], max(end, joined[-1][1])
        else:
            joined.append((start, end))
    return tuple(joined)
