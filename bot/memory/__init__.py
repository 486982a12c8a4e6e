"""What the bot remembers beside the library: servers' settings, people, and what was asked."""

from bot.memory.exchanges import Exchange, Exchanges, Usage
from bot.memory.memory import Memory
from bot.memory.people import People
from bot.memory.servers import Servers, ServerSettings

__all__ = ["Exchange", "Exchanges", "Memory", "People", "ServerSettings", "Servers", "Usage"]
