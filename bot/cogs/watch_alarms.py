"""Checks watches when articles were added, and sends messages about changed answers."""

import logging
from collections.abc import Sequence
from datetime import timedelta

import discord
from discord.ext import commands
from discord.utils import utcnow

from bot.buttons.watches import alarm_buttons, context_buttons
from bot.cards import alarm_card
from bot.client import Dateline
from bot.errors import DISCORD_ERRORS, is_outage
from bot.ingest.loops import Worker
from bot.language import Translator, translator_for
from bot.services.permissions import missing_permission
from bot.services.watch_checks import check_watches
from bot.services.watches import is_member, passage_at
from bot.storage import Watch, WatchAlarm
from index.answering.answer_changes import answers_differently

MAX_ALARMS = 5
"""Messages about a watch in ``LIMIT_PERIOD``; later changes are combined into one message once
another may be sent."""

LIMIT_PERIOD = timedelta(days=1)

log = logging.getLogger(__name__)


class WatchAlarmsCog(commands.Cog):
    def __init__(self, bot: Dateline) -> None:
        self.bot = bot
        self._checks = Worker("watches", self._check, bot.loop_health)
        self._alarms = Worker("watch alarms", self._tell, bot.loop_health)

    async def cog_unload(self) -> None:
        await self._checks.close()
        await self._alarms.close()

    @commands.Cog.listener()
    async def on_schedule(self) -> None:
        """Look for articles that were added, by any process, and send the alarms that are due."""
        self._checks.wake_if_due()
        self._alarms.wake_if_due()

    async def _check(self) -> bool:
        any_new = await check_watches(self.bot)
        if any_new:
            self._alarms.wake_if_due()
        return any_new

    async def _tell(self) -> bool:
        """Send the alarms of each watch. Raises the first error after trying all of them."""
        errors = []
        for watch, alarms in await self.bot.executors.run_db(self.bot.storage.watches.pending):
            try:
                await self._tell_one(watch, alarms)
            except Exception as error:
                errors.append(error)
        if errors:
            raise errors[0]
        return False

    async def _tell_one(self, watch: Watch, alarms: Sequence[WatchAlarm]) -> None:
        """Send the alarms of a watch as one message, from the first answer to the last."""
        watches, run_db = self.bot.storage.watches, self.bot.executors.run_db
        sent = await run_db(watches.sent_since, watch.key, utcnow() - LIMIT_PERIOD)
        if sent >= MAX_ALARMS:
            return
        if watch.channel_id is None and watch.guild_id is not None:
            if self.bot.get_guild(watch.guild_id) is None:  # it may be back
                return
            if not await is_member(self.bot, watch.guild_id, watch.user_id):
                log.info("a watch ends: its user has left the server %d", watch.guild_id)
                await run_db(watches.remove, watch.key)
                return
        first, last = alarms[0], alarms[-1]
        old, new = await passage_at(self.bot, first.old), await passage_at(self.bot, last.new)
        back = len(alarms) > 1 and old and new and not answers_differently(watch.question, old, new)
        if new is None or back:
            await run_db(watches.discard, alarms)
            return
        localize = await self._translator(watch)
        notes = []
        if first.old is not None and old is None:
            notes.append(localize("watch-old-gone"))
        if len(alarms) > 1:
            notes.append(localize("watch-changes", count=len(alarms)))
        if sent + 1 == MAX_ALARMS:
            notes.append(localize("watch-limit", count=MAX_ALARMS))
        make_context = context_buttons(watch, localize)
        buttons = alarm_buttons(watch, localize)
        card = alarm_card(watch, old, new, notes, make_context, buttons, localize)
        try:
            sent_now = await self._send(watch, card, nonce=f"watch-{last.key}")
        except DISCORD_ERRORS as error:
            if not is_outage(error):
                raise
            log.warning("an alarm will be sent later: %r", error)
            return
        if sent_now:
            await run_db(watches.set_sent, alarms, utcnow())
        else:
            await run_db(watches.pause, watch.key, unreachable=True)

    async def _send(self, watch: Watch, card: discord.ui.LayoutView, nonce: str) -> bool:
        """Send an alarm; returns False if Discord does not allow it. Raises: an outage.

        Discord posts one message with a nonce, so it may be sent again.
        """
        try:
            target = await self._target(watch)
            if target is None:
                return False
            await target.send(view=card, nonce=nonce)
        except (discord.Forbidden, discord.NotFound) as error:
            log.warning("an alarm could not be sent: %s", error)
            return False
        return True

    async def _target(self, watch: Watch) -> discord.abc.Messageable | None:
        """The channel or the user of a watch; None if the bot may not write there."""
        if watch.channel_id is None:
            return self.bot.get_user(watch.user_id) or await self.bot.fetch_user(watch.user_id)
        channel = self.bot.get_channel(watch.channel_id)
        if not isinstance(channel, discord.TextChannel) or channel.guild.id != watch.guild_id:
            return None
        return None if missing_permission(channel) else channel

    async def _translator(self, watch: Watch) -> Translator:
        """For the language of the user or, in a channel, of the server."""
        guild = self.bot.get_guild(watch.guild_id) if watch.guild_id is not None else None
        if watch.channel_id is not None and guild is not None:
            return translator_for(guild.preferred_locale)
        get_locale = self.bot.storage.user_locales.get
        return translator_for(await self.bot.executors.run_db(get_locale, watch.user_id))


async def setup(bot: Dateline) -> None:
    await bot.add_cog(WatchAlarmsCog(bot))
