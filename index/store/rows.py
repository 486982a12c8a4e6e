"""How an article stands in the rows of a SQLite library."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from index.article import Article

ARTICLE_FIELDS = "a.title, a.text, a.publisher, a.published, a.url, c.name"
FROM_ARTICLES = "FROM articles AS a JOIN collections AS c ON c.key = a.collection"


def article_from_row(fields: Sequence[Any]) -> Article:
    """The article whose ``ARTICLE_FIELDS`` were read."""
    title, text, publisher, published, url, collection = fields
    return Article(title, text, publisher, _date(published), url, collection)


def _date(value: str | None) -> date | datetime | None:
    if value is None:
        return None
    return datetime.fromisoformat(value) if "T" in value else date.fromisoformat(value)
