"""Scopes: the articles that an operation applies to."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Self

from index.article import SHARED


@dataclass(frozen=True, slots=True)
class Scope:
    """The articles that pass every filter: the ones that are searched, listed or counted.

    Args:
        collections: names of collections; None: all.
        articles: ids of articles.
        publisher: the name of a publisher, ignoring case.
        since, until: the first and the last day of publication, in the time zone that each
            article's own date has, as it is shown; undated articles do not pass.
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

    def within(self, articles: Sequence[str]) -> Self:
        """The same scope with only those of its articles that have one of some ids."""
        ids = tuple(id_ for id_ in articles if self.articles is None or id_ in self.articles)
        return replace(self, articles=ids)


EVERYTHING = Scope(None)
SHARED_ONLY = Scope()
