"""Confirming the removal of an article, and undoing it."""

import re
from typing import Any

from discord import ButtonStyle, Interaction, ui

from bot.buttons.base import KEY, PersistentButton
from bot.cards import text_card
from bot.cards.layout import row
from bot.client import Dateline
from bot.language import Translator, translator_for
from bot.markdown import plain
from bot.services.editing import remove_article, restore_article
from bot.services.readable_articles import TITLE_LIMIT, get_own_article
from bot.services.responding import respond
from index import Article


def removal_card(article: Article, versions: int, localize: Translator) -> ui.LayoutView:
    """Asks the user to confirm the removal of an article with some earlier versions."""
    title = plain(article.title, TITLE_LIMIT)
    card = text_card(localize("remove-question", title=title, versions=versions))
    buttons = [
        RemoveButton(article.id, localize("button-remove")),
        KeepButton(localize("button-keep")),
    ]
    for item in row(buttons):
        card.add_item(item)
    return card


async def restored_card(interaction: Interaction[Any], key: int | None = None) -> ui.LayoutView:
    """Undoes a removal, by default the server's last one, and says which article it restored."""
    article = await restore_article(interaction, key)
    title = plain(article.title, TITLE_LIMIT)
    return text_card(translator_for(interaction.locale)("restored", title=title))


class RemoveButton(PersistentButton, template=r"remove:(?P<article_id>[0-9a-f]{16})"):
    """Removes an article from the server's collection."""

    def __init__(self, article_id: str, label: str = "…") -> None:
        super().__init__(f"remove:{article_id}", label, style=ButtonStyle.danger)
        self.article_id = article_id

    @classmethod
    def arguments(cls, match: re.Match[str]) -> dict[str, Any]:
        return match.groupdict()

    async def on_press(self, interaction: Interaction[Any]) -> None:
        await respond(interaction, self._remove(interaction), private=True, update=True)

    async def _remove(self, interaction: Interaction[Any]) -> ui.LayoutView:
        bot: Dateline = interaction.client
        article = await get_own_article(interaction, self.article_id)
        key = await remove_article(interaction, article)
        localize, undo = translator_for(interaction.locale), bot.mention("manage articles undo")
        title = plain(article.title, TITLE_LIMIT)
        card = text_card(localize("removed", title=title, undo=undo))
        return card.add_item(ui.ActionRow(UndoButton(key, localize("button-undo"))))


class UndoButton(PersistentButton, template=rf"undo:{KEY}"):
    """Restores a removed article."""

    def __init__(self, key: int, label: str = "…") -> None:
        super().__init__(f"undo:{key}", label)
        self.key = key

    async def on_press(self, interaction: Interaction[Any]) -> None:
        card = restored_card(interaction, self.key)
        await respond(interaction, card, private=True, update=True)


class KeepButton(PersistentButton, template="keep"):
    """Leaves everything as it is."""

    def __init__(self, label: str = "…") -> None:
        super().__init__("keep", label)

    async def on_press(self, interaction: Interaction[Any]) -> None:
        card = text_card(translator_for(interaction.locale)("kept"))
        await interaction.response.edit_message(view=card)
