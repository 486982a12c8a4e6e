"""The feeds that a user may see."""

from typing import Any

import discord

from bot.client import Dateline
from bot.collections import own_collection
from bot.services.permissions import require_server
from bot.storage import FollowedFeed
from index import SHARED


async def get_visible_feeds(interaction: discord.Interaction[Any]) -> list[FollowedFeed]:
    """The feeds that a server follows and, for the operator, those of the shared collection.

    Raises:
        Refusal: in a direct message.
    """
    bot: Dateline = interaction.client
    guild_id = require_server(interaction)
    in_collection = bot.storage.feeds.in_collection
    feeds = await bot.executors.run_db(in_collection, own_collection(guild_id))
    if await bot.is_owner(interaction.user):
        feeds += await bot.executors.run_db(in_collection, SHARED)
    return feeds
