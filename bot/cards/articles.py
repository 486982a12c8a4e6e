"""Cards for an article and for a list of articles."""

from collections.abc import Sequence

from discord import ui

from bot.cards.citations import citation_parts
from bot.cards.layout import (
    MAX_CITATION_LENGTH,
    MAX_TEXT_LENGTH,
    MAX_TITLE_LENGTH,
    MakePageButton,
    container,
    count_pages,
    page_card,
    text_card,
)
from bot.language import Translator
from bot.markdown import bold, length, plain, small
from index import Article
from index.text.text_fragments import web_address

LIST_PAGE_SIZE = 10

MAX_LISTED_TITLE_LENGTH = 200
MAX_BYLINE_LENGTH = 120


def article_card(
    article: Article, paragraphs: Sequence[tuple[int, int]], localize: Translator
) -> ui.LayoutView:
    """An article with as many of its paragraphs as fit.

    Args:
        paragraphs: the ``(start, end)`` of each paragraph.
    """
    remaining = MAX_TEXT_LENGTH - MAX_TITLE_LENGTH - MAX_CITATION_LENGTH
    texts: list[str] = []
    for start, end in paragraphs:
        paragraph = plain(article.text[start:end], max(remaining, 1))
        if remaining < length(paragraph) + 2:  # 2: the empty line between paragraphs
            break
        texts.append(paragraph)
        remaining -= length(paragraph) + 2
    if len(texts) < len(paragraphs):
        texts.append("…")
    url = web_address(article.url) if article.url else None
    parts = citation_parts(article, None, url, MAX_CITATION_LENGTH, localize)
    source = small(" · ".join(part for part in parts if part))
    blocks = [bold(article.title, MAX_TITLE_LENGTH), source]
    if texts:
        blocks.append("\n\n".join(texts))
    return container(*map(ui.TextDisplay[ui.LayoutView], blocks))


def list_card(
    articles: Sequence[Article],
    page: int,
    total: int,
    make_page_button: MakePageButton,
    localize: Translator,
) -> ui.LayoutView:
    """A page of a list of articles.

    Args:
        articles: the articles on the page.
        page: the number of the page, from 0.
        total: the number of articles on all pages.
    """
    if not total:
        return text_card(localize("articles-none"))
    pages = count_pages(total, LIST_PAGE_SIZE)
    lines = []
    for number, article in enumerate(articles, page * LIST_PAGE_SIZE + 1):
        source = plain(byline(article, localize), MAX_BYLINE_LENGTH) or localize("nothing")
        title = bold(article.title, MAX_LISTED_TITLE_LENGTH)
        lines.append(f"{number}\\. {title}\n{small(source)}")
    count = localize("articles-total", count=total)
    return page_card("\n".join(lines), count, page, pages, make_page_button, localize)


def byline(article: Article, localize: Translator) -> str:
    """The publisher and the date, as far as they are known, as plain text."""
    return ", ".join(part for part in (article.publisher, localize.day(article.published)) if part)
