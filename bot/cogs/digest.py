"""``/digest``, and the digests that are posted at a time of day."""

import logging
from datetime import UTC, datetime, time, timedelta

import discord
from discord import app_commands, ui
from discord.ext import commands, tasks
from discord.utils import utcnow

from bot.buttons.digest_pages import card_of, make_digest
from bot.client import Dateline, Interaction
from bot.ingest.loops import Worker
from bot.language import command_text, translator_for
from bot.services.answering import question_from_interaction
from bot.services.cooldowns import enforce_cooldown
from bot.services.delivery import deliver
from bot.services.filters import DayText, TypedFilters, parse_filters
from bot.services.responding import respond
from bot.storage.digest_schedules import DigestSchedule

POLL_SECONDS = 30.0

DEFAULT_PERIOD = timedelta(days=1)
MAX_PERIOD = timedelta(days=31)
"""The longest period of a posted digest, however long the bot was offline."""

log = logging.getLogger(__name__)


class DigestCog(commands.Cog):
    def __init__(self, bot: Dateline) -> None:
        self.bot = bot
        self._worker = Worker("digests", self._post_due, bot.loop_health)

    async def cog_load(self) -> None:
        self.poll.start()

    async def cog_unload(self) -> None:
        self.poll.cancel()
        await self._worker.close()

    @app_commands.command(description=command_text("digest-description"))
    @app_commands.describe(since=command_text("digest-since"), private=command_text("ask-private"))
    async def digest(
        self, interaction: Interaction, since: DayText | None = None, private: bool = False
    ) -> None:
        await respond(interaction, self._digest(interaction, since), private=private)

    async def _digest(self, interaction: Interaction, since: str | None) -> ui.LayoutView:
        filters = await parse_filters(interaction, TypedFilters(since=since))
        await enforce_cooldown(self.bot, question_from_interaction(interaction, ""))
        now = utcnow()
        first = now - DEFAULT_PERIOD
        if filters.since is not None:
            first = min(datetime.combine(filters.since, time(), UTC), now)
        digest = await make_digest(self.bot, interaction.guild_id, first, now)
        return card_of(digest, translator_for(interaction.locale))

    @tasks.loop(seconds=POLL_SECONDS)
    async def poll(self) -> None:
        self._worker.wake_if_due()

    @poll.before_loop
    async def _until_ready(self) -> None:
        """Until it is ready, the bot does not know its channels."""
        await self.bot.wait_until_ready()

    async def _post_due(self) -> bool:
        """Post the digests that are due."""
        for schedule in await self.bot.executors.run_db(self.bot.storage.digests.all):
            if schedule.due_at() <= utcnow() and self.bot.get_guild(schedule.guild_id):
                await self._post(schedule)
        return False

    async def _post(self, schedule: DigestSchedule) -> None:
        """Post a digest, unless nothing is new. One whose channel is gone or forbidden is skipped.

        Raises the error if Discord is unreachable, so that it is tried again.
        """
        now = utcnow().replace(second=0, microsecond=0)
        since = max(schedule.until, now - MAX_PERIOD)
        digest = await make_digest(self.bot, schedule.guild_id, since, now)
        channel = self.bot.get_channel(schedule.channel_id)
        if not isinstance(channel, discord.TextChannel):
            log.warning("a digest is skipped: channel %s does not exist", schedule.channel_id)
        elif digest.stories or digest.changes:
            card = card_of(digest, translator_for(channel.guild.preferred_locale))
            nonce = schedule.guild_id ^ int(since.timestamp())  # of two attempts, one is posted
            try:
                await deliver(lambda: channel.send(view=card, silent=True, nonce=nonce))
            except (discord.Forbidden, discord.NotFound) as error:
                log.warning("a digest is skipped in channel %s: %s", channel.id, error)
        mark_posted = self.bot.storage.digests.mark_posted
        await self.bot.executors.run_db(mark_posted, schedule.guild_id, digest.until)


async def setup(bot: Dateline) -> None:
    await bot.add_cog(DigestCog(bot))
