"""``/feeds``: the feeds whose articles go into a server's collection by themselves."""

import discord
from discord import app_commands, ui
from discord.ext import commands

from bot import editing
from bot.buttons.feeds import page_of_feeds
from bot.cards import text_card
from bot.client import Dateline, Interaction
from bot.commands.articles import Link
from bot.commands.ask import Chosen
from bot.errors import Refusal
from bot.feeds import Checked
from bot.language import Language, said, speaking
from bot.markdown import cut, plain
from bot.memory import FollowedFeed
from bot.narrowing import CHOICE, CHOICES
from bot.responding import respond
from index import SourceError

MOST = 50
"""Feeds that a server may follow."""

TOLD = 10
"""Feeds of which it is told what became of them."""


@app_commands.guild_only()
class Feeds(commands.GroupCog, group_name="feeds", group_description=said("feeds-description")):
    def __init__(self, bot: Dateline) -> None:
        self.bot = bot

    @app_commands.command(description=said("feeds-add-description"))
    @app_commands.describe(url=said("feeds-add-url"), channel=said("feeds-add-channel"))
    async def add(
        self, interaction: Interaction, url: Link, channel: discord.TextChannel | None = None
    ) -> None:
        await respond(interaction, self._added(interaction, url, channel), private=True)

    async def _added(
        self, interaction: Interaction, url: str, channel: discord.TextChannel | None
    ) -> ui.LayoutView:
        server = await editing.require_editor(interaction)
        say, collection = speaking(interaction.locale), self.bot.own_collection(server)
        if channel is not None:
            _require_announcing(interaction, channel)
        if len(await self.bot.quickly(self.bot.memory.feeds.of, collection)) >= MOST:
            raise Refusal("feeds-too-many", count=MOST, remove=self.bot.mention("feeds remove"))
        number = channel.id if channel else None
        try:
            checked = await self.bot.feeds.follow(collection, url, interaction.user.id, number)
        except SourceError as error:
            raise Refusal("refused", reason=plain(str(error), 300)) from error
        followed = say("feed-followed", title=_title(checked.feed), count=checked.entries)
        if channel is not None:
            followed += " " + say("feed-announced", channel=channel.mention)
        return text_card(followed)

    @app_commands.command(name="list", description=said("feeds-list-description"))
    async def list_(self, interaction: Interaction) -> None:
        await respond(interaction, page_of_feeds(interaction, 0), private=True)

    @app_commands.command(description=said("feeds-remove-description"))
    @app_commands.describe(feed=said("feeds-remove-feed"))
    async def remove(self, interaction: Interaction, feed: Chosen) -> None:
        await respond(interaction, self._removed(interaction, feed), private=True)

    async def _removed(self, interaction: Interaction, wanted: str) -> ui.LayoutView:
        feed = await self._find(interaction, wanted)
        await self.bot.quickly(self.bot.memory.feeds.remove, feed.key)
        say = speaking(interaction.locale)
        return text_card(say("feed-removed", title=_title(feed)))

    @app_commands.command(description=said("feeds-check-description"))
    @app_commands.describe(feed=said("feeds-check-feed"))
    async def check(self, interaction: Interaction, feed: Chosen | None = None) -> None:
        await respond(interaction, self._checked(interaction, feed), private=True)

    async def _checked(self, interaction: Interaction, wanted: str | None) -> ui.LayoutView:
        say = speaking(interaction.locale)
        feeds = [await self._find(interaction, wanted)] if wanted else await self._own(interaction)
        if not feeds:
            return text_card(say("feeds-none"))
        checked = await self.bot.feeds.check_all(feeds)
        # What has failed or brought something is told first.
        checked.sort(key=lambda one: (one.failure is None, -one.entries))
        lines = [_outcome(one, say) for one in checked[:TOLD]]
        if len(checked) > TOLD:
            lines.append(say("feeds-checked-more", count=len(checked) - TOLD))
        return text_card("\n".join(lines))

    async def _own(self, interaction: Interaction) -> list[FollowedFeed]:
        """The feeds of a server that somebody may change. Raises: Refusal, if they may not."""
        server = await editing.require_editor(interaction)
        return await self.bot.quickly(self.bot.memory.feeds.of, self.bot.own_collection(server))

    async def _find(self, interaction: Interaction, wanted: str) -> FollowedFeed:
        """The feed that was chosen, or whose title or address was typed. Raises: Refusal."""
        feeds = await self._own(interaction)
        for feed in feeds:
            if wanted in (str(feed.key), feed.url):
                return feed
        for feed in feeds:
            if wanted.casefold().strip() in feed.title.casefold():
                return feed
        list_ = self.bot.mention("feeds list")
        raise Refusal("feed-unknown", title=plain(wanted, 100), list=list_)

    @remove.autocomplete("feed")
    @check.autocomplete("feed")
    async def titles(self, interaction: Interaction, typed: str) -> list[app_commands.Choice[str]]:
        """The feeds whose titles or addresses hold what is typed so far."""
        try:
            feeds = await self._own(interaction)
        except Refusal:
            return []
        sought = typed.casefold().strip()
        return [
            app_commands.Choice(name=cut(feed.title, CHOICE), value=str(feed.key))
            for feed in feeds
            if sought in feed.title.casefold() or sought in feed.url.casefold()
        ][:CHOICES]


def _require_announcing(interaction: Interaction, channel: discord.TextChannel) -> None:
    """Raises: Refusal, where the bot cannot write in a channel, or who asks for it may not."""
    editing.require_writable(channel)
    person = interaction.user
    if not isinstance(person, discord.Member) or not channel.permissions_for(person).send_messages:
        raise Refusal("channel-not-yours", channel=channel.mention)


def _outcome(checked: Checked, say: Language) -> str:
    title = _title(checked.feed)
    if checked.failure is not None:
        return say("feed-check-failed", title=title, reason=plain(checked.failure, 200))
    return say("feed-checked", title=title, count=checked.entries)


def _title(feed: FollowedFeed) -> str:
    return plain(feed.title, 100)


async def setup(bot: Dateline) -> None:
    await bot.add_cog(Feeds(bot))
