"""Maintenance: purges old data and the data of servers that were left, and saves the indexes."""

import logging
import re
from datetime import timedelta

import discord
from discord.ext import commands, tasks

from bot.client import Dateline

SERVER_RETENTION = timedelta(days=30)
"""How long the data of a server is kept after the bot has left it."""

QUESTION_RETENTION = timedelta(days=180)
"""How long questions are logged, with the passages that the buttons under their answers need."""

FAILED_JOB_RETENTION = timedelta(days=30)
"""How long failed jobs are kept, so that they can be retried."""

EDIT_RETENTION = QUESTION_RETENTION
"""How long the edit log keeps the actions of editors."""

REMOVED_ARTICLE_RETENTION = timedelta(days=30)
"""How long a removed article is kept, so that it can be restored."""

ALARM_RETENTION = timedelta(days=2)
"""How long sent alarms are stored, for the limit per day."""

SERVER_COLLECTION = re.compile(r"server-(\d+)")

log = logging.getLogger(__name__)


class MaintenanceCog(commands.Cog):
    def __init__(self, bot: Dateline) -> None:
        self.bot = bot

    async def cog_load(self) -> None:
        self.purge.start()
        self.flush.start()

    async def cog_unload(self) -> None:
        self.purge.cancel()
        self.flush.cancel()

    @commands.Cog.listener()
    async def on_guild_remove(self, guild: discord.Guild) -> None:
        mark_left = self.bot.storage.server_settings.mark_left
        await self.bot.executors.run_db(mark_left, guild.id, discord.utils.utcnow())

    @commands.Cog.listener()
    async def on_guild_join(self, guild: discord.Guild) -> None:
        await self.bot.executors.run_db(self.bot.storage.server_settings.rejoined, guild.id)

    @commands.Cog.listener()
    async def on_ready(self) -> None:
        """Record which servers the bot was removed from, or added to, while it was offline."""
        present = {guild.id for guild in self.bot.guilds}
        totals = await self.bot.executors.run_db(self.bot.library.totals)
        server_settings = self.bot.storage.server_settings
        collections = await self.bot.executors.run_db(self.bot.storage.collections)
        matches = map(SERVER_COLLECTION.fullmatch, collections | totals.collections.keys())
        known = {int(match[1]) for match in matches if match}
        known |= await self.bot.executors.run_db(server_settings.known_guilds)
        for guild_id in known - present:
            await self.bot.executors.run_db(
                server_settings.mark_left, guild_id, discord.utils.utcnow()
            )
        for guild_id in known & present:
            await self.bot.executors.run_db(server_settings.rejoined, guild_id)

    @tasks.loop(hours=1)
    async def purge(self) -> None:
        """Delete data that is too old, and all data of servers that were left long ago."""
        now, storage = discord.utils.utcnow(), self.bot.storage
        with self.bot.loop_health.surviving("retention"):
            await self.bot.executors.run_db(storage.question_log.purge, now - QUESTION_RETENTION)
            await self.bot.executors.run_db(storage.ingest_jobs.purge, now - FAILED_JOB_RETENTION)
            removed_before = now - REMOVED_ARTICLE_RETENTION
            await self.bot.executors.run_db(
                storage.edit_log.purge, now - EDIT_RETENTION, removed_before
            )
            await self.bot.executors.run_db(storage.watches.purge, now - ALARM_RETENTION)
            left_before = storage.server_settings.left_before
            for guild_id in await self.bot.executors.run_db(left_before, now - SERVER_RETENTION):
                if self.bot.get_guild(guild_id) is None:
                    count = await self.bot.delete_server(guild_id)
                    log.info("forgot the server %d, left 30 days ago: %d articles", guild_id, count)

    @tasks.loop(hours=1)
    async def flush(self) -> None:
        """Save the indexes that have changed: the next start is quick even after a crash."""
        with self.bot.loop_health.surviving("indexes"):
            await self.bot.executors.run_exclusive(self.bot.library.flush)

    @purge.before_loop
    @flush.before_loop
    async def _until_ready(self) -> None:
        """Until it is ready, the bot does not know which servers it is in."""
        await self.bot.wait_until_ready()


async def setup(bot: Dateline) -> None:
    await bot.add_cog(MaintenanceCog(bot))
