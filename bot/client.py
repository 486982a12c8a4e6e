"""The Discord client: intents, extensions, command sync and shutdown."""

import asyncio
import logging
import sys
from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import aiohttp
import discord
from discord import app_commands
from discord.ext import commands

from bot import errors
from bot.collections import own_collection
from bot.command_sync import sync
from bot.executors import Executors
from bot.ingest.announcements import Announcer
from bot.ingest.feed_follower import FeedFollower
from bot.ingest.loops import LoopHealth
from bot.ingest.queue import IngestQueue
from bot.language import CommandTranslator, load_languages
from bot.storage import DailyBackups, Storage
from bot.storage.drafts import MAX_PENDING_CORRECTIONS, ArticleDraft, Correction, Drafts
from bot.storage.example_questions import AnsweredExamples
from bot.storage.rate_limits import RateLimits
from index import SHARED, DatelineError, Library, StoreError
from index.fetching.fetcher import Fetcher
from index.fetching.guard import Guard

EXTENSIONS = (
    "bot.cogs.ask",
    "bot.cogs.messages",
    "bot.cogs.missed_messages",
    "bot.cogs.find",
    "bot.cogs.timeline",
    "bot.cogs.articles",
    "bot.cogs.feeds",
    "bot.cogs.manage",
    "bot.cogs.watch",
    "bot.cogs.settings",
    "bot.cogs.feedback",
    "bot.cogs.help",
    "bot.cogs.status",
    "bot.cogs.buttons",
    "bot.cogs.maintenance",
    "bot.cogs.articles_folder",
    "bot.cogs.feed_polling",
    "bot.cogs.digest",
    "bot.cogs.watch_alarms",
    "bot.cogs.corrections",
    "bot.cogs.backups",
)

SHUTDOWN_TIMEOUT_SECONDS = 10.0
"""How long ``close`` waits for answers in flight."""

SILENCE_TIMEOUT_SECONDS = 30.0
"""How long a request waits for Discord to connect, or to send anything."""

log = logging.getLogger(__name__)

Interaction = discord.Interaction["Dateline"]


class Tree(app_commands.CommandTree["Dateline"]):
    """The slash commands. An error that a command raises is reported to its user."""

    async def on_error(
        self, interaction: Interaction, error: app_commands.AppCommandError, /
    ) -> None:
        with interaction.client.in_flight():
            await errors.report(interaction, error)


class Dateline(commands.AutoShardedBot):
    """The Discord bot over a library and a storage; ``close`` leaves both of them open.

    Args:
        ask_channels: ids of channels in which every question is answered, in addition to those
            that servers have configured.
        message_content: whether to request the intent to read messages that do not mention it.
        guard: the hosts that may be fetched from; None: all public ones.
        articles_folder: the folder that the shared collection is kept identical to, if any.
        feeds: the URLs of the shared collection's feeds.
        backups: the backups that are made while the bot runs, if any.
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
        backups: DailyBackups | None = None,
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
        self.backups = backups
        self.executors = Executors()
        self.ask_channels = set(ask_channels)
        self.rate_limits = RateLimits()
        self.drafts = Drafts[ArticleDraft]()
        self.corrections = Drafts[Sequence[Correction]](MAX_PENDING_CORRECTIONS)
        self.answered_examples = AnsweredExamples()
        self.loop_health = LoopHealth()
        self.fetcher = Fetcher(guard)
        self.folder_sync = library.mirror(articles_folder) if articles_folder else None
        self.announcer = Announcer(storage, library, self.executors, self.get_channel)
        self.ingest_queue = IngestQueue(
            storage,
            library,
            self.fetcher,
            self.executors,
            self._announce,
            self.loop_health,
        )
        self.feed_follower = FeedFollower(
            storage.feeds,
            self.fetcher,
            self.executors,
            feeds,
            is_active_collection=self.is_active_collection,
            on_new_jobs=self.ingest_queue.wake,
            health=self.loop_health,
        )
        self._command_ids: dict[str, int] = {}
        self._in_flight = 0
        self._idle = asyncio.Event()
        self._idle.set()

    async def setup_hook(self) -> None:
        self._limit_silence()
        await asyncio.to_thread(load_languages)
        self.ask_channels |= await self.executors.run_db(self.storage.server_settings.ask_channels)
        for extension in EXTENSIONS:
            await self.load_extension(extension)
        await self.tree.set_translator(CommandTranslator())
        self._command_ids = await sync(self.tree, self.storage, self.executors)

    def _limit_silence(self) -> None:
        """Let requests fail that Discord does not respond to.

        discord.py leaves them the five minutes that are aiohttp's default, in which all later
        messages to the same channel wait, and has no setting for it.
        """
        session = getattr(self.http, "_HTTPClient__session", None)
        if isinstance(session, aiohttp.ClientSession):
            session._timeout = aiohttp.ClientTimeout(
                sock_connect=SILENCE_TIMEOUT_SECONDS, sock_read=SILENCE_TIMEOUT_SECONDS
            )

    async def on_ready(self) -> None:
        log.info("online as %s in %d servers", self.user, len(self.guilds))

    async def on_message(self, message: discord.Message, /) -> None:
        """Do nothing: there are no prefix commands, and ``MessagesCog`` answers questions."""

    async def on_interaction(self, interaction: Interaction, /) -> None:
        """Store the locale of the user; messages do not contain it."""
        seen = (interaction.user.id, interaction.locale.value, interaction.guild_id)
        try:
            await self.executors.run_db(self.storage.user_locales.set, *seen)
        except StoreError as error:
            log.error("the locale of a user could not be stored: %s", error)

    async def on_error(self, event_method: str, /, *args: Any, **kwargs: Any) -> None:
        """Log what a listener raises: with a traceback only if nobody foresaw it."""
        error = sys.exception()
        if isinstance(error, DatelineError):
            log.error("%s: %s", event_method, error)
        else:
            await super().on_error(event_method, *args, **kwargs)

    def mention(self, command: str) -> str:
        """A clickable mention of a command, or its name if it is not registered."""
        command_id = self._command_ids.get(command.split()[0])
        return f"</{command}:{command_id}>" if command_id else f"`/{command}`"

    def is_active_collection(self, collection: str) -> bool:
        """Whether a collection is the shared one or that of a server that the bot is in."""
        return collection == SHARED or any(
            collection == own_collection(guild.id) for guild in self.guilds
        )

    async def delete_server(self, guild_id: int) -> int:
        """Delete all data of a server; returns the number of deleted articles."""
        own = own_collection(guild_id)
        server_settings = self.storage.server_settings
        await self.executors.run_db(self.storage.feeds.delete_collection, own)
        await self.executors.run_db(self.storage.ingest_jobs.delete_collection, own)
        await self.executors.run_db(self.storage.feed_articles.delete_collection, own)
        await self.executors.run_db(self.storage.digests.delete, guild_id)
        count = await self.executors.run_exclusive(self.library.clear, own)
        self.ask_channels -= await self.executors.run_db(server_settings.ask_channels, guild_id)
        await self.executors.run_db(server_settings.delete, guild_id)
        self.rate_limits.reset(guild_id)
        return count

    async def _announce(self) -> None:
        """Announce articles that were added, and let the cogs know that there may be some."""
        self.dispatch("schedule")
        await self.announcer.announce()

    @contextmanager
    def in_flight(self) -> Iterator[None]:
        """A context that ``close`` waits for."""
        self._in_flight += 1
        self._idle.clear()
        try:
            yield
        finally:
            self._in_flight -= 1
            if not self._in_flight:
                self._idle.set()

    async def close(self) -> None:
        """Wait for answers in flight, stop the workers and disconnect; twice is harmless."""
        if self.is_closed():
            return
        try:
            await asyncio.wait_for(self._until_idle(), SHUTDOWN_TIMEOUT_SECONDS)
        except TimeoutError:
            log.warning("shutting down with %d answers unfinished", self._in_flight)
        await asyncio.gather(self.feed_follower.close(), self.ingest_queue.close())
        await super().close()
        self.executors.close()

    async def _until_idle(self) -> None:
        while self._in_flight:
            await self._idle.wait()
