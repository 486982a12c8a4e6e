"""The buttons under the list of articles."""

import re
from typing import Any, Self

from discord import Interaction, ui

from bot.buttons.answers import KEY, remembered
from bot.cards import list_card, text_card
from bot.cards.answers import narrowed_by
from bot.cards.articles import LIST_PAGE
from bot.client import Dateline
from bot.language import speaking
from bot.services import answering as asking
from bot.services.responding import respond
from bot.storage import Exchange
from index import Article


class PageButton(
    ui.DynamicItem[ui.Button[ui.LayoutView]], template=rf"articles:(?P<page>-?[0-9]{{1,9}}):{KEY}"
):
    """Turns to a page of the list of articles.

    Args:
        key: of what is listed, in the bot's memory; 0: everything that can be read.
    """

    def __init__(self, page: int, label: str = "…", enabled: bool = True, key: int = 0) -> None:
        button = ui.Button[ui.LayoutView](
            label=label, custom_id=f"articles:{page}:{key}", disabled=not enabled
        )
        super().__init__(button)
        self.page, self.key = page, key

    @classmethod
    async def from_custom_id(
        cls, interaction: Interaction[Any], item: ui.Item[Any], match: re.Match[str]
    ) -> Self:
        return cls(int(match["page"]), key=int(match["key"]))

    async def callback(self, interaction: Interaction[Any]) -> None:
        await respond(interaction, self._card(interaction), private=True, update=True)

    async def _card(self, interaction: Interaction[Any]) -> ui.LayoutView:
        listed = asking.asked_by(interaction, "", kind="list")
        if self.key:
            listed = await remembered(interaction, self.key)
        return await page_of_articles(interaction, self.page, listed, self.key)


async def page_of_articles(
    interaction: Interaction[Any], page: int, listed: Exchange, key: int = 0
) -> ui.LayoutView:
    """A page, from 0, of the articles that can be read where the interaction happens.

    Where there are fewer pages by now, it is the last one.

    Args:
        listed: how they are narrowed.
        key: of that in the bot's memory; 0: it is not there yet.
    """
    bot: Dateline = interaction.client
    say, scope = speaking(interaction.locale), asking.scope_of(bot, listed)

    def look_up() -> tuple[list[Article], int, int]:
        total = bot.library.count(scope)
        shown = max(0, min(page, (total - 1) // LIST_PAGE))
        found = bot.library.articles(scope, limit=LIST_PAGE, offset=shown * LIST_PAGE)
        return found, shown, total

    articles, shown, total = await bot.quickly(look_up)
    if not total and scope.is_narrowed:
        return text_card(say("articles-none-such") + narrowed_by(scope, say))
    if not key and scope.is_narrowed and total > LIST_PAGE:
        key = await bot.quickly(bot.memory.exchanges.add, listed)

    def turn(page: int, label: str, enabled: bool) -> PageButton:
        return PageButton(page, label, enabled, key)

    return list_card(articles, shown, total, turn, say)
