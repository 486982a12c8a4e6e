"""Logging to standard error, one line for each event, without the token."""

import logging
import sys

import discord


class Formatter(logging.Formatter):
    """Formats records, including tracebacks, and replaces a secret by "[token]"."""

    def __init__(self, secret: str | None) -> None:
        super().__init__("%(asctime)s %(levelname)s %(name)s: %(message)s")
        self._secret = secret

    def format(self, record: logging.LogRecord) -> str:
        line = super().format(record)
        return line.replace(self._secret, "[token]") if self._secret else line


def configure(level: str, secret: str | None) -> None:
    """Log Dateline's records from ``level`` on, and warnings and errors of other packages."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(Formatter(secret))
    logging.basicConfig(handlers=[handler], level=logging.WARNING, force=True)
    for package in ("bot", "index"):
        logging.getLogger(package).setLevel(level)
    # discord.py warns if the libraries for voice, which the bot does not use, are missing.
    discord.VoiceClient.warn_nacl = discord.VoiceClient.warn_dave = False
