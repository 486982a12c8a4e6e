"""Questions that were asked while the connection to Discord was lost.

Discord repeats what was written meanwhile if the session is resumed. In a new session it does not:
then the channels with new messages are read.
"""

import logging
from collections.abc import AsyncIterator
from datetime import datetime, timedelta
from itertools import chain

import discord
from discord.ext import commands
from discord.utils import snowflake_time, utcnow

from bot import errors
from bot.client import Dateline
from bot.cogs.messages import MessagesCog
from bot.services.message_questions import CONVERSATION_WINDOW
from index import StoreError

MAX_AGE = timedelta(minutes=15)
"""How old a question may be to be answered; later, nobody expects it any more."""

DETECTION_TIME = timedelta(minutes=2)
"""How long it may take until a lost connection is noticed."""

MAX_CHANNELS, MAX_MESSAGES = 50, 50
"""Channels that are read, and messages in each, so that Discord does not limit the bot."""

log = logging.getLogger(__name__)

MessageChannel = discord.TextChannel | discord.Thread | discord.DMChannel


class MissedMessagesCog(commands.Cog):
    """Answers missed questions; one that has been answered already is not answered again."""

    def __init__(self, bot: Dateline) -> None:
        self.bot = bot
        self._lost_at: dict[int, datetime] = {}
        self._unread_since: dict[int, datetime] = {}

    @commands.Cog.listener()
    async def on_shard_disconnect(self, shard_id: int) -> None:
        self._lost_at.setdefault(shard_id, utcnow())

    @commands.Cog.listener()
    async def on_shard_resumed(self, shard_id: int) -> None:
        self._lost_at.pop(shard_id, None)

    @commands.Cog.listener()
    async def on_shard_connect(self, shard_id: int) -> None:
        """A new session has begun. Its channels are known with ``on_shard_ready``, which may also
        come, late, from the session before."""
        if lost_at := self._lost_at.pop(shard_id, None):
            self._unread_since[shard_id] = lost_at

    @commands.Cog.listener()
    async def on_shard_ready(self, shard_id: int) -> None:
        lost_at = self._unread_since.pop(shard_id, None)
        messages = self.bot.get_cog(MessagesCog.__name__)
        if lost_at is None or not isinstance(messages, MessagesCog):
            return
        since = max(lost_at - DETECTION_TIME, utcnow() - MAX_AGE)
        async for channel in self._channels(shard_id, since):
            try:
                async for message in channel.history(after=since, limit=MAX_MESSAGES):
                    await messages.handle(message)
            except errors.DISCORD_ERRORS as error:
                log.warning("what was asked in channel %d is unknown: %s", channel.id, error)

    async def _channels(self, shard_id: int, since: datetime) -> AsyncIterator[MessageChannel]:
        """The channels of a shard that may have messages since a time."""
        guilds = [guild for guild in self.bot.guilds if guild.shard_id == shard_id]
        in_guilds: list[discord.TextChannel | discord.Thread] = [
            *chain.from_iterable(guild.text_channels for guild in guilds),
            *chain.from_iterable(guild.threads for guild in guilds),
        ]
        channels = [
            channel
            for channel in in_guilds
            if channel.last_message_id
            and snowflake_time(channel.last_message_id) >= since
            and channel.permissions_for(channel.guild.me).read_message_history
        ]
        for channel in channels[:MAX_CHANNELS]:
            yield channel
        if shard_id == 0:  # which has the direct messages
            for channel_id in await self._direct_channels(since - CONVERSATION_WINDOW):
                try:
                    direct = await self.bot.fetch_channel(channel_id)
                except errors.DISCORD_ERRORS as error:
                    log.warning("direct message %d is unknown: %s", channel_id, error)
                else:
                    if isinstance(direct, discord.DMChannel):
                        yield direct

    async def _direct_channels(self, since: datetime) -> list[int]:
        """The direct messages of recent conversations; of others, nothing is known."""
        try:
            recent = self.bot.storage.question_log.direct_channels
            return (await self.bot.executors.run_db(recent, since))[-MAX_CHANNELS:]
        except StoreError as error:
            log.error("recent direct messages could not be read: %s", error)
            return []


async def setup(bot: Dateline) -> None:
    await bot.add_cog(MissedMessagesCog(bot))
