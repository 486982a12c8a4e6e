"""The list of feeds with its page buttons."""

from typing import Any

import discord
from discord import Interaction, ui

from bot.buttons.pagination import page_buttons, paginated
from bot.cards import feeds_card
from bot.cards.feed_list import FEEDS_PAGE_SIZE
from bot.cards.layout import clamp_page
from bot.language import translator_for
from bot.services.permissions import is_editor, missing_permission
from bot.services.visible_feeds import get_visible_feeds
from bot.storage import FollowedFeed


@paginated("feeds")
async def feed_list_page(
    interaction: Interaction[Any], page: int = 0, key: int = 0
) -> ui.LayoutView:
    """A page, from 0, of the feeds that a server follows; the last one, where there are fewer.

    Editors see addresses and problems, which may contain passwords and keys; others don't.

    Raises:
        Refusal: in a direct message.
    """
    feeds = await get_visible_feeds(interaction)
    page = clamp_page(page, len(feeds), FEEDS_PAGE_SIZE)
    shown = feeds[page * FEEDS_PAGE_SIZE :][:FEEDS_PAGE_SIZE]
    mute = {feed.key for feed in shown if not _can_announce(interaction.guild, feed)}
    localize, in_full = translator_for(interaction.locale), await is_editor(interaction)
    buttons = page_buttons("feeds")
    return feeds_card(shown, mute, page, len(feeds), buttons, localize, in_full=in_full)


def _can_announce(guild: discord.Guild | None, feed: FollowedFeed) -> bool:
    """Whether the bot can write in the channel of a feed, if it has one."""
    if feed.channel_id is None or guild is None:
        return True
    channel = guild.get_channel(feed.channel_id)
    return channel is not None and missing_permission(channel) is None
