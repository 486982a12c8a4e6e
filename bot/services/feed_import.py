"""Following the feeds of a list."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, field

from bot.client import Dateline
from bot.storage import FollowedFeed
from index import SourceError

MAX_FEEDS = 50
"""Feeds that a server may follow."""

MAX_CONCURRENT_FEEDS = 3


@dataclass
class FeedImport:
    """What became of the feeds of a list.

    Args:
        known: the feeds that were followed already.
        refused: why feeds are not followed, in sentences that begin with their URLs.
        left: the URLs for which there was no room.
    """

    followed: list[FollowedFeed] = field(default_factory=list)
    known: list[FollowedFeed] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)
    left: list[str] = field(default_factory=list)


async def import_feeds(
    bot: Dateline, collection: str, urls: Sequence[str], user_id: int
) -> FeedImport:
    """Follow feeds, given their URLs, up to ``MAX_FEEDS`` in the collection.

    Raises:
        StoreError: a feed cannot be stored.
    """
    result, waiting = FeedImport(), []
    followed = await bot.executors.run_db(bot.storage.feeds.in_collection, collection)
    by_url, keys = {feed.url: feed for feed in followed}, {feed.key for feed in followed}
    for url in urls:
        if url in by_url:
            result.known.append(by_url[url])
        else:
            waiting.append(url)
    while waiting and (room := MAX_FEEDS - len(keys)) > 0:
        size = min(room, MAX_CONCURRENT_FEEDS)
        batch, waiting = waiting[:size], waiting[size:]
        follow = bot.feed_follower.follow
        for outcome in await asyncio.gather(
            *(follow(collection, url, user_id, None) for url in batch), return_exceptions=True
        ):
            if isinstance(outcome, SourceError):
                result.refused.append(str(outcome))
            elif isinstance(outcome, BaseException):
                raise outcome
            else:
                is_known = outcome.feed.key in keys
                (result.known if is_known else result.followed).append(outcome.feed)
                keys.add(outcome.feed.key)
    result.left = waiting
    return result
