"""The part of a store's contract (see ``base``) for the changes in a period."""

from abc import ABC, abstractmethod
from datetime import datetime

from index.article import Article, FormerArticle
from index.scope import Scope


class RecentChanges(ABC):
    """The articles that were added and corrected in a period.

    Its bounds are moments with a time zone, in whole seconds: ``since`` belongs to it, ``until``
    does not.
    """

    @abstractmethod
    def added(
        self, scope: Scope, since: datetime, until: datetime, limit: int | None = None
    ) -> list[Article]:
        """The articles of a scope that were added in a period, newest first."""

    @abstractmethod
    def count_added(self, scope: Scope, since: datetime, until: datetime) -> int:
        """The number of all that ``added`` returns without a limit, except that it counts damaged
        articles, too."""

    @abstractmethod
    def corrected(
        self, scope: Scope, since: datetime, until: datetime, limit: int | None = None
    ) -> list[tuple[Article, FormerArticle]]:
        """The articles of a scope that were corrected in a period, latest first, each with its
        version before the first of these corrections."""
