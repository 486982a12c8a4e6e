"""The pages of the list of feeds."""

from typing import Any

import discord
from discord import Interaction, ui

from bot.buttons.pagination import pages_of, turn_to
from bot.cards import feeds_card
from bot.cards.feeds import FEEDS_PAGE
from bot.client import Dateline
from bot.language import speaking
from bot.services import adding as editing
from bot.storage import FollowedFeed
from index import SHARED


@pages_of("feeds")
async def page_of_feeds(interaction: Interaction[Any], page: int) -> ui.LayoutView:
    """A page, from 0, of the feeds that a server follows; the last one, where there are fewer.

    Raises:
        Refusal: they are not shown to who asks.
    """
    feeds = await feeds_seen_by(interaction)
    page = max(0, min(page, (len(feeds) - 1) // FEEDS_PAGE))
    some = feeds[page * FEEDS_PAGE :][:FEEDS_PAGE]
    mute = {feed.key for feed in some if not _can_announce(interaction.guild, feed)}
    say = speaking(interaction.locale)
    return feeds_card(some, mute, page, len(feeds), turn_to("feeds"), say)


async def feeds_seen_by(interaction: Interaction[Any]) -> list[FollowedFeed]:
    """The feeds that a server follows and, for the operator, those for everybody.

    Raises:
        Refusal: they are not shown to who asks.
    """
    bot: Dateline = interaction.client
    server = await editing.require_editor(interaction)
    feeds = await bot.quickly(bot.memory.feeds.of, bot.own_collection(server))
    if await bot.is_owner(interaction.user):
        feeds += await bot.quickly(bot.memory.feeds.of, SHARED)
    return feeds


def _can_announce(guild: discord.Guild | None, feed: FollowedFeed) -> bool:
    """Whether the bot can write where a feed's articles are to be announced, if anywhere."""
    if feed.channel is None or guild is None:
        return True
    channel = guild.get_channel(feed.channel)
    return channel is not None and editing.lacking_to_write(channel) is None
