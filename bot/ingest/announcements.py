"""New articles of feeds, told of in the channels that were chosen for it."""

import logging
from typing import TYPE_CHECKING

import aiohttp
import discord
from discord.utils import utcnow

from bot.cards import announcement_card
from bot.language import speaking
from bot.storage import FollowedFeed
from index import Scope

if TYPE_CHECKING:
    from bot.client import Dateline

log = logging.getLogger(__name__)


async def announce(bot: "Dateline") -> None:
    """Tell of the articles that have come since the last time: those of a channel in one message,
    once all are here."""
    by_channel: dict[int, list[tuple[FollowedFeed, list[str]]]] = {}
    for feed, articles in await bot.quickly(bot.memory.feeds.to_announce, utcnow()):
        if feed.channel is not None:
            by_channel.setdefault(feed.channel, []).append((feed, articles))
    for channel, found in by_channel.items():
        collection = found[0][0].collection  # a channel is of one server
        ids = [article for _, articles in found for article in articles]
        if await _tell(bot, channel, collection, ids):
            for feed, articles in found:
                await bot.quickly(bot.memory.feeds.announced, feed.key, articles)


async def _tell(bot: "Dateline", number: int, collection: str, ids: list[str]) -> bool:
    """Tell of articles in a channel; whether that is done with, well or not."""
    channel = bot.get_channel(number)
    if not isinstance(channel, discord.abc.Messageable) or isinstance(channel, discord.abc.User):
        log.warning("the channel %s, where articles are to be announced, is gone", number)
        return True
    found = await bot.quickly(bot.library.articles, Scope((collection,), tuple(ids)))
    articles = sorted(found, key=lambda article: ids.index(article.id), reverse=True)
    if not articles:
        return True
    guild = channel.guild if isinstance(channel, discord.abc.GuildChannel) else None
    card = announcement_card(articles, speaking(guild.preferred_locale if guild else None))
    try:
        await channel.send(view=card, silent=True)
    except (discord.Forbidden, discord.NotFound) as error:
        log.warning("articles cannot be announced in channel %s: %s", number, error)
    except (discord.HTTPException, OSError, aiohttp.ClientError) as error:
        log.warning("articles cannot be announced now: %s", error)
        return False
    return True
