"""Which articles are meant: those of some collections, all of them or only some."""

from dataclasses import dataclass
from datetime import date

from index.article import SHARED


@dataclass(frozen=True, slots=True)
class Scope:
    """The articles that are searched, listed or counted.

    Args:
        collections: the names of those that are gone through; None: all.
        articles: only those with these ids.
        publisher: only what this one published, whatever the case of its letters.
        since: only what was published on this day or later; what has no date is left out.
    """

    collections: tuple[str, ...] | None = (SHARED,)
    articles: tuple[str, ...] | None = None
    publisher: str | None = None
    since: date | None = None

    @property
    def is_narrowed(self) -> bool:
        """Whether some articles of its collections are left out."""
        return (self.articles, self.publisher, self.since) != (None, None, None)


EVERYTHING = Scope(None)
SHARED_ONLY = Scope()
