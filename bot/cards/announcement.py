"""The card that announces new articles of a feed."""

from collections.abc import Sequence

from discord import ui

from bot.cards.citations import citation_parts
from bot.cards.layout import text_card
from bot.language import Translator
from bot.markdown import small
from index import Article
from index.text.text_fragments import web_address

MAX_ANNOUNCED_SHOWN = 10
"""Articles of an announcement that are listed; the others are only counted."""

MAX_ANNOUNCED_LENGTH = 380
"""Characters of such an article."""


def announcement_card(articles: Sequence[Article], localize: Translator) -> ui.LayoutView:
    """New articles, one in each line, in small print."""
    lines = [_announced(article, localize) for article in articles[:MAX_ANNOUNCED_SHOWN]]
    if len(articles) > MAX_ANNOUNCED_SHOWN:
        lines.append(localize("announced-more", count=len(articles) - MAX_ANNOUNCED_SHOWN))
    return text_card("\n".join(map(small, lines)))


def _announced(article: Article, localize: Translator) -> str:
    url = web_address(article.url) if article.url else None
    parts = citation_parts(article, article.title, url, MAX_ANNOUNCED_LENGTH, localize)
    return " · ".join(part for part in parts if part)
