"""The buttons under the list of articles."""

import re
from typing import Any, Self

from discord import Interaction, ui

from bot.cards import list_card
from bot.cards.articles import LIST_PAGE
from bot.client import Dateline
from bot.language import speaking
from bot.responding import respond
from index import Article, Scope


class PageButton(
    ui.DynamicItem[ui.Button[ui.LayoutView]], template=r"articles:(?P<page>-?[0-9]{1,9})"
):
    """Turns to a page of the list of articles."""

    def __init__(self, page: int, label: str = "…", enabled: bool = True) -> None:
        button = ui.Button[ui.LayoutView](
            label=label, custom_id=f"articles:{page}", disabled=not enabled
        )
        super().__init__(button)
        self.page = page

    @classmethod
    async def from_custom_id(
        cls, interaction: Interaction[Any], item: ui.Item[Any], match: re.Match[str]
    ) -> Self:
        return cls(int(match["page"]))

    async def callback(self, interaction: Interaction[Any]) -> None:
        card = page_of_articles(interaction, self.page)
        await respond(interaction, card, private=True, update=True)


async def page_of_articles(interaction: Interaction[Any], page: int) -> ui.LayoutView:
    """A page, from 0, of the articles that can be read where the interaction happens.

    Where there are fewer pages by now, it is the last one.
    """
    bot: Dateline = interaction.client
    scope = Scope(bot.collections(interaction.guild_id))

    def look_up() -> tuple[list[Article], int, int]:
        total = bot.library.count(scope)
        shown = max(0, min(page, (total - 1) // LIST_PAGE))
        found = bot.library.articles(scope, limit=LIST_PAGE, offset=shown * LIST_PAGE)
        return found, shown, total

    return list_card(*await bot.quickly(look_up), PageButton, speaking(interaction.locale))
