"""``python -m bot``: on Discord, or in the browser with ``--preview``."""

import asyncio
import logging
import signal
import sys
from collections.abc import Awaitable, Callable
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import Annotated, Any

import aiohttp
import discord
import typer
from discord.http import Route
from yarl import URL

from bot import logs
from bot.client import Dateline
from bot.preview import serve
from bot.settings import Settings, addresses, load_bot_settings
from bot.storage import Storage
from index import DatelineError, Library, SettingsError

UNAVAILABLE = 69
INTERRUPTED = 130

STORAGE_FILENAME = "bot.sqlite"
"""In the library's folder."""

log = logging.getLogger(__name__)

app = typer.Typer(add_completion=False, pretty_exceptions_enable=False)


class UnavailableError(DatelineError):
    """Discord cannot be reached."""

    exit_code = UNAVAILABLE


@app.command()
def run(
    preview: Annotated[
        bool, typer.Option("--preview", help="Try it in the browser, without Discord.")
    ] = False,
    or_preview: Annotated[
        bool, typer.Option("--or-preview", help="The preview if DISCORD_TOKEN is not set.")
    ] = False,
    check: Annotated[
        bool, typer.Option("--check", help="Check the settings, and no more.")
    ] = False,
    port: Annotated[
        int | None, typer.Option(min=0, max=65535, help="The preview's port on 127.0.0.1.")
    ] = None,
) -> None:
    """Run the bot on Discord with the token in DISCORD_TOKEN."""
    try:
        settings = load_bot_settings()
        preview = preview or (or_preview and settings.discord_token is None)
        if settings.discord_token is None and not preview:
            raise SettingsError(
                "DISCORD_TOKEN is not set. Put your bot's token into .env (README.md says where to"
                " find it), or try the bot without one: python -m bot --preview"
            )
        if check:
            print("The settings are in order.")
            return
        _start(settings, preview, port)
    except DatelineError as error:
        print(error, file=sys.stderr)
        raise typer.Exit(error.exit_code) from None
    except KeyboardInterrupt:  # while the model is being loaded: there is nothing to finish yet
        raise typer.Exit(INTERRUPTED) from None


def _start(settings: Settings, preview: bool, port: int | None) -> None:
    token = settings.discord_token.get_secret_value() if settings.discord_token else None
    logs.configure(settings.log_level, token)
    with Library.open(
        settings.library,
        model=settings.embedding_model,
        reader=settings.reader_model,
        min_confidence=settings.min_confidence,
    ) as library:
        library.warm_up()
        options: dict[str, Any] = {
            "guard": settings.guard,
            "articles_folder": Path(settings.articles_folder),
            "feeds": addresses(settings.feeds),
        }
        if preview or token is None:
            asyncio.run(_until_stopped(lambda stop: serve(library, stop, port, **options)))
        else:
            with Storage(Path(settings.library) / STORAGE_FILENAME) as storage:
                make = partial(Dateline, library, storage, **options)
                discord_ = partial(_serve_discord, make, settings, token)
                asyncio.run(_until_stopped(discord_))


async def _until_stopped(serve: Callable[[asyncio.Event], Awaitable[None]]) -> None:
    """Run until the work ends by itself, or SIGTERM or Ctrl-C asks it to shut down."""
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        try:
            loop.add_signal_handler(number, stop.set)
        except NotImplementedError:  # Windows
            signal.signal(number, lambda *_: loop.call_soon_threadsafe(stop.set))
    await serve(stop)


async def _serve_discord(
    make: Callable[..., Dateline], settings: Settings, token: str, stop: asyncio.Event
) -> None:
    try:
        await _run(make(), settings, token, stop)
    except discord.PrivilegedIntentsRequired:
        log.warning(
            "I can only read messages that mention me, replies to me and direct messages: to let"
            " me answer in ask channels and threads, switch “Message Content Intent” on, on the"
            " Developer Portal's page “Bot”, and start me again"
        )
        await _run(make(message_content=False), settings, token, stop)


async def _run(bot: Dateline, settings: Settings, token: str, stop: asyncio.Event) -> None:
    """Run a bot on Discord until its connection ends or ``stop`` is set."""
    if settings.discord_api_url and settings.discord_gateway_url:
        _redirect(bot, settings.discord_api_url, settings.discord_gateway_url)
    running = asyncio.create_task(bot.start(token))
    stopping = asyncio.create_task(stop.wait())
    try:
        await asyncio.wait({running, stopping}, return_when=asyncio.FIRST_COMPLETED)
        if running.done():
            _explain(running.exception())
    finally:
        await bot.close()
        for task in (running, stopping):
            task.cancel()
            with suppress(BaseException):
                await task


def _explain(error: BaseException | None) -> None:
    """Raise the error that ended the connection, with an explanation if it is a known one."""
    match error:
        case discord.LoginFailure():
            raise SettingsError(
                "Discord does not accept DISCORD_TOKEN. Reset the token on the Developer Portal's"
                " page “Bot” and put the new one into .env."
            )
        case aiohttp.ClientError() | OSError() | discord.DiscordServerError():
            raise UnavailableError(f"Discord cannot be reached: {error}.")
        case BaseException():
            raise error


def _redirect(client: discord.Client, api_url: str, gateway_url: str) -> None:
    """Connect a client to a substitute for Discord on this machine, for tests.

    First, resumed and renewed gateway connections get their URL from different places, but all go
    through ``HTTPClient.ws_connect``, which is therefore replaced. ``api_url`` applies to the whole
    process.
    """
    Route.BASE = api_url.rstrip("/")
    connect = client.http.ws_connect

    async def ws_connect(url: str, *, compress: int = 0) -> aiohttp.ClientWebSocketResponse:
        return await connect(str(URL(gateway_url).with_query(URL(url).query)), compress=compress)

    client.http.ws_connect = ws_connect  # type: ignore[method-assign]


if __name__ == "__main__":
    app(prog_name="python -m bot")
