"""Articles that may be corrected versions of others, because they have the same title."""

from collections.abc import Sequence

from bot.client import Dateline
from bot.services.adding import Source
from bot.storage.drafts import Correction
from index import Article, NotFoundError, Scope
from index.text.words import fold

MAX_COMPARED = 50
"""Articles of one upload that are compared with those of the collection. Whoever adds more of them
at once is not asked about each."""

MAX_TITLES_COMPARED = 100


async def find_corrections(
    bot: Dateline, collection: str, found: Sequence[Source]
) -> list[Correction]:
    """The new articles of an upload whose titles are in the collection already, with the newest
    article of that title. Articles that replace another one by its link are left out."""
    articles = [source for source in found if isinstance(source, Article)]
    if len(articles) > MAX_COMPARED:
        return []
    return await bot.executors.run_db(_find, bot, Scope((collection,)), articles)


def corrected(correction: Correction) -> Article:
    """The existing article with the text and the details of its corrected version."""
    new, existing = correction.article, correction.existing
    return existing.edited(
        title=new.title,
        text=new.text,
        publisher=new.publisher or existing.publisher,
        published=new.published or existing.published,
        url=new.url or existing.url,
        author=new.author or existing.author,
    )


def _find(bot: Dateline, scope: Scope, articles: Sequence[Article]) -> list[Correction]:
    corrections = []
    for article in articles:
        try:
            bot.library.get(article.id)
        except NotFoundError:
            sought = fold(article.title)
            titled = bot.library.articles(scope, title=article.title, limit=MAX_TITLES_COMPARED)
            same = [one for one in titled if fold(one.title) == sought]
            if same:
                corrections.append(Correction(article, same[0]))
    return corrections
