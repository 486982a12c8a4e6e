"""Marks posted answers when an article that they quote is corrected or removed."""

from discord.ext import commands

from bot.client import Dateline
from bot.ingest.loops import Worker
from bot.services.corrected_answers import mark_corrected


class CorrectionsCog(commands.Cog):
    def __init__(self, bot: Dateline) -> None:
        self.bot = bot
        self._worker = Worker("corrections", self._mark, bot.loop_health)
        self._generation: int | None = None

    async def cog_unload(self) -> None:
        await self._worker.close()

    @commands.Cog.listener()
    async def on_schedule(self) -> None:
        """Look for articles that were corrected or removed, by any process."""
        self._worker.wake_if_due()

    async def _mark(self) -> bool:
        generation = await self.bot.executors.run_db(lambda: self.bot.library.generation)
        if generation == self._generation:
            return False
        any_changed = await mark_corrected(self.bot)
        if not any_changed:
            self._generation = generation
        return any_changed


async def setup(bot: Dateline) -> None:
    await bot.add_cog(CorrectionsCog(bot))
