"""Drafts of articles, in memory: what a user has to correct or decide on before it is added."""

from collections import OrderedDict
from dataclasses import dataclass
from typing import TypeVar

from index import Article

MAX_DRAFTS = 100
"""The number of drafts in memory; the oldest are dropped."""

MAX_PENDING_CORRECTIONS = 20
"""Fewer, since their articles may be long."""

Draft = TypeVar("Draft")


@dataclass(frozen=True, slots=True)
class Correction:
    """An article with the title of another one, which it may be a corrected version of."""

    article: Article
    existing: Article


@dataclass(frozen=True, slots=True)
class ArticleDraft:
    """The fields of an article's form as a user filled them in.

    Args:
        article_id: the article whose details are edited; "": a new one.
    """

    title: str = ""
    publisher: str = ""
    published: str = ""
    url: str = ""
    text: str = ""
    author: str = ""
    article_id: str = ""


class Drafts(OrderedDict[int, Draft]):
    """The latest drafts by the id of the interaction that submitted them.

    Args:
        limit: how many are kept.
    """

    def __init__(self, limit: int = MAX_DRAFTS) -> None:
        super().__init__()
        self._limit = limit

    def __setitem__(self, key: int, draft: Draft) -> None:
        super().__setitem__(key, draft)
        while len(self) > self._limit:
            self.popitem(last=False)
