"""Threads for questions, in servers with that setting."""

import logging

import discord

from bot.client import Dateline
from bot.errors import DISCORD_ERRORS
from bot.markdown import cut
from bot.services.bookkeeping import bookkeep
from bot.storage import ServerSettings

MAX_NAME_LENGTH = 100

log = logging.getLogger(__name__)


async def should_create(bot: Dateline, channel: object, permissions: discord.Permissions) -> bool:
    """Whether questions in a channel get threads, which the bot may create. They get none if the
    setting cannot be read."""
    if not isinstance(channel, discord.TextChannel):
        return False
    get_settings = bot.storage.server_settings.get
    settings = await bookkeep(bot, ServerSettings(), get_settings, channel.guild.id)
    return (
        settings.threads
        and permissions.create_public_threads
        and permissions.send_messages_in_threads
    )


async def create(message: discord.Message, question: str) -> discord.Thread | None:
    """Create a thread at a message, named after a question; None if Discord refuses."""
    try:
        return await message.create_thread(name=cut(question, MAX_NAME_LENGTH) or "…")
    except DISCORD_ERRORS as error:  # the answer matters more
        log.warning("no thread could be made: %s", error)
        return None
