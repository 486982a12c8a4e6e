"""``/feeds``: the feeds whose articles go into a server's collection by themselves."""

from collections import Counter
from collections.abc import Sequence

import discord
from discord import app_commands, ui
from discord.ext import commands

from bot.buttons.feeds import feeds_seen_by, page_of_feeds
from bot.cards import text_card
from bot.client import Dateline, Interaction
from bot.cogs.articles import Link
from bot.cogs.ask import Chosen
from bot.errors import Refusal
from bot.ingest.feed_follower import Checked
from bot.language import Language, said, speaking
from bot.markdown import cut, plain
from bot.services import adding as editing
from bot.services.filters import CHOICE, CHOICES
from bot.services.responding import respond
from bot.services.uploads import with_scheme
from bot.storage import FollowedFeed
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
        url = with_scheme(url)
        if channel is not None:
            _require_announcing(interaction, channel)
        feeds = await self.bot.quickly(self.bot.memory.feeds.of, collection)
        if len(feeds) >= MOST and url not in {feed.url for feed in feeds}:
            raise Refusal("feeds-too-many", count=MOST, remove=self.bot.mention("feeds remove"))
        number = channel.id if channel else None
        try:
            checked = await self.bot.feeds.follow(collection, url, interaction.user.id, number)
        except SourceError as error:
            raise Refusal("refused", reason=plain(str(error), 300)) from error
        title, address = _title(checked.feed), plain(checked.feed.url, 300)
        followed = say("feed-followed", title=title, url=address, count=checked.entries)
        if channel is not None:
            followed += " " + say("feed-announced", channel=channel.mention)
        return text_card(followed)

    @app_commands.command(description=said("feeds-announce-description"))
    @app_commands.describe(feed=said("feeds-announce-feed"), channel=said("feeds-announce-channel"))
    async def announce(
        self, interaction: Interaction, feed: Chosen, channel: discord.TextChannel | None = None
    ) -> None:
        await respond(interaction, self._announced(interaction, feed, channel), private=True)

    async def _announced(
        self, interaction: Interaction, wanted: str, channel: discord.TextChannel | None
    ) -> ui.LayoutView:
        feed, say = await self._find(interaction, wanted), speaking(interaction.locale)
        if channel is not None:
            _require_announcing(interaction, channel)
        number = channel.id if channel else None
        await self.bot.quickly(self.bot.memory.feeds.announce, feed.key, number)
        if channel is None:
            return text_card(say("feed-not-announced", title=_title(feed)))
        return text_card(say("feed-now-announced", title=_title(feed), channel=channel.mention))

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
        feeds = await feeds_seen_by(interaction)
        if wanted:
            feeds = [await self._find(interaction, wanted, feeds)]
        if not feeds:
            return text_card(say("feeds-none"))
        checked = await self.bot.feeds.check_all(feeds)
        # What has failed or brought something is told first.
        checked.sort(key=lambda one: (one.failure is None, -one.entries))
        lines = [_outcome(one, say) for one in checked[:TOLD]]
        if more := checked[TOLD:]:
            entries = sum(one.entries for one in more)
            lines.append(say("feeds-checked-more", count=len(more), entries=entries))
        return text_card("\n".join(lines))

    async def _find(
        self,
        interaction: Interaction,
        wanted: str,
        feeds: Sequence[FollowedFeed] | None = None,
    ) -> FollowedFeed:
        """The feed that was chosen, or whose title or address was typed; without ``feeds``,
        among those that a server may change.

        Raises:
            Refusal: there is none, or more than one.
        """
        if feeds is None:
            server = await editing.require_editor(interaction)
            own = self.bot.own_collection(server)
            feeds = await self.bot.quickly(self.bot.memory.feeds.of, own)
        typed = wanted.casefold().strip()
        chosen = [feed for feed in feeds if wanted == _choice(feed)]
        exact = [feed for feed in feeds if typed in (feed.title.casefold(), feed.url.casefold())]
        partly = [feed for feed in feeds if typed in feed.title.casefold()]
        found = chosen or exact or partly
        if len(found) == 1:
            return found[0]
        key, list_ = "feed-unclear" if found else "feed-unknown", self.bot.mention("feeds list")
        raise Refusal(key, title=plain(wanted, 100), list=list_)

    @remove.autocomplete("feed")
    @announce.autocomplete("feed")
    async def own_titles(
        self, interaction: Interaction, typed: str
    ) -> list[app_commands.Choice[str]]:
        """``titles``, of those that a server may change."""
        own = self.bot.own_collection(interaction.guild_id or 0)
        return [c for feed, c in await self._choices(interaction, typed) if feed.collection == own]

    @check.autocomplete("feed")
    async def titles(self, interaction: Interaction, typed: str) -> list[app_commands.Choice[str]]:
        """The feeds whose titles or addresses hold what is typed so far."""
        return [choice for _, choice in await self._choices(interaction, typed)]

    async def _choices(
        self, interaction: Interaction, typed: str
    ) -> list[tuple[FollowedFeed, app_commands.Choice[str]]]:
        try:
            feeds = await feeds_seen_by(interaction)
        except Refusal:
            return []
        titles, sought = Counter(feed.title for feed in feeds), typed.casefold().strip()

        def name(feed: FollowedFeed) -> str:
            return feed.title if titles[feed.title] == 1 else f"{cut(feed.title, 40)} ({feed.url})"

        return [
            (feed, app_commands.Choice(name=cut(name(feed), CHOICE), value=_choice(feed)))
            for feed in feeds
            if sought in feed.title.casefold() or sought in feed.url.casefold()
        ][:CHOICES]


def _choice(feed: FollowedFeed) -> str:
    """What stands for a feed that was chosen: nobody types that."""
    return f"feed:{feed.key}"


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
