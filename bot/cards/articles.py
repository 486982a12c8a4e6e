"""Articles, one or a list of them, as messages."""

from collections.abc import Sequence

from discord import ui

from bot.cards.citations import about
from bot.cards.layout import CITATION, TEXT, TITLE, Turn, container, paged, text_card
from bot.language import Language
from bot.markdown import bold, length, plain, small
from index import Article
from index.text.text_fragments import web_address

LIST_PAGE = 10


def article_card(
    article: Article, paragraphs: Sequence[tuple[int, int]], say: Language
) -> ui.LayoutView:
    """An article with as much of its text as fits."""
    room = TEXT - TITLE - CITATION
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
    known = " · ".join(part for part in about(article, None, address, CITATION, say) if part)
    shown = [bold(article.title, TITLE), small(known)]
    if texts:
        shown.append("\n\n".join(texts))
    return container(*map(ui.TextDisplay[ui.LayoutView], shown))


def list_card(
    articles: Sequence[Article],
    page: int,
    total: int,
    turn: Turn,
    say: Language,
) -> ui.LayoutView:
    """A page of the list of articles.

    Args:
        page: from 0.
        total: how many articles there are in all.
        turn: makes the buttons that lead to other pages.
    """
    if not total:
        return text_card(say("articles-none"))
    pages = -(-total // LIST_PAGE)
    lines = []
    for number, article in enumerate(articles, page * LIST_PAGE + 1):
        known = plain(byline(article, say), 120) or say("nothing")
        lines.append(f"{number}\\. {bold(article.title, 200)}\n{small(known)}")
    count = say("articles-total", count=total)
    return paged("\n".join(lines), count, page, pages, turn, say)


def byline(article: Article, say: Language) -> str:
    """Publisher and date, as far as they are known; not Markdown."""
    return ", ".join(part for part in (article.publisher, say.day(article.published)) if part)
