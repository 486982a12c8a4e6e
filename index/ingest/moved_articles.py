"""Moved articles: the same text of the same publisher at a new address.

A paper that changes its addresses, or serves one text at two, has not written another article. The
stored one keeps its id and history, and gets the new address.
"""

from datetime import date, datetime

from index.article import Article
from index.store import Store

MIN_WORDS = 40
"""The words from which a text is the same article whatever its date. A shorter one may be published
again ("The ferry is late today."): it must be of the same day."""


def at_its_address(store: Store, article: Article) -> Article:
    """An article to be added, with the identity of the stored one that it is at a new address; or
    the stored one itself, if that has moved on from the address of ``article``.

    Raises StoreError.
    """
    if not (article.url and article.publisher) or article.identity:
        return article
    if store.articles.content_hash(article.id) is not None:
        stored = store.articles.get(article.id)
        has_moved = stored is not None and stored.identity and stored.url != article.url
        return stored if stored and has_moved and is_moved(stored, article) else article
    stored = moved_from(store, article)
    if stored is None:
        return article
    return stored.edited(
        title=article.title,
        text=article.text,
        publisher=article.publisher,
        published=article.published or stored.published,
        url=article.url,
        author=article.author or stored.author,
    )


def moved_from(store: Store, article: Article) -> Article | None:
    """The stored article that an article, which is not stored, is at a new address: it has moved
    there before, or has the same text; None if it is another one. Raises StoreError."""
    if not (article.url and article.publisher):
        return None
    candidates = store.near_duplicates.candidates(article)
    here = (one for one in candidates if one.identity and one.url == article.url)
    moved = (one for one in candidates if is_moved(one, article))
    return next(here, None) or next(moved, None)


def is_moved(one: Article, other: Article) -> bool:
    """Whether two articles of a collection are one at two addresses."""
    if not (one.url and other.url and one.publisher and other.publisher):
        return False
    words = one.text.split()
    return (
        one.publisher.casefold() == other.publisher.casefold()
        and words == other.text.split()
        and (len(words) >= MIN_WORDS or _may_be_of_one_day(one.published, other.published))
    )


def _may_be_of_one_day(one: date | None, other: date | None) -> bool:
    days = {value.date() if isinstance(value, datetime) else value for value in (one, other)}
    return len(days - {None}) < 2
