"""``/manage feeds``: follows, announces and checks a server's feeds."""

from collections import Counter
from collections.abc import Sequence

import discord
from discord import app_commands, ui

from bot.cards import text_card
from bot.client import Dateline, Interaction
from bot.collections import own_collection
from bot.errors import Refusal
from bot.ingest.feed_follower import PollResult
from bot.language import Translator, command_text, translator_for
from bot.markdown import cut, plain
from bot.services.editing import record_edit
from bot.services.feed_import import MAX_FEEDS, FeedImport, import_feeds
from bot.services.filters import MAX_CHOICE_LENGTH, MAX_CHOICES, AutocompletedText, list_names
from bot.services.permissions import is_editor, require_editor, require_writable
from bot.services.responding import respond
from bot.services.uploads import LinkText, read_feed_list, text_file, with_scheme
from bot.services.visible_feeds import get_visible_feeds
from bot.storage import FollowedFeed
from index import SourceError
from index.sources.opml import opml_lines
from index.text.words import fold

MAX_EXPORT_BYTES = 1 << 20
"""Far more than ``MAX_FEEDS`` feeds have."""

MAX_RESULTS_SHOWN = 10
"""Polled or imported feeds that are listed by title."""


class ManageFeeds(app_commands.Group):
    def __init__(self, bot: Dateline) -> None:
        super().__init__(name="feeds", description=command_text("manage-feeds-description"))
        self.bot = bot

    @app_commands.command(description=command_text("feeds-add-description"))
    @app_commands.describe(
        url=command_text("feeds-add-url"), channel=command_text("feeds-add-channel")
    )
    async def add(
        self, interaction: Interaction, url: LinkText, channel: discord.TextChannel | None = None
    ) -> None:
        await respond(interaction, self._added(interaction, url, channel), private=True)

    async def _added(
        self, interaction: Interaction, url: str, channel: discord.TextChannel | None
    ) -> ui.LayoutView:
        guild_id = await require_editor(interaction)
        localize, collection = translator_for(interaction.locale), own_collection(guild_id)
        url = with_scheme(url)
        if channel is not None:
            _require_announceable(interaction, channel)
        feeds = await self.bot.executors.run_db(self.bot.storage.feeds.in_collection, collection)
        if len(feeds) >= MAX_FEEDS and url not in {feed.url for feed in feeds}:
            raise Refusal(
                "feeds-too-many", count=MAX_FEEDS, remove=self.bot.mention("manage feeds remove")
            )
        channel_id = channel.id if channel else None
        try:
            result = await self.bot.feed_follower.follow(
                collection, url, interaction.user.id, channel_id
            )
        except SourceError as error:
            raise Refusal("refused", reason=plain(str(error), 300)) from error
        await record_edit(interaction, "followed", [result.feed.title])
        title, address = _title(result.feed), plain(result.feed.url, 300)
        followed = localize("feed-followed", title=title, url=address, count=result.entries)
        if channel is not None:
            followed += " " + localize("feed-announced", channel=channel.mention)
        return text_card(followed)

    @app_commands.command(name="import", description=command_text("feeds-import-description"))
    @app_commands.describe(file=command_text("feeds-import-file"))
    async def import_(self, interaction: Interaction, file: discord.Attachment) -> None:
        await respond(interaction, self._imported(interaction, file), private=True)

    async def _imported(self, interaction: Interaction, file: discord.Attachment) -> ui.LayoutView:
        collection = own_collection(await require_editor(interaction))
        urls = await read_feed_list(file)
        result = await import_feeds(self.bot, collection, urls, interaction.user.id)
        if result.followed:
            await record_edit(interaction, "followed", [feed.title for feed in result.followed])
        return text_card(_describe_import(result, translator_for(interaction.locale)))

    @app_commands.command(description=command_text("feeds-export-description"))
    async def export(self, interaction: Interaction) -> None:
        await interaction.response.defer(ephemeral=True, thinking=True)
        own = own_collection(await require_editor(interaction))
        feeds = await self.bot.executors.run_db(self.bot.storage.feeds.in_collection, own)
        localize = translator_for(interaction.locale)
        if not feeds:
            raise Refusal("feeds-none")
        lines = opml_lines((feed.title, feed.url) for feed in feeds)
        file = text_file(lines, "feeds.opml", MAX_EXPORT_BYTES)
        assert isinstance(file, discord.File)
        card = text_card(localize("feeds-exported", count=len(feeds)))
        card.add_item(ui.File(file))
        await interaction.edit_original_response(view=card, attachments=[file])

    @app_commands.command(description=command_text("feeds-announce-description"))
    @app_commands.describe(
        feed=command_text("feeds-announce-feed"), channel=command_text("feeds-announce-channel")
    )
    async def announce(
        self,
        interaction: Interaction,
        feed: AutocompletedText,
        channel: discord.TextChannel | None = None,
    ) -> None:
        await respond(interaction, self._announced(interaction, feed, channel), private=True)

    async def _announced(
        self, interaction: Interaction, wanted: str, channel: discord.TextChannel | None
    ) -> ui.LayoutView:
        feed, localize = await self._find(interaction, wanted), translator_for(interaction.locale)
        if channel is not None:
            _require_announceable(interaction, channel)
        channel_id = channel.id if channel else None
        await self.bot.executors.run_db(self.bot.storage.feeds.set_channel, feed.key, channel_id)
        if channel is None:
            return text_card(localize("feed-not-announced", title=_title(feed)))
        return text_card(
            localize("feed-now-announced", title=_title(feed), channel=channel.mention)
        )

    @app_commands.command(description=command_text("feeds-remove-description"))
    @app_commands.describe(feed=command_text("feeds-remove-feed"))
    async def remove(self, interaction: Interaction, feed: AutocompletedText) -> None:
        await respond(interaction, self._removed(interaction, feed), private=True)

    async def _removed(self, interaction: Interaction, wanted: str) -> ui.LayoutView:
        feed = await self._find(interaction, wanted)
        await self.bot.executors.run_db(self.bot.storage.feeds.delete, feed.key)
        await record_edit(interaction, "unfollowed", [feed.title])
        localize = translator_for(interaction.locale)
        return text_card(localize("feed-removed", title=_title(feed)))

    @app_commands.command(description=command_text("feeds-check-description"))
    @app_commands.describe(feed=command_text("feeds-check-feed"))
    async def check(self, interaction: Interaction, feed: AutocompletedText | None = None) -> None:
        await respond(interaction, self._checked(interaction, feed), private=True)

    async def _checked(self, interaction: Interaction, wanted: str | None) -> ui.LayoutView:
        await require_editor(interaction)
        localize = translator_for(interaction.locale)
        feeds = await get_visible_feeds(interaction)
        if wanted:
            feeds = [await self._find(interaction, wanted, feeds)]
        if not feeds:
            return text_card(localize("feeds-none"))
        results = await self.bot.feed_follower.poll_all(feeds)
        # Failures come first, then feeds with new entries.
        results.sort(key=lambda one: (one.failure is None, -one.entries))
        lines = [_describe(one, localize) for one in results[:MAX_RESULTS_SHOWN]]
        if more := results[MAX_RESULTS_SHOWN:]:
            entries = sum(one.entries for one in more)
            lines.append(localize("feeds-checked-more", count=len(more), entries=entries))
        return text_card("\n".join(lines))

    async def _find(
        self,
        interaction: Interaction,
        wanted: str,
        feeds: Sequence[FollowedFeed] | None = None,
    ) -> FollowedFeed:
        """The feed that was chosen, or whose title or address was typed.

        Args:
            feeds: the feeds to choose from; None: the server's own.

        Raises:
            Refusal: there is none, or more than one.
        """
        if feeds is None:
            guild_id = await require_editor(interaction)
            own = own_collection(guild_id)
            feeds = await self.bot.executors.run_db(self.bot.storage.feeds.in_collection, own)
        typed = fold(wanted.strip())
        chosen = [feed for feed in feeds if wanted == _choice_value(feed)]
        exact = [feed for feed in feeds if typed in (fold(feed.title), fold(feed.url))]
        found = chosen or exact or [feed for feed in feeds if _matches(feed, typed)]
        if len(found) == 1:
            return found[0]
        title = plain(wanted, 100)
        if not found:
            raise Refusal("feed-unknown", title=title, list=self.bot.mention("feeds list"))
        names = [f"{feed.title} ({feed.url})" for feed in found]
        raise Refusal("feed-unclear", title=title, names=list_names(names))

    @remove.autocomplete("feed")
    @announce.autocomplete("feed")
    async def own_titles(
        self, interaction: Interaction, typed: str
    ) -> list[app_commands.Choice[str]]:
        """``titles``, of the server's own feeds."""
        own = own_collection(interaction.guild_id or 0)
        return [c for feed, c in await self._choices(interaction, typed) if feed.collection == own]

    @check.autocomplete("feed")
    async def titles(self, interaction: Interaction, typed: str) -> list[app_commands.Choice[str]]:
        """The feeds whose titles or addresses contain what has been typed so far."""
        return [choice for _, choice in await self._choices(interaction, typed)]

    async def _choices(
        self, interaction: Interaction, typed: str
    ) -> list[tuple[FollowedFeed, app_commands.Choice[str]]]:
        if not await is_editor(interaction):
            return []
        feeds = await get_visible_feeds(interaction)
        titles, sought = Counter(feed.title for feed in feeds), fold(typed.strip())

        def name(feed: FollowedFeed) -> str:
            return feed.title if titles[feed.title] == 1 else f"{cut(feed.title, 40)} ({feed.url})"

        return [
            (
                feed,
                app_commands.Choice(
                    name=cut(name(feed), MAX_CHOICE_LENGTH), value=_choice_value(feed)
                ),
            )
            for feed in feeds
            if _matches(feed, sought)
        ][:MAX_CHOICES]


def _matches(feed: FollowedFeed, sought: str) -> bool:
    """Whether the title or the address of a feed contains a folded text."""
    return sought in fold(feed.title) or sought in fold(feed.url)


def _choice_value(feed: FollowedFeed) -> str:
    """The value of an autocomplete choice, which cannot be mistaken for a typed title."""
    return f"feed:{feed.key}"


def _require_announceable(interaction: Interaction, channel: discord.TextChannel) -> None:
    """Raises: Refusal, if the bot or the user cannot write in a channel."""
    require_writable(channel)
    user = interaction.user
    if not isinstance(user, discord.Member) or not channel.permissions_for(user).send_messages:
        raise Refusal("channel-not-yours", channel=channel.mention)


def _describe(result: PollResult, localize: Translator) -> str:
    title = _title(result.feed)
    if result.failure is not None:
        return localize("feed-check-failed", title=title, reason=plain(result.failure, 200))
    return localize("feed-checked", title=title, count=result.entries)


def _describe_import(result: FeedImport, localize: Translator) -> str:
    lines = []
    named = (("feeds-imported", result.followed), ("feeds-imported-known", result.known))
    for key, feeds in named:
        titles = [plain(feed.title, 50) for feed in feeds[:MAX_RESULTS_SHOWN]]
        shown = ", ".join(titles) + ", …" * (len(feeds) > MAX_RESULTS_SHOWN)
        if feeds or key == "feeds-imported":
            lines.append(localize(key, count=len(feeds), titles=shown))
    lines += [plain(reason, 200) for reason in result.refused[:MAX_RESULTS_SHOWN]]
    if more := len(result.refused[MAX_RESULTS_SHOWN:]):
        lines.append(localize("feeds-imported-more", count=more))
    if result.left:
        lines.append(localize("feeds-imported-left", count=len(result.left), limit=MAX_FEEDS))
    return "\n".join(lines)


def _title(feed: FollowedFeed) -> str:
    return plain(feed.title, 100)
