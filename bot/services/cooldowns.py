"""Cooldowns: each user's limit of questions per server."""

import logging

from bot.client import Dateline
from bot.errors import Refusal
from bot.storage import LoggedQuestion
from index import StoreError

log = logging.getLogger(__name__)


def enforce_cooldown(bot: Dateline, question: LoggedQuestion) -> None:
    """Count a question. Raises: Refusal, with the time to wait, if it exceeds the limit.

    If the limit cannot be read, there is none.
    """
    try:
        wait = bot.rate_limits.hit(question)
    except StoreError as error:
        log.error("answering without the limit of questions: %s", error)
        return
    if wait:
        raise Refusal("slow-down", seconds=max(1, round(wait)))
