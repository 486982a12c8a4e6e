"""What arrives by itself: feeds are asked in time, what waits is tried again, and what is new is
announced."""

import logging
from datetime import timedelta

import aiohttp
import discord
from discord.ext import commands, tasks
from discord.utils import utcnow

from bot.cards import text_card
from bot.client import Dateline
from bot.language import speaking
from bot.markdown import plain
from bot.storage import FollowedFeed
from index import StoreError

EVERY = 30.0
"""Seconds."""

FAILING = timedelta(days=1)
"""How long a feed fails before somebody is told."""

log = logging.getLogger(__name__)


class Arriving(commands.Cog):
    def __init__(self, bot: Dateline) -> None:
        self.bot = bot

    async def cog_load(self) -> None:
        self.look.start()

    async def cog_unload(self) -> None:
        self.look.cancel()

    @tasks.loop(seconds=EVERY)
    async def look(self) -> None:
        """Do what is due."""
        try:
            self.bot.queue.wake()
            self.bot.feeds.wake()
            for feed in await self.bot.quickly(
                self.bot.memory.feeds.unreported, utcnow() - FAILING
            ):
                await self._report(feed)
        except StoreError as error:  # the next time is another chance
            log.error("what arrives cannot be looked after: %s", error)
        except Exception as error:  # a loop that raises would end
            log.error("what arrives cannot be looked after", exc_info=error)

    @look.before_loop
    async def _until_ready(self) -> None:
        """Before, the bot does not know which servers it is in."""
        await self.bot.wait_until_ready()
        try:
            await self.bot.feeds.follow_shared()
        except StoreError as error:
            log.error("the feeds of FEEDS cannot be followed: %s", error)

    def _server(self, feed: FollowedFeed) -> str:
        """The name of the server that follows a feed."""
        own = (g.name for g in self.bot.guilds if self.bot.own_collection(g.id) == feed.collection)
        return next(own, "")

    async def _report(self, feed: FollowedFeed) -> None:
        """Tell who added a feed that it fails; the operator, by the log."""
        await self.bot.quickly(self.bot.memory.feeds.report, feed.key)
        log.warning("the feed %s fails since %s: %s", feed.url, feed.failing_since, feed.reason)
        if feed.person is None or feed.failing_since is None:
            return
        locale = await self.bot.quickly(self.bot.memory.people.locale, feed.person)
        say = speaking(locale)
        text = say(
            "feed-fails",
            title=plain(feed.title, 200),
            server=plain(self._server(feed), 100),
            url=plain(feed.url, 300),
            day=say.day(feed.failing_since),
            reason=plain(feed.reason or "", 500),
            remove=self.bot.mention("feeds remove"),
        )
        try:
            person = await self.bot.fetch_user(feed.person)
            await person.send(view=text_card(text))
        except (discord.HTTPException, OSError, aiohttp.ClientError) as error:
            log.warning("who added the feed %s could not be told: %s", feed.url, error)


async def setup(bot: Dateline) -> None:
    await bot.add_cog(Arriving(bot))
