"""The announcement of a feed's new articles, as a message."""

from collections.abc import Sequence

from discord import ui

from bot.cards.citations import about
from bot.cards.layout import text_card
from bot.language import Translator
from bot.markdown import small
from index import Article
from index.text.text_fragments import web_address

MAX_ANNOUNCED_SHOWN = 10
"""How many articles an announcement lists."""


def announcement_card(articles: Sequence[Article], localize: Translator) -> ui.LayoutView:
    """New articles, one line each."""
    lines = [_announced(article, localize) for article in articles[:MAX_ANNOUNCED_SHOWN]]
    if len(articles) > MAX_ANNOUNCED_SHOWN:
        lines.append(localize("announced-more", count=len(articles) - MAX_ANNOUNCED_SHOWN))
    return text_card("\n".join(map(small, lines)))


def _announced(article: Article, localize: Translator) -> str:
    address = web_address(article.url) if article.url else None
    return " · ".join(
        part for part in about(article, article.title, address, 380, localize) if part
    )
