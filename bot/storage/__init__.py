"""What the bot remembers beside the library: servers' settings, people, what was asked, and what
is still to be added."""

from bot.storage.feeds import Feeds, FollowedFeed, Seen
from bot.storage.ingest_jobs import Arrival, Arrivals
from bot.storage.question_log import Exchange, Exchanges, Usage
from bot.storage.server_settings import Servers, ServerSettings
from bot.storage.storage import Memory
from bot.storage.user_locales import People

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
