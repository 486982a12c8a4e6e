"""Logging to standard error, one line per event, with the token redacted."""

import logging
import sys

import discord


class Formatter(logging.Formatter):
    """Formats records and their tracebacks, with a secret redacted."""

    def __init__(self, secret: str | None) -> None:
        super().__init__("%(asctime)s %(levelname)s %(name)s: %(message)s")
        self._secret = secret

    def format(self, record: logging.LogRecord) -> str:
        line = super().format(record)
        return line.replace(self._secret, "[token]") if self._secret else line


def configure(level: str, secret: str | None) -> None:
    """Log to standard error: our own records from ``level`` on, others' warnings."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(Formatter(secret))
    logging.basicConfig(handlers=[handler], level=logging.WARNING, force=True)
    for package in ("bot", "index"):
        logging.getLogger(package).setLevel(level)
    # discord.py warns that voice, which this bot never uses, is not available.
    discord.VoiceClient.warn_nacl = discord.VoiceClient.warn_dave = False
