"""The clock of the preview: the real time, at which what the bot has scheduled happens."""

import asyncio
import logging
from collections.abc import Callable
from datetime import UTC, datetime
from time import monotonic
from typing import TYPE_CHECKING

from simcord import SetupError
from simcord._clock import Clock

if TYPE_CHECKING:
    import simcord
    from simcord.preview import Preview

TICK_SECONDS = 5.0
"""How often the simulated timers advance."""

log = logging.getLogger(__name__)


class RealClock(Clock):
    """Tells the real time, so that what was added today is new.

    The bot's timers wait for simulated time to pass; ``keep_time`` lets it.
    """

    def now(self) -> datetime:
        return datetime.now(UTC)


async def keep_time(
    env: "simcord.Env", page: "Preview", turn: asyncio.Lock, fingerprint: Callable[[], object]
) -> None:
    """Advance the bot's timers with the real time until canceled, and show what they changed.

    Args:
        turn: held by whoever lets the bot work, since simcord refuses to do two things at once.
        fingerprint: of all that the page shows; the page is published again if it changes.
    """
    advanced = monotonic()
    while True:
        await asyncio.sleep(TICK_SECONDS)
        async with turn:
            shown, now = fingerprint(), monotonic()
            try:
                await env.advance_time(now - advanced)
                advanced = now
                if fingerprint() != shown:
                    await page.refresh()
            except (TimeoutError, SetupError) as error:  # it is busy, or asked to do something else
                log.warning("the preview's timers are late: %s", error)
