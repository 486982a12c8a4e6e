"""Article drafts: forms that were submitted with errors."""

from collections import OrderedDict
from dataclasses import dataclass

MAX_DRAFTS = 100


@dataclass(frozen=True, slots=True)
class ArticleDraft:
    """The fields of the article form, as they were filled in."""

    title: str = ""
    publisher: str = ""
    published: str = ""
    url: str = ""
    text: str = ""


class Drafts(OrderedDict[int, ArticleDraft]):
    """The newest drafts, by the interactions that submitted them; in memory only."""

    def __setitem__(self, key: int, draft: ArticleDraft) -> None:
        super().__setitem__(key, draft)
        while len(self) > MAX_DRAFTS:
            self.popitem(last=False)
