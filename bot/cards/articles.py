"""Articles, one or a list of them, as messages."""

from collections.abc import Sequence

from discord import ui

from bot.cards.citations import about
from bot.cards.layout import (
    MAX_CITATION_LENGTH,
    MAX_TEXT_LENGTH,
    MAX_TITLE_LENGTH,
    Turn,
    container,
    paged,
    text_card,
)
from bot.language import Translator
from bot.markdown import bold, length, plain, small
from index import Article
from index.text.text_fragments import web_address

LIST_PAGE_SIZE = 10


def article_card(
    article: Article, paragraphs: Sequence[tuple[int, int]], localize: Translator
) -> ui.LayoutView:
    """An article with as much of its text as fits."""
    room = MAX_TEXT_LENGTH - MAX_TITLE_LENGTH - MAX_CITATION_LENGTH
    texts: list[str] = []
    for start, end in paragraphs:
        paragraph = plain(article.text[start:end], max(room, 1))
        if room < length(paragraph) + 2:
            break
        texts.append(paragraph)
        room -= length(paragraph) + 2
    if len(texts) < len(paragraphs):
        texts.append("…")
    address = web_address(article.url) if article.url else None
    known = " · ".join(
        part for part in about(article, None, address, MAX_CITATION_LENGTH, localize) if part
    )
    shown = [bold(article.title, MAX_TITLE_LENGTH), small(known)]
    if texts:
        shown.append("\n\n".join(texts))
    return container(*map(ui.TextDisplay[ui.LayoutView], shown))


def list_card(
    articles: Sequence[Article],
    page: int,
    total: int,
    turn: Turn,
    localize: Translator,
) -> ui.LayoutView:
    """A page of the list of articles.

    Args:
        page: from 0.
        total: the number of articles on all pages.
        turn: makes the page buttons.
    """
    if not total:
        return text_card(localize("articles-none"))
    pages = -(-total // LIST_PAGE_SIZE)
    lines = []
    for number, article in enumerate(articles, page * LIST_PAGE_SIZE + 1):
        known = plain(byline(article, localize), 120) or localize("nothing")
        lines.append(f"{number}\\. {bold(article.title, 200)}\n{small(known)}")
    count = localize("articles-total", count=total)
    return paged("\n".join(lines), count, page, pages, turn, localize)


def byline(article: Article, localize: Translator) -> str:
    """Publisher and date, as far as they are known; not Markdown."""
    return ", ".join(part for part in (article.publisher, localize.day(article.published)) if part)
