"""What the bot remembers beside the library: servers' settings, people, what was asked, and what
is still to be added."""

from bot.memory.arrivals import Arrival, Arrivals
from bot.memory.exchanges import Exchange, Exchanges, Usage
from bot.memory.feeds import Feeds, FollowedFeed, Seen
from bot.memory.memory import Memory
from bot.memory.people import People
from bot.memory.servers import Servers, ServerSettings

__all__ = [
    "Arrival",
    "Arrivals",
    "Exchange",
    "Exchanges",
    "Feeds",
    "FollowedFeed",
    "Memory",
    "People",
    "Seen",
    "ServerSettings",
    "Servers",
    "Usage",
]
