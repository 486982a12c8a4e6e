"""What the operator reads: one line an event on standard error, and never the token."""

import logging
import sys

import discord


class Formatter(logging.Formatter):
    """Formats records with their tracebacks, and takes a secret out of all of it."""

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
    # discord.py would warn that voice, which a bot of text never uses, is not there.
    discord.VoiceClient.warn_nacl = discord.VoiceClient.warn_dave = False
