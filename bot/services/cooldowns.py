"""How much each person may ask in each server in a short time."""

from discord import app_commands
from discord.ext.commands import DynamicCooldownMapping

from bot.errors import Refusal
from bot.storage import Exchange, Servers


class Cooldowns:
    """Counts questions against what servers allow; nothing of it outlasts a restart."""

    def __init__(self, servers: Servers) -> None:
        self._servers = servers
        self._counts = self._new()

    def check(self, asked: Exchange) -> None:
        """Count a question. Raises: Refusal, with the time to wait, where it is one too many."""
        now = asked.asked_at.timestamp()
        allowed = self._counts.get_bucket(asked, now)
        if allowed is None:
            return
        wait = allowed.update_rate_limit(now)
        if wait:
            raise Refusal("slow-down", seconds=max(1, round(wait)))

    def forget(self) -> None:
        """Begin to count anew, after a server's settings have changed."""
        self._counts = self._new()

    def _new(self) -> DynamicCooldownMapping[Exchange]:
        return DynamicCooldownMapping(self._allowed, lambda asked: (asked.server, asked.person))

    def _allowed(self, asked: Exchange) -> app_commands.Cooldown | None:
        settings = self._servers.settings(asked.server)
        if not settings.seconds:
            return None
        return app_commands.Cooldown(settings.questions, settings.seconds)
