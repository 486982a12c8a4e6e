"""The pages of the list of feeds."""

from typing import Any

from discord import Interaction, ui

from bot import editing
from bot.buttons.pages import pages_of, turn_to
from bot.cards import feeds_card
from bot.cards.arrivals import FEEDS_PAGE
from bot.client import Dateline
from bot.language import speaking


@pages_of("feeds")
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
    return feeds_card(some, page, len(feeds), turn_to("feeds"), speaking(interaction.locale))
