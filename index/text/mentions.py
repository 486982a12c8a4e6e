"""Mentions of people, places and figures in a text, with their positions."""

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Mention:
    """Somebody or something that a text mentions: ``text[start:end]``, where it is written most
    completely.

    Args:
        count: how often the text mentions it, also in part ("Lane" for "Mary Lane").
    """

    start: int
    end: int
    count: int


def in_order(mentions: Iterable[Mention]) -> list[Mention]:
    """Mentions, most frequent first, then in the order of the text."""
    return sorted(mentions, key=lambda mention: (-mention.count, mention.start))
