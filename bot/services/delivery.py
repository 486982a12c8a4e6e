"""Delivers answers although Discord, or the way to it, fails for a while."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from typing import TypeVar

from bot.errors import is_outage

RETRY_DELAYS = (1.0, 5.0, 15.0, 30.0)
"""Seconds between attempts. Each may take 25 seconds, in which discord.py itself tries up to five
times if Discord answers with a server error."""

T = TypeVar("T")

log = logging.getLogger(__name__)


async def deliver(send: Callable[[], Awaitable[T]]) -> T:
    """Send an answer; after an outage of Discord, again.

    Args:
        send: may be repeated even if Discord did what it was asked and only its response was lost:
            an edit, or a message with a nonce, of which Discord posts one.

    Raises:
        what ``send`` raises, if it is no outage or the last attempt fails too.
    """
    for delay in RETRY_DELAYS:
        try:
            return await send()
        except Exception as error:
            if not is_outage(error):
                raise
            log.warning("an answer will be sent again in %g s: %r", delay, error)
        await asyncio.sleep(delay)
    return await send()
