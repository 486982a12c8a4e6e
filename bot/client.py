"""The bot itself: intents, shards, extensions, command sync and shutdown."""

import asyncio
import logging
from collections.abc import Callable, Collection, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import ParamSpec, TypeVar

import discord
from discord import app_commands
from discord.ext import commands

from bot import errors
from bot.command_sync import sync
from bot.ingest.feed_follower import Feeds
from bot.ingest.queue import Queue
from bot.language import CommandTranslator
from bot.services.cooldowns import Cooldowns
from bot.storage import Memory
from bot.storage.drafts import Drafts
from index import SHARED, Article, Context, Library, NotFoundError
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
    "bot.cogs.maintenance",
    "bot.cogs.articles_folder",
    "bot.cogs.feed_polling",
)
THREADS = 4
PATIENCE = 10.0
"""Seconds that shutting down waits for the answers in hand."""

log = logging.getLogger(__name__)

P = ParamSpec("P")
T = TypeVar("T")


class Tree(app_commands.CommandTree["Dateline"]):
    """The slash commands; what one of them raises is told to the person who used it."""

    async def on_error(
        self, interaction: "Interaction", error: app_commands.AppCommandError, /
    ) -> None:
        await errors.tell(interaction, error)


class Dateline(commands.AutoShardedBot):
    """The Discord bot over a library and a memory, which outlive it.

    Args:
        ask_channels: channels in which every question is answered, besides those that servers
            have set.
        message_content: whether Discord lets it read messages that do not mention it.
        guard: tells what may be fetched from.
        articles_folder: the folder whose files ``shared`` is kept like; None: there is none.
        feeds: the addresses of those whose articles go into ``shared``.
    """

    def __init__(
        self,
        library: Library,
        memory: Memory,
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
        self.memory = memory
        self.ask_channels = set(ask_channels) | memory.servers.ask_channels()
        self.cooldowns = Cooldowns(memory.servers)
        self.drafts = Drafts()
        self.fetcher = Fetcher(guard)
        self.mirror = library.mirror(articles_folder) if articles_folder else None
        self.queue = Queue(self)
        self.feeds = Feeds(self, feeds)
        self._threads = ThreadPoolExecutor(THREADS, thread_name_prefix="library")
        self._adding = ThreadPoolExecutor(1, thread_name_prefix="adding")
        self._quick = ThreadPoolExecutor(THREADS, thread_name_prefix="quick")
        self._command_ids: dict[str, int] = {}
        self._in_hand = 0
        self._idle = asyncio.Event()
        self._idle.set()

    async def setup_hook(self) -> None:
        for extension in EXTENSIONS:
            await self.load_extension(extension)
        await self.tree.set_translator(CommandTranslator())
        self._command_ids = await sync(self.tree, self.memory)

    async def on_ready(self) -> None:
        log.info("online as %s in %d servers", self.user, len(self.guilds))

    async def on_message(self, message: discord.Message, /) -> None:
        """Nothing: there are no prefix commands, and questions are taken by their extension."""

    async def on_interaction(self, interaction: "Interaction", /) -> None:
        """Remember the language of whoever uses a command or a button."""
        person, locale = interaction.user.id, interaction.locale.value
        await self.quickly(self.memory.people.spoke, person, locale)

    def mention(self, command: str) -> str:
        """A command as people see it in a sentence: they can use it from there."""
        key = self._command_ids.get(command.split()[0])
        return f"</{command}:{key}>" if key else f"`/{command}`"

    def own_collection(self, guild_id: int) -> str:
        """The collection that a server's editors change, and no other server reads."""
        return f"server-{guild_id}"

    def collections(self, guild_id: int | None) -> tuple[str, ...]:
        """The collections that are read in a server, or (None) in a direct message."""
        return (SHARED,) if guild_id is None else (SHARED, self.own_collection(guild_id))

    def reads(self, collection: str) -> bool:
        """Whether a collection is read at all: not, where its server has been left."""
        return collection == SHARED or any(
            collection == self.own_collection(guild.id) for guild in self.guilds
        )

    async def article(self, guild_id: int | None, article_id: str) -> Article:
        """An article by its id. Raises: NotFoundError, where it can't be read here."""
        article = await self.quickly(self.library.get, article_id)
        if article.collection not in self.collections(guild_id):
            raise NotFoundError("That article cannot be read here.")
        return article

    async def context(
        self, guild_id: int | None, article_id: str, start: int, end: int, version: str = ""
    ) -> Context:
        """A passage of an earlier answer. Raises: NotFoundError, where it can't be read here."""
        found = await self.quickly(self.library.context, article_id, start, end, version)
        if found.passage.citation.article.collection not in self.collections(guild_id):
            raise NotFoundError("That article cannot be read here.")
        return found

    async def forget_server(self, guild_id: int) -> int:
        """Delete all that is known of a server; how many articles it was."""
        own = self.own_collection(guild_id)
        await self.quickly(self.memory.feeds.forget, own)
        await self.quickly(self.memory.arrivals.forget, own)
        count = await self.in_turn(self.library.clear, own)  # after what is just being added
        gone = await self.quickly(self.memory.servers.ask_channels, guild_id)
        self.ask_channels -= gone
        await self.quickly(self.memory.servers.forget, guild_id)
        self.cooldowns.forget()
        return count

    async def in_thread(self, function: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Call what takes its time (the model) without holding up the event loop."""
        return await _run(self._threads, partial(function, *args, **kwargs))

    async def in_turn(self, function: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Call what may take minutes (adding many articles), one at a time, beside questions."""
        return await _run(self._adding, partial(function, *args, **kwargs))

    def wait_for_turn(self, function: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """``in_turn``, for a thread that has nothing else to do meanwhile."""
        return self._adding.submit(function, *args, **kwargs).result()

    async def quickly(self, function: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Call what only reads or writes a few rows, beside the questions that are in hand."""
        return await _run(self._quick, partial(function, *args, **kwargs))

    @contextmanager
    def in_hand(self) -> Iterator[None]:
        """While its block runs, shutting down waits."""
        self._in_hand += 1
        self._idle.clear()
        try:
            yield
        finally:
            self._in_hand -= 1
            if not self._in_hand:
                self._idle.set()

    async def close(self) -> None:
        """Finish the answers in hand, and leave Discord."""
        if self.is_closed():
            return
        try:
            await asyncio.wait_for(self._idle.wait(), PATIENCE)
        except TimeoutError:
            log.warning("%d answers were not finished in time", self._in_hand)
        await asyncio.gather(self.feeds.close(), self.queue.close())
        await super().close()
        self._threads.shutdown()
        self._adding.shutdown()
        self._quick.shutdown()


async def _run(threads: ThreadPoolExecutor, call: Callable[[], T]) -> T:
    return await asyncio.get_running_loop().run_in_executor(threads, call)


Interaction = discord.Interaction[Dateline]
