"""Context windows: the runs of sentences around the best candidates that the reader reads.

A sentence is read with its neighbors, since "He said so on Monday" answers nothing on its own, and
a neighbor that retrieval missed may be the answer. The number of characters read for a question is
limited, so that the time does not depend on the articles.
"""

from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Generic, TypeVar

from index.answering.retrieval import Candidate
from index.article import Sentence
from index.embedding.base import Vectors
from index.store import Store, StoredSentence

Key = TypeVar("Key", bound=Hashable)

NEIGHBORS = 1
"""Neighbors on each side that are read with a candidate."""

MAX_WINDOW_CHARS = 500
"""Characters of a window, unless a single sentence is longer."""

MAX_READ_CHARS = 1500
"""Characters that are read for one question, counting the question once for each window."""


@dataclass(frozen=True, slots=True)
class Window(Generic[Key]):
    """Sentences ``first`` to ``last`` of an article, both inclusive, counted from 0."""

    article: Key
    first: int
    last: int


def build_windows(
    store: Store, question: str, vector: Vectors, candidates: Sequence[Candidate]
) -> list[list[Candidate]]:
    """The windows around the best candidates.

    Args:
        vector: of the question, shape (width,).
        candidates: best first.
    """
    # Loaded lazily: the sentences of most candidates' articles are never needed.
    sentences_of = cache(lambda id_: store.articles.keyed_sentences([id_]).get(id_, []))
    windows = plan_windows(
        _positions(candidates, sentences_of),
        lambda id_: [sentence.end - sentence.start for _, sentence in sentences_of(id_)],
        overhead=len(question),
    )
    known = {c.stored.key: c for c in candidates}
    of_article = {c.stored.article.id: c for c in candidates}
    runs = [(of_article[w.article], sentences_of(w.article)[w.first : w.last + 1]) for w in windows]
    missing = [key for _, run in runs for key, _ in run if key not in known]
    cosines = store.dense.cosines(vector, missing)
    for candidate, run in runs:
        for key, sentence in run:
            if key in cosines:
                stored = StoredSentence(key, candidate.stored.article, sentence)
                known[key] = Candidate(stored, cosines[key], article_score=candidate.article_score)
    return [[known[key] for key, _ in run if key in known] for _, run in runs]


def _positions(
    candidates: Iterable[Candidate], sentences_of: Callable[[str], Sequence[tuple[int, Sentence]]]
) -> Iterator[tuple[str, int]]:
    """The article and the index of each candidate that still exists."""
    for candidate in candidates:
        article, key = candidate.stored.article.id, candidate.stored.key
        for index, (other, _) in enumerate(sentences_of(article)):
            if other == key:
                yield article, index


def separate_copies(
    candidates: Sequence[Candidate],
) -> tuple[list[Candidate], list[Candidate]]:
    """The candidates to read, and those with the same text as an earlier one: a report that many
    papers print must not use up all that is read."""
    originals: dict[str, Candidate] = {}
    copies = []
    for candidate in candidates:
        text = candidate.stored.text
        if originals.setdefault(text, candidate) is not candidate:
            copies.append(candidate)
    return list(originals.values()), copies


def plan_windows(
    positions: Iterable[tuple[Key, int]],
    lengths: Callable[[Key], Sequence[int]],
    *,
    overhead: int = 0,
    max_chars: int = MAX_READ_CHARS,
    max_window_chars: int = MAX_WINDOW_CHARS,
    neighbors: int = NEIGHBORS,
) -> list[Window[Key]]:
    """Disjoint windows around sentences.

    Args:
        positions: articles and indices of sentences, best first.
        lengths: the lengths in characters of an article's sentences.
        overhead: characters that a window costs besides its own: the question's.
        max_chars: characters from which no further window is started; there is always one.
    """
    windows: list[Window[Key]] = []
    used = 0
    for article, index in positions:
        if any(w.article == article and w.first <= index <= w.last for w in windows):
            continue
        sizes = lengths(article)
        others = [w for w in windows if w.article == article]
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
                for w in others
                if _are_adjacent(w, grown) and _size(w, sizes) + size <= max_window_chars
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
