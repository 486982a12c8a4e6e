"""The buttons under the list of feeds."""

import re
from typing import Any, Self

from discord import Interaction, ui

from bot import editing
from bot.cards import feeds_card
from bot.cards.arrivals import FEEDS_PAGE
from bot.client import Dateline
from bot.language import speaking
from bot.responding import respond


class FeedsButton(ui.DynamicItem[ui.Button[ui.LayoutView]], template=r"feeds:(?P<page>[0-9]{1,9})"):
    """Turns to a page of the list of feeds."""

    def __init__(self, page: int, label: str = "…", enabled: bool = True) -> None:
        page = max(page, 0)
        super().__init__(ui.Button(label=label, custom_id=f"feeds:{page}", disabled=not enabled))
        self.page = page

    @classmethod
    async def from_custom_id(
        cls, interaction: Interaction[Any], item: ui.Item[Any], match: re.Match[str]
    ) -> Self:
        return cls(int(match["page"]))

    async def callback(self, interaction: Interaction[Any]) -> None:
        card = page_of_feeds(interaction, self.page)
        await respond(interaction, card, private=True, update=True)


async def page_of_feeds(interaction: Interaction[Any], page: int) -> ui.LayoutView:
    """A page, from 0, of the feeds that a server follows; the last one, where there are fewer.

    Raises:
        Refusal: they are not shown to who asks.
    """
    bot: Dateline = interaction.client
    server = await editing.require_editor(interaction)
    feeds = await bot.quickly(bot.memory.feeds.of, bot.own_collection(server))
    page = max(0, min(page, (len(feeds) - 1) // FEEDS_PAGE))
    some = feeds[page * FEEDS_PAGE :][:FEEDS_PAGE]
    return feeds_card(some, page, len(feeds), FeedsButton, speaking(interaction.locale))
