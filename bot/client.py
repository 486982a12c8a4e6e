"""The Discord client: intents, extensions, command sync and shutdown."""

import asyncio
import logging
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from pathlib import Path

import discord
from discord import app_commands
from discord.ext import commands

from bot import errors
from bot.collections import own_collection
from bot.command_sync import sync
from bot.executors import Executors
from bot.ingest.announcements import Announcer
from bot.ingest.feed_follower import FeedFollower
from bot.ingest.queue import IngestQueue
from bot.language import CommandTranslator
from bot.storage import Storage
from bot.storage.drafts import Drafts
from bot.storage.rate_limits import RateLimits
from index import SHARED, Library
from index.fetching.fetcher import Fetcher
from index.fetching.guard import Guard

EXTENSIONS = (
    "bot.cogs.ask",
    "bot.cogs.messages",
    "bot.cogs.find",
    "bot.cogs.articles",
    "bot.cogs.feeds",
    "bot.cogs.settings",
    "bot.cogs.feedback",
    "bot.cogs.help_and_status",
    "bot.cogs.buttons",
    "bot.cogs.maintenance",
    "bot.cogs.articles_folder",
    "bot.cogs.feed_polling",
)

SHUTDOWN_TIMEOUT_SECONDS = 10.0
"""How long shutting down waits for the answers in flight."""

log = logging.getLogger(__name__)

Interaction = discord.Interaction["Dateline"]


class Tree(app_commands.CommandTree["Dateline"]):
    """The slash commands; what a command raises is reported to its user."""

    async def on_error(
        self, interaction: Interaction, error: app_commands.AppCommandError, /
    ) -> None:
        with interaction.client.in_flight():
            await errors.report(interaction, error)


class Dateline(commands.AutoShardedBot):
    """The Discord bot over a library and a storage, which outlive it.

    Args:
        ask_channels: channels in which every question is answered, besides those that servers
            have set.
        message_content: whether Discord lets it read messages that do not mention it.
        guard: decides what may be fetched from.
        articles_folder: the folder that the shared collection is kept in sync with, if any.
        feeds: the addresses of the feeds of the shared collection.
    """

    def __init__(
        self,
        library: Library,
        storage: Storage,
        *,
        ask_channels: Collection[int] = (),
        message_content: bool = True,
        guard: Guard | None = None,
        articles_folder: Path | None = None,
        feeds: Collection[str] = (),
    ) -> None:
        intents = discord.Intents(guilds=True, messages=True, message_content=message_content)
        super().__init__(
            command_prefix=(),
            help_command=None,
            intents=intents,
            tree_cls=Tree,
            allowed_mentions=discord.AllowedMentions.none(),
            max_messages=None,
            chunk_guilds_at_startup=False,
        )
        self.library = library
        self.storage = storage
        self.executors = Executors()
        self.ask_channels = set(ask_channels) | storage.server_settings.ask_channels()
        self.rate_limits = RateLimits(storage.server_settings)
        self.drafts = Drafts()
        self.fetcher = Fetcher(guard)
        self.folder_sync = library.mirror(articles_folder) if articles_folder else None
        self.announcer = Announcer(storage, library, self.executors, self.get_channel)
        self.ingest_queue = IngestQueue(
            storage, library, self.fetcher, self.executors, self.announcer.announce
        )
        self.feed_follower = FeedFollower(
            storage.feeds,
            self.fetcher,
            self.executors,
            feeds,
            is_active_collection=self.is_active_collection,
            on_new_jobs=self.ingest_queue.wake,
        )
        self._command_ids: dict[str, int] = {}
        self._in_flight = 0
        self._idle = asyncio.Event()
        self._idle.set()

    async def setup_hook(self) -> None:
        for extension in EXTENSIONS:
            await self.load_extension(extension)
        await self.tree.set_translator(CommandTranslator())
        self._command_ids = await sync(self.tree, self.storage)

    async def on_ready(self) -> None:
        log.info("online as %s in %d servers", self.user, len(self.guilds))

    async def on_message(self, message: discord.Message, /) -> None:
        """Does nothing: there are no prefix commands, and a cog handles questions."""

    async def on_interaction(self, interaction: Interaction, /) -> None:
        """Store the locale of a user of a command or a button."""
        user_id, locale = interaction.user.id, interaction.locale.value
        await self.executors.run_db(self.storage.user_locales.set, user_id, locale)

    def mention(self, command: str) -> str:
        """A mention of a command, which users can click to run it."""
        command_id = self._command_ids.get(command.split()[0])
        return f"</{command}:{command_id}>" if command_id else f"`/{command}`"

    def is_active_collection(self, collection: str) -> bool:
        """Whether a collection is in use: False once the bot has left its server."""
        return collection == SHARED or any(
            collection == own_collection(guild.id) for guild in self.guilds
        )

    async def delete_server(self, guild_id: int) -> int:
        """Delete all data of a server; returns the number of its articles."""
        own = own_collection(guild_id)
        server_settings = self.storage.server_settings
        await self.executors.run_db(self.storage.feeds.delete_collection, own)
        await self.executors.run_db(self.storage.ingest_jobs.delete_collection, own)
        count = await self.executors.run_exclusive(self.library.clear, own)
        self.ask_channels -= await self.executors.run_db(server_settings.ask_channels, guild_id)
        await self.executors.run_db(server_settings.delete, guild_id)
        self.rate_limits.reset()
        return count

    @contextmanager
    def in_flight(self) -> Iterator[None]:
        """Makes a shutdown wait until the block has ended."""
        self._in_flight += 1
        self._idle.clear()
        try:
            yield
        finally:
            self._in_flight -= 1
            if not self._in_flight:
                self._idle.set()

    async def close(self) -> None:
        """Finish the answers in flight, and leave Discord."""
        if self.is_closed():
            return
        try:
            await asyncio.wait_for(self._until_idle(), SHUTDOWN_TIMEOUT_SECONDS)
        except TimeoutError:
            log.warning("%d answers were not finished in time", self._in_flight)
        await asyncio.gather(self.feed_follower.close(), self.ingest_queue.close())
        await super().close()
        self.executors.close()

    async def _until_idle(self) -> None:
        while self._in_flight:
            await self._idle.wait()
