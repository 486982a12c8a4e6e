"""Differing answers: the values that sources give where they disagree on a figure or a date."""

from collections.abc import Sequence

from index.answer import Certainty, DifferingValue
from index.answering.stated_values import StatedValue, are_comparable, find_value
from index.article import Citation, Passage
from index.text.recency import recency_key

MIN_SCORE = 0.35
"""The score, from 0 to 1, that a passage needs for its value to count."""


def find_differing(
    question: str, certainty: Certainty, passages: Sequence[Passage]
) -> tuple[DifferingValue, ...]:
    """The values that articles state where they differ from the first passage's, newest first;
    empty if they agree or cannot be compared, or if the answer is not certain.

    Equal values are one, with the text of the newest article.

    Args:
        passages: the strong passages of the answer, best first.
    """
    if certainty is not Certainty.FOUND:
        return ()
    stated = [
        value
        for passage in passages
        if passage.score >= MIN_SCORE and (value := find_value(question, passage))
    ]
    if not stated or stated[0].passage is not passages[0]:
        return ()
    groups = [[stated[0]]]
    for value in stated[1:]:
        same = next((group for group in groups if group[0].equals(value)), None)
        if same:
            same.append(value)
        elif are_comparable(question, stated[0], value):
            groups.append([value])
    if len(groups) < 2:
        return ()
    values = [_merge(group) for group in groups]
    return tuple(sorted(values, key=lambda value: _recency(value.citations[0]), reverse=True))


def _merge(group: Sequence[StatedValue]) -> DifferingValue:
    """One value that several passages state."""
    newest = max(group, key=lambda value: _recency(value.passage.citation))
    cited = {
        citation.article.id: citation
        for value in reversed(group)
        for citation in (*reversed(value.passage.also), value.passage.citation)
    }
    citations = sorted(cited.values(), key=_recency, reverse=True)
    return DifferingValue(newest.text, tuple(citations))


def _recency(citation: Citation) -> str:
    return recency_key(citation.article.published)
