"""Interactions are acknowledged before any database is read: Discord waits for three seconds."""

import asyncio
import threading
from typing import Any

import pytest

from bot.executors import MAX_CONCURRENT_DB_CALLS
from tests.bot.conftest import World
from tests.bot.test_failures import ROUTES, edit, greeting, keeper, mention

__all__ = ["keeper"]  # the fixture

FORMS = {"Ask in private", "/manage articles edit"}
"""Commands that are answered with a form, which cannot be deferred: they may read a little."""

MESSAGES = {name for name, route in ROUTES.items() if route in (mention, greeting, edit)}


class Busy:
    """Occupies all threads in which the bot reads databases."""

    def __init__(self, world: World) -> None:
        self._free = threading.Event()
        for pool, size in (("_db", MAX_CONCURRENT_DB_CALLS), ("_exclusive", 1)):
            executor: Any = getattr(world.bot.executors, pool)
            for _ in range(size):
                executor.submit(self._free.wait)

    def end(self) -> None:
        self._free.set()


def acknowledgements(world: World) -> int:
    return sum(request.path.endswith("/callback") for request in world.env.http_requests)


@pytest.mark.parametrize("name", [n for n in ROUTES if n not in FORMS | MESSAGES])
async def test_interactions_are_acknowledged_while_the_databases_are_busy(
    name: str, keeper: World
) -> None:
    await keeper.slash("ask", question="Who won the World Cup?")  # so that there is feedback
    act = await ROUTES[name](keeper)
    before, busy = acknowledgements(keeper), Busy(keeper)
    acting = asyncio.ensure_future(act())
    try:
        async with asyncio.timeout(30):
            while acknowledgements(keeper) == before:  # noqa: ASYNC110
                await asyncio.sleep(0.01)
    finally:
        busy.end()
        await acting
