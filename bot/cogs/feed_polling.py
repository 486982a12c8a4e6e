"""The polling of feeds and of the ingest queue, and reports of feeds that keep failing."""

import logging
from datetime import timedelta

import aiohttp
import discord
from discord.ext import commands, tasks
from discord.utils import utcnow

from bot.cards import text_card
from bot.client import Dateline
from bot.collections import own_collection
from bot.ingest.loops import Worker
from bot.language import translator_for
from bot.markdown import plain
from bot.storage import FollowedFeed

POLL_SECONDS = 30.0

MIN_FAILING_TIME = timedelta(days=1)
"""How long a feed fails before its failures are reported."""

log = logging.getLogger(__name__)


class FeedPollingCog(commands.Cog):
    def __init__(self, bot: Dateline) -> None:
        self.bot = bot
        self._reports = Worker("failing feeds", self._report_failing, bot.loop_health)

    async def cog_load(self) -> None:
        self.poll.start()

    async def cog_unload(self) -> None:
        self.poll.cancel()
        await self._reports.close()

    @tasks.loop(seconds=POLL_SECONDS)
    async def poll(self) -> None:
        """Start the jobs, polls and reports that are due."""
        with self.bot.loop_health.surviving("schedule"):
            self.bot.ingest_queue.wake_if_due()
            self.bot.feed_follower.wake_if_due()
            self._reports.wake_if_due()
            self.bot.dispatch("schedule")  # for other cogs

    @poll.before_loop
    async def _until_ready(self) -> None:
        """Until it is ready, the bot does not know which servers it is in."""
        await self.bot.wait_until_ready()

    async def _report_failing(self) -> bool:
        """Report the feeds that keep failing."""
        for feed in await self.bot.executors.run_db(
            self.bot.storage.feeds.unreported_failures, utcnow() - MIN_FAILING_TIME
        ):
            await self._report(feed)
        return False

    def _server_name(self, feed: FollowedFeed) -> str:
        """The name of the server that follows a feed."""
        own = (g.name for g in self.bot.guilds if own_collection(g.id) == feed.collection)
        return next(own, "")

    async def _report(self, feed: FollowedFeed) -> None:
        """Tell the user who added a feed that it fails; the operator reads it in the log."""
        await self.bot.executors.run_db(self.bot.storage.feeds.mark_reported, feed.key)
        since = feed.failing_since
        log.warning("the feed %s has been failing since %s: %s", feed.url, since, feed.reason)
        if feed.user_id is None or since is None:
            return
        locale = await self.bot.executors.run_db(self.bot.storage.user_locales.get, feed.user_id)
        localize = translator_for(locale)
        text = localize(
            "feed-fails",
            title=plain(feed.title, 200),
            server=plain(self._server_name(feed), 100),
            url=plain(feed.url, 300),
            day=localize.day(since),
            reason=plain(feed.reason or "", 500),
            remove=self.bot.mention("manage feeds remove"),
        )
        try:
            user = await self.bot.fetch_user(feed.user_id)
            await user.send(view=text_card(text))
        except (discord.HTTPException, OSError, aiohttp.ClientError) as error:
            log.warning("the failing feed %s could not be reported: %s", feed.url, error)


async def setup(bot: Dateline) -> None:
    await bot.add_cog(FeedPollingCog(bot))
