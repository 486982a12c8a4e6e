"""Which parts of which articles are read: the runs of sentences around the best candidates.

A sentence is read together with its neighbours, because "He said so on Monday" answers nothing by
itself, and neighbours that search did not find may turn out to answer. What is read for a question
has a limit in characters, so that the time that it takes does not depend on the articles.
"""

from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Generic, TypeVar

from index.answering.retrieval import Candidate
from index.article import Sentence
from index.embedding.encoder import Vectors
from index.store import Store, StoredSentence

Key = TypeVar("Key", bound=Hashable)

REACH = 1
"""Neighbours on each side that are read with a candidate."""

WIDEST = 500
"""Characters of a window, unless one sentence alone is longer."""

BUDGET = 1500
"""Characters that are read for one question, with the question once for each window."""


@dataclass(frozen=True, slots=True)
class Window(Generic[Key]):
    """Sentences ``first`` to ``last`` (both included, from 0) of an article."""

    article: Key
    first: int
    last: int


def gather_windows(
    store: Store, question: str, vector: Vectors, candidates: Sequence[Candidate]
) -> list[list[Candidate]]:
    """What is read for a question: the best candidates with their neighbours, in windows.

    Args:
        vector: the question's, shape (width,).
        candidates: the most promising first.
    """
    # An article is opened when its first candidate's turn has come: most never are.
    opened = cache(lambda id_: store.in_order([id_]).get(id_, []))
    windows = plan_windows(
        _places(candidates, opened),
        lambda id_: [sentence.end - sentence.start for _, sentence in opened(id_)],
        overhead=len(question),
    )
    known = {c.stored.key: c for c in candidates}
    of_article = {c.stored.article.id: c for c in candidates}
    rows = [(of_article[w.article], opened(w.article)[w.first : w.last + 1]) for w in windows]
    cosines = store.cosines(vector, [k for _, row in rows for k, _ in row if k not in known])
    for candidate, row in rows:
        for key, sentence in row:
            if key in cosines:
                stored = StoredSentence(key, candidate.stored.article, sentence)
                known[key] = Candidate(stored, cosines[key], about=candidate.about)
    return [[known[key] for key, _ in row if key in known] for _, row in rows]


def _places(
    candidates: Iterable[Candidate], opened: Callable[[str], Sequence[tuple[int, Sentence]]]
) -> Iterator[tuple[str, int]]:
    """The article of each candidate that still stands there, and its place in it."""
    for candidate in candidates:
        article, key = candidate.stored.article.id, candidate.stored.key
        for index, (other, _) in enumerate(opened(article)):
            if other == key:
                yield article, index


def set_aside_copies(
    candidates: Sequence[Candidate],
) -> tuple[list[Candidate], list[Candidate]]:
    """The candidates that are read, and those whose text is that of an earlier one: what many
    papers print alike must not be all that is read."""
    originals: dict[str, Candidate] = {}
    copies = []
    for candidate in candidates:
        text = candidate.stored.text
        if originals.setdefault(text, candidate) is not candidate:
            copies.append(candidate)
    return list(originals.values()), copies


def plan_windows(
    places: Iterable[tuple[Key, int]],
    lengths: Callable[[Key], Sequence[int]],
    *,
    overhead: int = 0,
    budget: int = BUDGET,
    widest: int = WIDEST,
    reach: int = REACH,
) -> list[Window[Key]]:
    """The windows around some sentences; no sentence lies in two of them.

    Args:
        places: candidates, the most promising first: an article, and the sentence's index in it.
        lengths: the characters of each of an article's sentences.
        overhead: characters that each window costs beyond its own: the question's.
        budget: characters after which no more windows are begun; the first one is always there.
    """
    windows: list[Window[Key]] = []
    spent = 0
    for article, index in places:
        if any(w.article == article and w.first <= index <= w.last for w in windows):
            continue
        sizes = lengths(article)
        others = [w for w in windows if w.article == article]
        low = max((w.last + 1 for w in others if w.last < index), default=0)
        high = min((w.first - 1 for w in others if w.first > index), default=len(sizes) - 1)
        first = last = index
        size = sizes[index]
        for neighbour in _outwards(index, reach):
            if low <= neighbour <= high and size + sizes[neighbour] <= widest:
                if neighbour not in (first - 1, last + 1):
                    continue
                first, last = min(first, neighbour), max(last, neighbour)
                size += sizes[neighbour]
        grown = Window(article, first, last)
        joined = next(
            (w for w in others if _adjoin(w, grown) and _size(w, sizes) + size <= widest), None
        )
        cost = size + (0 if joined else overhead)
        if windows and spent + cost > budget:
            break
        spent += cost
        if joined:
            windows[windows.index(joined)] = Window(
                article, min(joined.first, first), max(joined.last, last)
            )
        else:
            windows.append(grown)
    return windows


def _outwards(index: int, reach: int) -> Iterable[int]:
    """The neighbours of a sentence, nearest first, the one before it ahead of the one after."""
    for distance in range(1, reach + 1):
        yield index - distance
        yield index + distance


def _adjoin(one: Window[Key], other: Window[Key]) -> bool:
    return one.last + 1 == other.first or other.last + 1 == one.first


def _size(window: Window[Key], sizes: Sequence[int]) -> int:
    return sum(sizes[window.first : window.last + 1])
