"""Reading an article page by page, and the menu under a list that opens one."""

import re
from collections.abc import Sequence
from typing import Any, Self

from discord import Interaction, SelectOption, ui

from bot.buttons.base import PersistentButton, PersistentMenu
from bot.buttons.overviews import with_overview_button
from bot.buttons.pagination import PAGE
from bot.cards import article_card, distinct_names, paginate
from bot.client import Dateline
from bot.language import Translator, translator_for
from bot.services.readable_articles import get_article
from bot.services.responding import respond
from index import Article, Passage

VERSION_LENGTH = 8
"""Digits of the content hash that identify the version that somebody is reading."""

OPEN_MENU_ID = "open-article"

MAX_OPTION_LENGTH = 100
"""Discord's limit for an option of a menu."""


async def open_article(
    interaction: Interaction[Any], article_id: str, page: int = 0, version: str = ""
) -> ui.LayoutView:
    """A page of an article that can be read where the interaction happens.

    Args:
        page: from 0; where there are fewer, the last one is shown.
        version: the first digits of the content hash of the article that was being read. If it has
            been changed since, the page says so.

    Raises:
        NotFoundError: there is no such article.
    """
    bot: Dateline = interaction.client
    localize = translator_for(interaction.locale)
    article = await get_article(bot, interaction.guild_id, article_id)

    def look_up() -> ui.LayoutView:
        shown = paginate(article, bot.library.sentences(article.id), page)
        is_same = article.content_hash.startswith(version)
        note = "" if is_same else localize("read-changed")
        card = article_card(shown, make, localize, note)
        return with_overview_button(card, article.id, localize)

    def make(page: int, label: str, enabled: bool) -> ReadButton:
        current = article.content_hash[:VERSION_LENGTH]
        return ReadButton(article.id, page, current, label, enabled)

    return await bot.executors.run_db(look_up)


class ReadButton(
    PersistentButton,
    template=rf"read:(?P<article_id>[0-9a-f]{{16}}):(?P<page>{PAGE}):(?P<version>[0-9a-f]{{8}})",
):
    """Turns to a page of an article."""

    def __init__(
        self, article_id: str, page: int, version: str, label: str = "…", enabled: bool = True
    ) -> None:
        super().__init__(f"read:{article_id}:{page}:{version}", label, enabled=enabled)
        self.article_id, self.page, self.version = article_id, page, version

    @classmethod
    def arguments(cls, match: re.Match[str]) -> dict[str, Any]:
        return match.groupdict() | {"page": int(match["page"])}

    async def on_press(self, interaction: Interaction[Any]) -> None:
        card = open_article(interaction, self.article_id, self.page, self.version)
        await respond(interaction, card, private=True, update=True)


class OpenButton(PersistentButton, template=r"open:(?P<article_id>[0-9a-f]{16})"):
    """Opens an article for the person who presses it."""

    def __init__(self, article_id: str, label: str = "…") -> None:
        super().__init__(f"open:{article_id}", label)
        self.article_id = article_id

    @classmethod
    def beside(cls, passage: Passage, localize: Translator) -> Self:
        """The button beside the opening of an article."""
        return cls(passage.citation.article.id, localize("button-read"))

    @classmethod
    def arguments(cls, match: re.Match[str]) -> dict[str, Any]:
        return match.groupdict()

    async def on_press(self, interaction: Interaction[Any]) -> None:
        await respond(interaction, open_article(interaction, self.article_id), private=True)


class OpenMenu(PersistentMenu, template=OPEN_MENU_ID):
    """A menu of articles; the chosen one is opened for the person who chose it."""

    async def on_choose(self, interaction: Interaction[Any], value: str) -> None:
        await respond(interaction, open_article(interaction, value), private=True)


def open_menu(articles: Sequence[Article], localize: Translator) -> OpenMenu:
    """A menu of some articles, at most 25."""
    names = distinct_names(articles, localize, MAX_OPTION_LENGTH)
    options = [
        SelectOption(label=name, value=article.id)
        for name, article in zip(names, articles, strict=True)
    ]
    placeholder = localize("open-article")
    return OpenMenu(ui.Select(custom_id=OPEN_MENU_ID, placeholder=placeholder, options=options))
