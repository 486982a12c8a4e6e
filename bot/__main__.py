"""``python -m bot``: runs the bot on Discord, or with ``--preview`` in the browser."""

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
from bot.settings import Settings, load_bot_settings, parse_urls
from bot.storage import DailyBackups, Storage
from bot.storage.lock import storage_lock
from index import DatelineError, Library, SettingsError, interrupts
from index.evaluation.self_check import self_check
from index.ingest.rebuilding import OUTDATED_SENTENCES
from index.process import run_program, version_option

UNAVAILABLE = 69
"""Exit code: EX_UNAVAILABLE of sysexits.h."""

STORAGE_FILENAME = "bot.sqlite"
"""The file of the bot's storage, in the library's folder."""

COMMAND = "dateline-bot"
"""The installed command, which is the same as ``python -m bot``."""

log = logging.getLogger(__name__)

secrets: list[str] = []
"""What must not be told if the program fails: the token."""

app = typer.Typer(add_completion=False, pretty_exceptions_enable=False)


class UnavailableError(DatelineError):
    """Discord cannot be reached."""

    exit_code = UNAVAILABLE


@app.command()
def run(
    preview: Annotated[
        bool, typer.Option("--preview", help="Run in the browser, without Discord.")
    ] = False,
    or_preview: Annotated[
        bool, typer.Option("--or-preview", help="Run the preview if DISCORD_TOKEN is not set.")
    ] = False,
    check: Annotated[
        bool,
        typer.Option(
            "--check", help="Check the settings, load the models, answer a question, and exit."
        ),
    ] = False,
    port: Annotated[
        int | None, typer.Option(min=0, max=65535, help="The port of the preview on 127.0.0.1.")
    ] = None,
    _version: Annotated[bool, version_option(COMMAND)] = False,
) -> None:
    """Run the bot on Discord with the token in DISCORD_TOKEN."""
    try:
        settings = load_bot_settings()
        preview = preview or (or_preview and settings.discord_token is None)
        if check:
            for sentence in self_check(settings):
                print(sentence, flush=True)
        if settings.discord_token is None and not preview:
            raise SettingsError(
                "DISCORD_TOKEN is not set. Put your bot's token into .env (README.md says where to"
                " find it), or try the bot without one: python -m bot --preview"
            )
        if check:
            print("The settings are valid.")
            return
        _start(settings, preview, port)
        print("Stopped.", file=sys.stderr)
    except DatelineError as error:
        print(error, file=sys.stderr)
        raise typer.Exit(error.exit_code) from None


def _start(settings: Settings, preview: bool, port: int | None) -> None:
    token = settings.discord_token.get_secret_value() if settings.discord_token else None
    secrets.extend([token] if token else [])
    logs.configure(settings.log_level, token)
    with Library.open(
        settings.library,
        model=settings.embedding_model,
        reader=settings.reader_model,
        min_confidence=settings.min_confidence,
    ) as library:
        if library.totals().has_outdated_sentences:
            log.warning(OUTDATED_SENTENCES)
        options: dict[str, Any] = {
            "guard": settings.guard,
            "articles_folder": Path(settings.articles_folder),
            "feeds": parse_urls(settings.feeds),
        }
        if preview or token is None:
            library.warm_up()
            asyncio.run(_until_stopped(lambda stop: serve(library, stop, port, **options)))
        else:
            path = Path(settings.library) / STORAGE_FILENAME
            with storage_lock(path.parent), Storage(path) as storage:
                library.warm_up()
                make_bot = partial(_make_bot, settings, library, storage, **options)
                asyncio.run(_until_stopped(partial(_serve_discord, make_bot, settings, token)))


def _make_bot(settings: Settings, library: Library, storage: Storage, **options: Any) -> Dateline:
    folder = settings.backup_folder
    backups = DailyBackups(Path(settings.library), Path(folder)) if folder else None
    return Dateline(library, storage, backups=backups, **options)


async def _until_stopped(serve: Callable[[asyncio.Event], Awaitable[None]]) -> None:
    """Run ``serve``, with an event that SIGTERM and Ctrl-C set to request a shutdown."""
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        try:
            loop.add_signal_handler(number, stop.set)
        except NotImplementedError:  # Windows
            signal.signal(number, lambda *_: loop.call_soon_threadsafe(stop.set))
    try:
        await serve(stop)
    finally:  # the event loop takes its handlers with it
        with suppress(NotImplementedError):
            loop.remove_signal_handler(signal.SIGINT)
        interrupts.install()


async def _serve_discord(
    make_bot: Callable[..., Dateline], settings: Settings, token: str, stop: asyncio.Event
) -> None:
    """Run a bot on Discord; if Discord denies it the message content intent, without that."""
    try:
        await _run(make_bot(), settings, token, stop)
    except discord.PrivilegedIntentsRequired:
        log.warning(
            "“Message Content Intent” is off, so only mentions, replies and direct messages can be"
            " read; to answer in ask channels and threads too, turn it on in the Developer Portal"
            " (page “Bot”) and restart the bot"
        )
        await _run(make_bot(message_content=False), settings, token, stop)


async def _run(bot: Dateline, settings: Settings, token: str, stop: asyncio.Event) -> None:
    """Run a bot on Discord until its connection ends or ``stop`` is set."""
    if settings.discord_api_url and settings.discord_gateway_url:
        _redirect(bot, settings.discord_api_url, settings.discord_gateway_url)
    running = asyncio.create_task(bot.start(token))
    stopping = asyncio.create_task(stop.wait())
    try:
        await asyncio.wait({running, stopping}, return_when=asyncio.FIRST_COMPLETED)
        if running.done():
            _raise_explained(running.exception())
    finally:
        await bot.close()
        for task in (running, stopping):
            task.cancel()
            with suppress(BaseException):
                await task


def _raise_explained(error: BaseException | None) -> None:
    """Raise the error that ended the connection, if any.

    Raises:
        SettingsError: the token is not valid.
        UnavailableError: Discord cannot be reached, or refuses the bot.
    """
    match error:
        case (
            discord.LoginFailure()
            | discord.HTTPException(status=401)
            | discord.ConnectionClosed(code=4004)
        ):
            raise SettingsError(
                "Discord does not accept DISCORD_TOKEN. Reset the token on the Developer Portal's"
                " page “Bot” and put the new one into .env."
            )
        case aiohttp.ClientError() | OSError() | discord.DiscordServerError():
            raise UnavailableError(f"Discord cannot be reached: {error}.")
        case discord.GatewayNotFound():
            raise UnavailableError("Discord cannot be reached: it does not name its gateway.")
        case discord.HTTPException() | discord.ConnectionClosed():
            raise UnavailableError(f"Discord refuses the bot: {error}.")
        case BaseException():
            raise error


def _redirect(client: discord.Client, api_url: str, gateway_url: str) -> None:
    """Connect a client to a substitute for Discord on this machine, for tests.

    New, resumed and renewed gateway connections get their URLs from different sources, but all of
    them use ``HTTPClient.ws_connect``, which is therefore replaced. ``api_url`` applies to the
    whole process.
    """
    Route.BASE = api_url.rstrip("/")
    connect = client.http.ws_connect

    async def ws_connect(url: str, *, compress: int = 0) -> aiohttp.ClientWebSocketResponse:
        return await connect(str(URL(gateway_url).with_query(URL(url).query)), compress=compress)

    client.http.ws_connect = ws_connect  # type: ignore[method-assign]


def main() -> None:
    name = Path(sys.argv[0]).stem
    prog_name = COMMAND if name == COMMAND else "python -m bot"
    run_program(partial(app, prog_name=prog_name), secrets)


if __name__ == "__main__":
    main()
