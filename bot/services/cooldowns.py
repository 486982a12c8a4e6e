"""Cooldowns: each user's limit of questions per server."""

from bot.client import Dateline
from bot.errors import Refusal
from bot.services.bookkeeping import bookkeep
from bot.storage import LoggedQuestion


async def enforce_cooldown(bot: Dateline, question: LoggedQuestion) -> None:
    """Count a question. Raises: Refusal, with the time to wait, if it exceeds the limit.

    If the limit cannot be read, there is none.
    """
    get_settings = bot.storage.server_settings.get
    settings = await bookkeep(bot, None, get_settings, question.guild_id)
    wait = bot.rate_limits.hit(question, settings) if settings else 0
    if wait:
        raise Refusal("slow-down", seconds=max(1, round(wait)))
