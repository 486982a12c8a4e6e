"""What the bot does by itself: forget what is old, and the servers that it has left; keep the
vector indexes on disk, and of the kind that goes with what has arrived."""

import logging
import re
from datetime import timedelta

import discord
from discord.ext import commands, tasks

from bot.client import Dateline
from index import StoreError

KEPT_AFTER_LEAVING = timedelta(days=30)
REMEMBERED = timedelta(days=180)
"""How long what was asked is remembered, and with it what the buttons under the answer need."""

SET_ASIDE = timedelta(days=30)
"""How long what could not be added is kept, for somebody who tries it again."""

SERVER = re.compile(r"server-(\d+)")

log = logging.getLogger(__name__)


class Upkeep(commands.Cog):
    def __init__(self, bot: Dateline) -> None:
        self.bot = bot

    async def cog_load(self) -> None:
        self.forget.start()
        self.keep_indexes.start()

    async def cog_unload(self) -> None:
        self.forget.cancel()
        self.keep_indexes.cancel()

    @commands.Cog.listener()
    async def on_guild_remove(self, guild: discord.Guild) -> None:
        await self.bot.quickly(self.bot.memory.servers.left, guild.id, discord.utils.utcnow())

    @commands.Cog.listener()
    async def on_guild_join(self, guild: discord.Guild) -> None:
        await self.bot.quickly(self.bot.memory.servers.came_back, guild.id)

    @commands.Cog.listener()
    async def on_ready(self) -> None:
        """Notice the servers that were left, or joined again, while the bot was away."""
        here = {guild.id for guild in self.bot.guilds}
        totals = await self.bot.quickly(self.bot.library.totals)
        servers = self.bot.memory.servers
        known = {int(name[1]) for name in map(SERVER.fullmatch, totals.collections) if name}
        known |= await self.bot.quickly(servers.known)
        for server in known - here:
            await self.bot.quickly(servers.left, server, discord.utils.utcnow())
        for server in known & here:
            await self.bot.quickly(servers.came_back, server)

    @tasks.loop(hours=1)
    async def forget(self) -> None:
        """Forget what is too old, and the servers that were left long ago."""
        now = discord.utils.utcnow()
        try:
            await self.bot.quickly(self.bot.memory.exchanges.forget_before, now - REMEMBERED)
            await self.bot.quickly(self.bot.memory.arrivals.forget_before, now - SET_ASIDE)
            left = self.bot.memory.servers.left_before
            for server in await self.bot.quickly(left, now - KEPT_AFTER_LEAVING):
                if self.bot.get_guild(server) is None:
                    count = await self.bot.forget_server(server)
                    log.info("forgot the server %d, left 30 days ago: %d articles", server, count)
        except StoreError as error:  # the next hour is another chance
            log.error("what is old could not be forgotten: %s", error)

    @tasks.loop(hours=1)
    async def keep_indexes(self) -> None:
        """Write the indexes that have changed: the next start is quick even after a crash."""
        try:
            await self.bot.in_turn(self.bot.library.flush)
        except StoreError as error:
            log.error("the vector indexes could not be written: %s", error)

    @forget.before_loop
    @keep_indexes.before_loop
    async def _until_ready(self) -> None:
        """Before, the bot does not know which servers it is in."""
        await self.bot.wait_until_ready()


async def setup(bot: Dateline) -> None:
    await bot.add_cog(Upkeep(bot))
