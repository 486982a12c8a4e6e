"""Announcing new articles of feeds in Discord channels."""

import logging
from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime, time, timedelta

import aiohttp
import discord
from discord.utils import utcnow

from bot.cards import announcement_card
from bot.executors import Executors
from bot.language import translator_for
from bot.storage import FollowedFeed, Storage
from index import Library, Scope

NEWS_AGE = timedelta(days=7)
"""The age up to which an article is announced."""

log = logging.getLogger(__name__)


def last_moment(published: date | None) -> datetime | None:
    """The last moment (UTC) at which an article may have been published, given its date: the end of
    that day where it is latest on Earth, if it has no time; None without a date."""
    if isinstance(published, datetime):
        return published.astimezone(UTC) if published.tzinfo else published.replace(tzinfo=UTC)
    if published is None:
        return None
    return datetime.combine(published + timedelta(days=1), time(12), UTC)


def is_news(published: datetime | None, now: datetime) -> bool:
    """Whether an article is recent enough to be announced: an old one comes into a feed when a
    newer one is withdrawn. One without a date is news when it is first seen."""
    return published is None or published >= now - NEWS_AGE


class Announcer:
    """Posts the announcements that are pending in the storage.

    Args:
        get_channel: returns the channel with an id, like ``discord.Client.get_channel``.
    """

    def __init__(
        self,
        storage: Storage,
        library: Library,
        executors: Executors,
        get_channel: Callable[[int], object],
    ) -> None:
        self._storage = storage
        self._library = library
        self._executors = executors
        self._get_channel = get_channel

    async def announce(self) -> None:
        """Post the pending announcements, one message for each channel.

        Raises the first unexpected error, after all channels have had their turn.
        """
        feeds = self._storage.feeds
        by_channel: dict[int, list[tuple[FollowedFeed, list[str]]]] = {}
        for feed, ids in await self._executors.run_db(feeds.pending_announcements, utcnow()):
            if feed.channel_id is not None:
                by_channel.setdefault(feed.channel_id, []).append((feed, ids))
        errors = []
        for channel_id, pending in by_channel.items():
            try:
                await self._announce_in(channel_id, pending)
            except Exception as error:
                errors.append(error)
        if errors:
            raise errors[0]

    async def _announce_in(
        self, channel_id: int, pending: Sequence[tuple[FollowedFeed, list[str]]]
    ) -> None:
        """Announce the new articles of feeds in a channel, and record that they are announced."""
        collection = pending[0][0].collection  # a channel belongs to one server
        article_ids = [article_id for _, ids in pending for article_id in ids]
        if await self._post(channel_id, collection, article_ids):
            for feed, ids in pending:
                await self._executors.run_db(self._storage.feeds.mark_announced, feed.key, ids)

    async def _post(self, channel_id: int, collection: str, article_ids: Sequence[str]) -> bool:
        """Announce articles in a channel; returns False if it should be retried."""
        channel = self._get_channel(channel_id)
        if not isinstance(channel, discord.abc.Messageable) or isinstance(
            channel, discord.abc.User
        ):
            log.warning("articles cannot be announced: channel %s does not exist", channel_id)
            return True
        scope = Scope((collection,), tuple(article_ids))
        found = await self._executors.run_db(self._library.articles, scope)
        articles = sorted(found, key=lambda article: article_ids.index(article.id), reverse=True)
        if not articles:
            return True
        guild = channel.guild if isinstance(channel, discord.abc.GuildChannel) else None
        card = announcement_card(
            articles, translator_for(guild.preferred_locale if guild else None)
        )
        try:
            await channel.send(view=card, silent=True)
        except (discord.Forbidden, discord.NotFound) as error:
            log.warning("articles cannot be announced in channel %s: %s", channel_id, error)
        except (discord.HTTPException, OSError, aiohttp.ClientError) as error:
            log.warning("articles cannot be announced yet in channel %s: %s", channel_id, error)
            return False
        return True
