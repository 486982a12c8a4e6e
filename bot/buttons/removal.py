"""The buttons that confirm a removal, or not."""

import re
from typing import Any, Self

from discord import ButtonStyle, Interaction, ui

from bot.cards import text_card
from bot.cards.layout import row
from bot.client import Dateline
from bot.errors import Refusal
from bot.language import Language, speaking
from bot.markdown import plain
from bot.services import adding as editing
from bot.services.responding import respond
from index import Article

TITLE = 200

Button = ui.Button[ui.LayoutView]


def removal_card(article: Article, say: Language) -> ui.LayoutView:
    """Asks whether an article is to be removed."""
    card = text_card(say("remove-question", title=plain(article.title, TITLE)))
    buttons = [RemoveButton(article.id, say("button-remove")), KeepButton(say("button-keep"))]
    for item in row(buttons):
        card.add_item(item)
    return card


async def own_article(interaction: Interaction[Any], article_id: str) -> Article:
    """An article of the server's own, which the person may change.

    Raises:
        NotFoundError: it is not there.
        Refusal: they may not, or it is of the shared collection.
    """
    bot: Dateline = interaction.client
    server = await editing.require_editor(interaction)
    article = await bot.article(server, article_id)
    if article.collection != bot.own_collection(server):
        raise Refusal("remove-shared", title=plain(article.title, TITLE))
    return article


class RemoveButton(ui.DynamicItem[Button], template=r"remove:(?P<article>[0-9a-f]{16})"):
    """Removes an article from the server's collection."""

    def __init__(self, article_id: str, label: str = "…") -> None:
        button = Button(label=label, custom_id=f"remove:{article_id}", style=ButtonStyle.danger)
        super().__init__(button)
        self.article_id = article_id

    @classmethod
    async def from_custom_id(
        cls, interaction: Interaction[Any], item: ui.Item[Any], match: re.Match[str]
    ) -> Self:
        return cls(match["article"])

    async def callback(self, interaction: Interaction[Any]) -> None:
        await respond(interaction, self._card(interaction), private=True, update=True)

    async def _card(self, interaction: Interaction[Any]) -> ui.LayoutView:
        bot: Dateline = interaction.client
        article = await own_article(interaction, self.article_id)
        await bot.quickly(bot.library.remove, article.id)
        say = speaking(interaction.locale)
        return text_card(say("removed", title=plain(article.title, TITLE)))


class KeepButton(ui.DynamicItem[Button], template="keep"):
    """Leaves everything as it is."""

    def __init__(self, label: str = "…") -> None:
        super().__init__(Button(label=label, custom_id="keep"))

    @classmethod
    async def from_custom_id(
        cls, interaction: Interaction[Any], item: ui.Item[Any], match: re.Match[str]
    ) -> Self:
        return cls()

    async def callback(self, interaction: Interaction[Any]) -> None:
        card = text_card(speaking(interaction.locale)("kept"))
        await interaction.response.edit_message(view=card)
