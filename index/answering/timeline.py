"""The timeline of a question or topic: what each article says about it, oldest first."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from index.answer import Certainty
from index.answering.answer_values import comparable
from index.article import Article, Passage
from index.text.quantities import Quantity, find_quantity
from index.text.recency import recency_key
from index.text.typing_errors import Correction

MAX_ENTRIES = 30
"""Entries of a timeline, unless another limit is given."""

MIN_POINTS = 3
"""Figures that a picture needs to show more than the text does."""


@dataclass(frozen=True, slots=True)
class TimelineEntry:
    """What one article says.

    Args:
        passage: the sentence, with what answers in it highlighted, and the citations of other
            articles that print the same.
        confidence: the probability, from 0 to 1, that it belongs to the timeline.
    """

    passage: Passage
    confidence: float

    @property
    def article(self) -> Article:
        return self.passage.citation.article

    @property
    def figure(self) -> str:
        """The first highlight, as the article has it; "" without one."""
        for start, end in self.passage.highlights[:1]:
            return self.passage.quote[start:end]
        return ""

    @property
    def quantity(self) -> Quantity | None:
        """The quantity that is highlighted; None if something else is."""
        return find_quantity(self.figure)


@dataclass(frozen=True, slots=True)
class Timeline:
    """What articles say about a question or topic.

    Args:
        about: as it was typed.
        query: as it was searched.
        certainty: whether the best entry is found, or may be.
        entries: one for each article, oldest first; those of articles without a date last.
        omitted: the number of entries that the limit left out, which are the least certain.
        searched: the number of articles that were searched.
        corrections: the typing errors that were corrected, in order.
    """

    about: str
    query: str
    certainty: Certainty
    entries: tuple[TimelineEntry, ...] = ()
    omitted: int = 0
    searched: int = 0
    corrections: tuple[Correction, ...] = ()
    elapsed_ms: float = field(default=0.0, compare=False)

    @property
    def points(self) -> tuple[TimelineEntry, ...]:
        """The dated entries whose highlights are comparable quantities, if these are most entries
        and at least ``MIN_POINTS``; else empty."""
        with_quantity = [(e, e.quantity) for e in self.entries if e.article.published]
        measured = [(entry, quantity) for entry, quantity in with_quantity if quantity]
        best: list[TimelineEntry] = []
        for _, unit in measured:
            alike = [entry for entry, quantity in measured if comparable(unit, quantity)]
            best = max(best, alike, key=len)
        is_most = 2 * len(best) > len(self.entries)
        return tuple(best) if is_most and len(best) >= MIN_POINTS else ()

    def as_dict(self) -> dict[str, Any]:
        """The timeline in the command line's JSON."""
        return {
            "about": self.about,
            "certainty": self.certainty.value,
            "elapsed_ms": round(self.elapsed_ms, 1),
            "searched": self.searched,
            "omitted": self.omitted,
            "corrections": [{"typed": c.typed, "searched": c.searched} for c in self.corrections],
            "entries": [
                entry.passage.as_dict(number) | {"confidence": round(entry.confidence, 4)}
                for number, entry in enumerate(self.entries, 1)
            ],
        }


def oldest_first(entries: Sequence[TimelineEntry]) -> list[TimelineEntry]:
    """Entries by date of publication; undated ones last."""
    return sorted(
        entries,
        key=lambda entry: (entry.article.published is None, recency_key(entry.article.published)),
    )
