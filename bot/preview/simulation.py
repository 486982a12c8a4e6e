"""The simulated Discord of the preview."""

import asyncio
import logging
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

import discord

from bot.cards.welcome import welcome_card
from bot.client import Dateline
from bot.language import translator_for
from bot.services.welcome import make_welcome
from bot.storage import Storage
from index import DatelineError, Library
from index.errors import SettingsError

if TYPE_CHECKING:
    import simcord

SETTLE_POLL_SECONDS = 0.005
"""How often it is checked whether the bot has finished handling a click or a message."""

DEFAULT_PORT = 8787
SETTLE_SECONDS = 60.0
"""How long the bot may take to start, or to handle a click or a message. This is generous because
a busy machine is slow, not broken."""


async def serve(
    library: Library, stop: asyncio.Event, port: int | None = None, **options: Any
) -> None:
    """Serve the preview until ``stop`` is set; prints its URL when it is ready.

    Args and errors are as for ``preview``.
    """
    async with preview(library, port, **options) as url:
        if not stop.is_set():  # by Ctrl-C while it was started
            print(
                f"Dateline is ready. Open this page and type a question:\n\n    {url}\n", flush=True
            )
        await stop.wait()


@asynccontextmanager
async def preview(library: Library, port: int | None = None, **options: Any) -> AsyncIterator[str]:
    """Run the bot with a server, a user and a channel where it answers every question.

    Args:
        port: a port of 127.0.0.1; 0: any free one; None: ``DEFAULT_PORT`` or, if that is taken,
            any free one.
        options: passed on to ``Dateline``.

    Yields:
        The URL of the page.

    Raises:
        SettingsError: the preview is not installed, or the port cannot be used.
    """
    # Hide misleading messages: the simulated connection has no intents, and the bot comes online
    # before there is a server.
    logging.getLogger("discord.state").setLevel(logging.ERROR)
    logging.getLogger("bot.client").setLevel(logging.WARNING)
    try:
        from simcord.preview import Preview  # noqa: F401  (fails without the extra)
    except ImportError as error:
        raise SettingsError(
            f"The preview is not installed ({error.name} is missing);"
            " run `pip install dateline[preview]`."
        ) from error
    # The storage is temporary because the simulated Discord starts empty each time.
    await asyncio.to_thread(_add_first_articles, library, options.get("articles_folder"))
    with TemporaryDirectory() as folder, Storage(Path(folder) / "bot.sqlite") as storage:
        async with _simulated(Dateline(library, storage, **options), port) as url:
            yield url


def _add_first_articles(library: Library, folder: Path | None) -> None:
    """Add some articles of the articles folder to an empty library, so that there are questions to
    suggest. The bot adds the others, and reports what cannot be read."""
    if folder is None or library.count():
        return
    with suppress(DatelineError):
        for _ in library.mirror(folder).sync():
            if library.count():
                return


async def _welcome(bot: Dateline, channel_id: int) -> None:
    """Post how to ask, and what, as the first message of a channel."""
    channel = bot.get_channel(channel_id)
    assert isinstance(channel, discord.TextChannel)
    welcome = await make_welcome(bot, channel.guild.id, channel_id, "greeting")
    await channel.send(view=welcome_card(welcome, translator_for(None)))


def simulate(bot: Dateline, **options: Any) -> "simcord.Env":
    """A simulated Discord for a bot, which is not started yet.

    Its ``settle_timeout`` also applies while the bot starts: simcord gives it 5 seconds, which is
    too short on a busy machine. It polls more often than simcord does by default.

    Args:
        options: passed on to ``simcord.Env``.
    """
    import simcord

    class Env(simcord.Env):
        async def _settle_internal(self, *, timeout: float | None = None, **options: Any) -> None:
            longer = None if timeout is None else max(timeout, self.settle_timeout)
            options.setdefault("idle", SETTLE_POLL_SECONDS)
            await super()._settle_internal(timeout=longer, **options)

    return Env(bot, shard_count=1, settle_timeout=SETTLE_SECONDS, **options)


@asynccontextmanager
async def _simulated(bot: Dateline, port: int | None) -> AsyncIterator[str]:
    """Run a bot in a simulated Discord; yields the URL of the page."""
    from bot.preview.clock import keep_time  # fails without the extra, as does the next
    from bot.preview.server import SessionFindingServer

    async with _running(bot) as env:
        if bot.user is not None:
            await bot.user.edit(username="Dateline")
        guild = env.create_guild("Newsroom")
        channel = guild.create_text_channel("ask-the-news")
        # The user is the operator and administers the server, so that everything can be tried.
        permissions = discord.Permissions(administrator=True)
        role = guild.create_role("Administrators", permissions=permissions)
        user = guild.add_member(env.create_user("you"), roles=[role])
        bot.owner_id = user.id
        # No rate limit: whoever tries the bot asks much in a short time.
        settings, run_db = bot.storage.server_settings, bot.executors.run_db
        await run_db(settings.update, guild.id, seconds=0)
        await run_db(settings.set_ask_channels, guild.id, {channel.id})
        bot.ask_channels.add(channel.id)
        await _welcome(bot, channel.id)
        chosen_port = _default_port_if_free() if port is None else port or None
        try:
            page = env.preview(channel, viewers=[user], layout="channel", port=chosen_port)
            server = page._server = SessionFindingServer(page, chosen_port or 0)
            async with page:
                timers = asyncio.create_task(
                    keep_time(env, page, server.turn, partial(_seen, channel))
                )
                try:
                    yield page.url
                finally:
                    timers.cancel()
                    await asyncio.wait({timers})
        except OSError as error:
            raise SettingsError(f"Port {chosen_port} cannot be used: {error.strerror}.") from error


@asynccontextmanager
async def _running(bot: Dateline) -> AsyncIterator["simcord.Env"]:
    """Run a bot in a simulated Discord."""
    from bot.preview.clock import RealClock  # fails without the extra

    env = simulate(bot, check_errors=False)
    env.backend.clock = RealClock()
    await env.start()
    with env.time_context():
        try:
            yield env
        finally:
            await env.shutdown()


def _seen(channel: "simcord.ChannelHandle") -> object:
    """What tells whether the messages of a channel have changed."""
    return [(message.id, message.edited_at) for message in channel.history()]


def _default_port_if_free() -> int | None:
    """The default port, at which a reloaded page finds the next preview; None if it is taken."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", DEFAULT_PORT))
        except OSError:
            return None
    return DEFAULT_PORT
