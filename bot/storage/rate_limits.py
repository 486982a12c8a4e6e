"""Rate limits: how often each user may ask in each server."""

from discord import app_commands
from discord.ext.commands import DynamicCooldownMapping

from bot.storage.question_log import LoggedQuestion
from bot.storage.server_settings import ServerSettings

_Hit = tuple[LoggedQuestion, ServerSettings]


class RateLimits:
    """Counts questions, and compares with the limits of their servers; in memory only."""

    def __init__(self) -> None:
        self._buckets: dict[int | None, DynamicCooldownMapping[_Hit]] = {}

    def hit(self, question: LoggedQuestion, settings: ServerSettings) -> float:
        """Count a question; returns 0, or the seconds to wait if it exceeds the limit and is not
        counted.

        Args:
            settings: of the server where it was asked.
        """
        now = question.asked_at.timestamp()
        buckets = self._buckets.setdefault(
            question.guild_id, DynamicCooldownMapping(_cooldown, lambda hit: hit[0].user_id)
        )
        bucket = buckets.get_bucket((question, settings), now)
        return (bucket.update_rate_limit(now) or 0) if bucket else 0

    def reset(self, guild_id: int) -> None:
        """Reset the counts of a server, so that its changed settings take effect."""
        self._buckets.pop(guild_id, None)


def _cooldown(hit: _Hit) -> app_commands.Cooldown | None:
    _, settings = hit
    if not settings.seconds:
        return None
    return app_commands.Cooldown(settings.questions, settings.seconds)
