"""Threads of their own for questions, where a server wants them."""

import logging

import discord

from bot.client import Dateline
from bot.markdown import cut

NAME = 100
"""Characters of a thread's name."""

log = logging.getLogger(__name__)


async def wanted(bot: Dateline, channel: object, permissions: discord.Permissions) -> bool:
    """Whether questions that are asked in a channel get threads, and the bot may make them."""
    if not isinstance(channel, discord.TextChannel):
        return False
    settings = await bot.quickly(bot.memory.servers.settings, channel.guild.id)
    return (
        settings.threads
        and permissions.create_public_threads
        and permissions.send_messages_in_threads
    )


async def open_at(message: discord.Message, question: str) -> discord.Thread | None:
    """A thread at a message, named after a question; None where Discord makes none."""
    try:
        return await message.create_thread(name=cut(question, NAME) or "…")
    except discord.HTTPException as error:  # the answer matters more
        log.warning("no thread could be made: %s", error)
        return None
