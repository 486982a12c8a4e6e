"""The preview: the bot in a simulated Discord, in the browser, without account or network."""

import asyncio
import logging
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import discord

from bot.client import Dateline
from bot.storage import Storage
from index import Library
from index.errors import SettingsError

PORT = 8787
SETTLE_SECONDS = 60.0
"""How long a click or a message may take: a busy machine is slow, not broken."""


async def serve(
    library: Library, stop: asyncio.Event, port: int | None = None, **options: Any
) -> None:
    """Serve the preview on this machine until ``stop`` is set, and print its address last.

    Args: as for ``preview``.
    """
    async with preview(library, port, **options) as url:
        print(f"Dateline is ready. Open this page and type a question:\n\n    {url}\n", flush=True)
        await stop.wait()


@asynccontextmanager
async def preview(library: Library, port: int | None = None, **options: Any) -> AsyncIterator[str]:
    """Start the bot with a server, a channel and a user; yields the page's address.

    Every question in the channel is answered.

    Args:
        port: on 127.0.0.1; 0: any; None: the usual one or, if that is taken, any other.
        options: of the bot; see ``Dateline``.

    Raises:
        SettingsError: the preview is not installed, or the port is taken.
    """
    # The simulation makes a connection without intents and is online before it has a server,
    # which are both harmless and would be logged as warnings.
    logging.getLogger("discord.state").setLevel(logging.ERROR)
    logging.getLogger("bot.client").setLevel(logging.WARNING)
    try:
        import simcord  # noqa: F401
        from simcord.preview import Preview  # noqa: F401  (tells whether the extra is there)
    except ImportError as error:
        raise SettingsError(
            f"The preview is not installed ({error.name} is missing);"
            " run `pip install dateline[preview]`."
        ) from error
    # The simulated Discord starts empty each time, and so must the bot's storage.
    with TemporaryDirectory() as folder, Storage(Path(folder) / "bot.sqlite") as storage:
        async with _simulated(Dateline(library, storage, **options), port) as url:
            yield url


@asynccontextmanager
async def _simulated(bot: Dateline, port: int | None) -> AsyncIterator[str]:
    import simcord

    async with simcord.run(
        bot, shard_count=1, check_errors=False, settle_timeout=SETTLE_SECONDS
    ) as env:
        if bot.user is not None:
            await bot.user.edit(username="Dateline")
        guild = env.create_guild("Newsroom")
        channel = guild.create_text_channel("ask-the-news")
        # The user of the preview is operator and administrator, so that they can try everything.
        everything = discord.Permissions(administrator=True)
        role = guild.create_role("Administrators", permissions=everything)
        person = guild.add_member(env.create_user("you"), roles=[role])
        bot.owner_id = person.id
        # The simulated clock does not advance, so a rate limit would never end.
        bot.storage.server_settings.update(guild.id, seconds=0)
        bot.storage.server_settings.set_ask_channels(guild.id, {channel.id})
        bot.ask_channels.add(channel.id)
        chosen = _free_port() if port is None else port or None
        try:
            async with env.preview(
                channel, viewers=[person], layout="channel", port=chosen
            ) as page:
                yield page.url
        except OSError as error:
            raise SettingsError(f"Port {chosen} cannot be used: {error.strerror}.") from error


def _free_port() -> int | None:
    """The usual port, so that a reloaded page finds it again; None if it is taken."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", PORT))
        except OSError:
            return None
    return PORT
