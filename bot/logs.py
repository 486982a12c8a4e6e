"""Logging to standard error, one line for each event, without the token."""

import logging
import sys

import aiohttp
import discord

LOST_CONNECTION = (discord.ConnectionClosed, discord.GatewayNotFound, aiohttp.ClientError, OSError)


class Formatter(logging.Formatter):
    """Formats records, including tracebacks, and replaces a secret by "[token]"."""

    def __init__(self, secret: str | None) -> None:
        super().__init__("%(asctime)s %(levelname)s %(name)s: %(message)s")
        self._secret = secret

    def format(self, record: logging.LogRecord) -> str:
        line = super().format(record)
        return line.replace(self._secret, "[token]") if self._secret else line


def shorten_lost_connection(record: logging.LogRecord) -> bool:
    """A filter: one line, without the traceback, for a connection that discord.py renews."""
    error = record.exc_info[1] if record.exc_info else None
    if record.name.split(".")[0] == "discord" and isinstance(error, LOST_CONNECTION):
        record.msg, record.args = f"{record.getMessage()}: {error!r}", None
        record.exc_info = record.exc_text = None
    return True


def configure(level: str, secret: str | None) -> None:
    """Log Dateline's records from ``level`` on, and warnings and errors of other packages."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(Formatter(secret))
    handler.addFilter(shorten_lost_connection)
    logging.basicConfig(handlers=[handler], level=logging.WARNING, force=True)
    for package in ("bot", "index"):
        logging.getLogger(package).setLevel(level)
    # discord.py warns if the libraries for voice, which the bot does not use, are missing.
    discord.VoiceClient.warn_nacl = discord.VoiceClient.warn_dave = False
