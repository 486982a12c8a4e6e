"""Drafts of articles: rejected input of the paste form, to be corrected by the user."""

from collections import OrderedDict
from dataclasses import dataclass

MAX_DRAFTS = 100
"""The number of drafts in memory; the oldest are dropped."""


@dataclass(frozen=True, slots=True)
class ArticleDraft:
    """The fields of the paste form as a user filled them in."""

    title: str = ""
    publisher: str = ""
    published: str = ""
    url: str = ""
    text: str = ""


class Drafts(OrderedDict[int, ArticleDraft]):
    """The latest drafts by the id of the interaction that submitted them; in memory only."""

    def __setitem__(self, key: int, draft: ArticleDraft) -> None:
        super().__setitem__(key, draft)
        while len(self) > MAX_DRAFTS:
            self.popitem(last=False)
