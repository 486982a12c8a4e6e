"""What an article from a feed may replace in the library: an earlier version of itself.

Feeds reuse ids and links for other stories, and link to pages that somebody has added already. No
other article may be lost by that. An article that has moved to another address stays the same
article.
"""

import logging
from contextlib import suppress
from dataclasses import replace

from bot.storage import IngestJob, Storage, is_same_story
from index import Article, Library, NotFoundError

log = logging.getLogger(__name__)


def article_to_add(
    library: Library, storage: Storage, job: IngestJob, article: Article
) -> Article | None:
    """The article of a feed's job as it may be added: without its URL where it would otherwise
    replace another entry's article; None where it would replace one that somebody added.
    """
    try:
        existing = library.get(article.id)
    except NotFoundError:
        moved = library.moved_from(article)
        if moved and not storage.feed_articles.contains(moved.id):
            log.info("kept “%s” at its address, which was not added by a feed", moved.title)
            return None
        if moved:
            return article
        storage.feed_articles.add(article.collection, [article.id])
        return article
    if not storage.feed_articles.contains(existing.id):
        log.info("kept “%s”, which was not added by a feed", existing.title)
        return None
    entry_article, has_id = storage.feeds.article_of_entry(job.feed_key, job.entry_key)
    is_same_entry = entry_article == existing.id and (has_id or existing.title == article.title)
    if is_same_entry or is_same_story({"text": existing.text}, {"text": article.text}):
        return article
    return article_to_add(library, storage, job, replace(article, url=None))


def remove_replaced(library: Library, article_id: str, article: Article) -> None:
    """Remove the article that a feed's entry had before, if ``article`` is a version of it."""
    with suppress(NotFoundError):
        former = library.get(article_id)
        if is_same_story(former.as_record(), article.as_record()):
            library.remove(article_id)
        else:
            log.info("kept “%s”, whose feed has reused its id", former.title)
