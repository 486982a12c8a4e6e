"""Cooldowns: each user's limit of questions per server."""

from bot.client import Dateline
from bot.errors import Refusal
from bot.storage import LoggedQuestion


def enforce_cooldown(bot: Dateline, question: LoggedQuestion) -> None:
    """Count a question. Raises: Refusal, with the time to wait, if it exceeds the limit."""
    wait = bot.rate_limits.hit(question)
    if wait:
        raise Refusal("slow-down", seconds=max(1, round(wait)))
