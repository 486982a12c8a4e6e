"""The daily backup."""

import asyncio
import logging

import discord
from discord.ext import commands, tasks

from bot.client import Dateline
from bot.storage import DailyBackups
from index import DatelineError

log = logging.getLogger(__name__)


class BackupsCog(commands.Cog):
    """Makes a backup if the day (UTC) has none yet, in a thread, beside all other work."""

    def __init__(self, backups: DailyBackups) -> None:
        self._backups = backups

    async def cog_load(self) -> None:
        self.back_up.start()

    async def cog_unload(self) -> None:
        self._backups.cancel()
        self.back_up.cancel()

    @tasks.loop(hours=1)
    async def back_up(self) -> None:
        """Make the day's backup; an hour after a failure, it is tried again."""
        try:
            day = discord.utils.utcnow().date()
            written = await asyncio.to_thread(self._backups.make, day)
            if written:
                log.info("backed up to %s", written)
        except DatelineError as error:
            log.error("there is no backup of today yet: %s", error)
        except Exception as error:  # an exception would end the loop
            log.error("there is no backup of today yet", exc_info=error)


async def setup(bot: Dateline) -> None:
    if bot.backups is not None:
        await bot.add_cog(BackupsCog(bot.backups))
