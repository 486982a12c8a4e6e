"""Rate limits: how often each user may ask in each server."""

from discord import app_commands
from discord.ext.commands import DynamicCooldownMapping

from bot.storage.question_log import LoggedQuestion
from bot.storage.server_settings import ServerSettingsStore


class RateLimits:
    """Counts questions, and compares with the limits in the server settings; in memory only."""

    def __init__(self, server_settings: ServerSettingsStore) -> None:
        self._server_settings = server_settings
        self._buckets: dict[int | None, DynamicCooldownMapping[LoggedQuestion]] = {}

    def hit(self, question: LoggedQuestion) -> float:
        """Count a question; returns 0, or the seconds to wait if it exceeds the limit and is not
        counted."""
        now = question.asked_at.timestamp()
        buckets = self._buckets.setdefault(
            question.guild_id, DynamicCooldownMapping(self._cooldown, lambda asked: asked.user_id)
        )
        bucket = buckets.get_bucket(question, now)
        return (bucket.update_rate_limit(now) or 0) if bucket else 0

    def reset(self, guild_id: int) -> None:
        """Reset the counts of a server, so that its changed settings take effect."""
        self._buckets.pop(guild_id, None)

    def _cooldown(self, question: LoggedQuestion) -> app_commands.Cooldown | None:
        settings = self._server_settings.get(question.guild_id)
        if not settings.seconds:
            return None
        return app_commands.Cooldown(settings.questions, settings.seconds)
