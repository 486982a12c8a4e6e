"""Scopes: the articles that an operation applies to."""

from dataclasses import dataclass
from datetime import date

from index.article import SHARED


@dataclass(frozen=True, slots=True)
class Scope:
    """The articles that pass every filter: the ones that are searched, listed or counted.

    Args:
        collections: names of collections; None: all.
        articles: ids of articles.
        publisher: the name of a publisher, ignoring case.
        since, until: the first and the last day of publication; undated articles do not pass.
    """

    collections: tuple[str, ...] | None = (SHARED,)
    articles: tuple[str, ...] | None = None
    publisher: str | None = None
    since: date | None = None
    until: date | None = None

    @property
    def is_filtered(self) -> bool:
        """Whether articles of the collections are filtered out."""
        filters = (self.articles, self.publisher, self.since, self.until)
        return any(one is not None for one in filters)


EVERYTHING = Scope(None)
SHARED_ONLY = Scope()
