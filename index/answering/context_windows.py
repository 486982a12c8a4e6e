"""Context windows: the runs of sentences around the best candidates that the reader reads.

A sentence is read with its neighbors, since "He said so on Monday" answers nothing on its own, and
a neighbor that retrieval missed may be the answer.
"""

from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

Key = TypeVar("Key", bound=Hashable)

NEIGHBORS = 1
"""Neighbors on each side that are read with a candidate."""

MAX_WINDOW_CHARS = 500
"""Characters of a window, unless a single sentence is longer."""


@dataclass(frozen=True, slots=True)
class Window(Generic[Key]):
    """Sentences ``first`` to ``last`` of an article, both inclusive, counted from 0."""

    article: Key
    first: int
    last: int


def plan_windows(
    positions: Iterable[tuple[Key, int]],
    lengths: Callable[[Key], Sequence[int]],
    *,
    overhead: int = 0,
    max_chars: int,
    max_window_chars: int = MAX_WINDOW_CHARS,
    neighbors: int = NEIGHBORS,
    earlier: Sequence[Window[Key]] = (),
) -> list[Window[Key]]:
    """Disjoint windows around sentences.

    Args:
        positions: articles and indices of sentences, best first.
        lengths: the lengths in characters of an article's sentences.
        overhead: characters that a window costs besides its own: the question's.
        max_chars: characters from which no further window is started; there is always one.
        earlier: windows that have been read, which the new ones do not overlap.
    """
    windows: list[Window[Key]] = []
    used = 0
    for article, index in positions:
        others = [w for w in (*earlier, *windows) if w.article == article]
        if any(w.first <= index <= w.last for w in others):
            continue
        sizes = lengths(article)
        low = max((w.last + 1 for w in others if w.last < index), default=0)
        high = min((w.first - 1 for w in others if w.first > index), default=len(sizes) - 1)
        first = last = index
        size = sizes[index]
        for neighbor in _outwards(index, neighbors):
            if low <= neighbor <= high and size + sizes[neighbor] <= max_window_chars:
                if neighbor not in (first - 1, last + 1):
                    continue
                first, last = min(first, neighbor), max(last, neighbor)
                size += sizes[neighbor]
        grown = Window(article, first, last)
        joined = next(
            (
                w
                for w in windows
                if w.article == article
                and _are_adjacent(w, grown)
                and _size(w, sizes) + size <= max_window_chars
            ),
            None,
        )
        cost = size + (0 if joined else overhead)
        if windows and used + cost > max_chars:
            break
        used += cost
        if joined:
            windows[windows.index(joined)] = Window(
                article, min(joined.first, first), max(joined.last, last)
            )
        else:
            windows.append(grown)
    return windows


def _outwards(index: int, neighbors: int) -> Iterable[int]:
    """The neighbors of a sentence, nearest first, the previous one before the next one."""
    for distance in range(1, neighbors + 1):
        yield index - distance
        yield index + distance


def _are_adjacent(one: Window[Key], other: Window[Key]) -> bool:
    return one.last + 1 == other.first or other.last + 1 == one.first


def _size(window: Window[Key], sizes: Sequence[int]) -> int:
    return sum(sizes[window.first : window.last + 1])
