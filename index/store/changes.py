"""The contract of a store's log of changes."""

from abc import ABC, abstractmethod
from collections.abc import Collection


class ChangeLog(ABC):
    """The articles that were added or changed, by any process, in the order of the changes.

    A mark is a position in the log, to be kept and given back: an opaque text.
    """

    @abstractmethod
    def latest(self) -> str:
        """The mark after all changes so far."""

    @abstractmethod
    def since(self, mark: str, limit: int = 2000) -> tuple[list[str], str]:
        """The ids of the articles that were added or changed since a mark, in order, and the mark
        after them. An article that was only split into other sentences is not changed.

        Some may come twice. A mark that the store cannot have given, for example because an
        earlier state was restored, counts as the latest one.

        Args:
            limit: the number of sentences, about, of the articles that come at a time.
        """

    @abstractmethod
    def existing(self, article_ids: Collection[str]) -> set[str]:
        """Those of the ids that an article has."""
