"""Bookkeeping: what is stored or looked up beside an answer, and never costs anybody the answer."""

import logging
from collections.abc import Callable
from typing import ParamSpec, TypeVar

from bot.client import Dateline
from index import StoreError

P = ParamSpec("P")
T = TypeVar("T")
D = TypeVar("D")

log = logging.getLogger(__name__)


async def bookkeep(
    bot: Dateline, default: D, function: Callable[P, T], *args: P.args, **kwargs: P.kwargs
) -> T | D:
    """Call the bot's storage; if it fails, log that and return ``default``."""
    try:
        return await bot.executors.run_db(function, *args, **kwargs)
    except StoreError as error:
        log.error("answering without %s: %s", function.__qualname__, error)
        return default
