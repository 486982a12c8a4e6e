"""“Dateline is typing …” while a question is answered."""

import asyncio
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

import discord

from bot.errors import DISCORD_ERRORS

RENEWAL_SECONDS = 8.0
"""Discord shows the indicator for ten seconds."""

START_SECONDS = 1.0
"""How long an answer that is ready waits for the indicator, which it would otherwise precede."""

log = logging.getLogger(__name__)


@asynccontextmanager
async def typing(channel: discord.abc.Messageable) -> AsyncIterator[None]:
    """Show the indicator meanwhile. If Discord refuses it, or does not respond, nothing fails."""
    started = asyncio.Event()
    task = asyncio.create_task(_type(channel, started))
    try:
        yield
        with suppress(TimeoutError):
            await asyncio.wait_for(started.wait(), START_SECONDS)
    finally:
        task.cancel()


async def _type(channel: discord.abc.Messageable, started: asyncio.Event) -> None:
    try:
        while True:
            await channel.typing()
            started.set()
            await asyncio.sleep(RENEWAL_SECONDS)
    except DISCORD_ERRORS as error:
        log.info("the typing indicator was not shown: %r", error)
    finally:
        started.set()
