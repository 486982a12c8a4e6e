"""The list of followed feeds, as a message."""

from collections.abc import Collection, Sequence

from discord import ui
from discord.utils import format_dt

from bot.cards.layout import Turn, paged, text_card
from bot.language import Translator
from bot.markdown import bold, plain, small
from bot.storage import FollowedFeed
from index import SHARED

FEEDS_PAGE_SIZE = 8


def feeds_card(
    feeds: Sequence[FollowedFeed],
    mute: Collection[int],
    page: int,
    total: int,
    turn: Turn,
    localize: Translator,
) -> ui.LayoutView:
    """A page of the followed feeds and their state.

    Args:
        mute: the keys of the feeds in whose channels the bot cannot write.
        page, total, turn: as for ``list_card``.
    """
    if not total:
        return text_card(localize("feeds-none"))
    shown = []
    for feed in feeds:
        state = _state(feed, feed.key in mute, localize)
        address = plain(feed.url, 150)
        shown.append(f"{bold(feed.title, 100)}\n{small(address)}\n{small(state)}")
    count = localize("feeds-total", count=total)
    return paged("\n".join(shown), count, page, -(-total // FEEDS_PAGE_SIZE), turn, localize)


def _state(feed: FollowedFeed, mute: bool, localize: Translator) -> str:
    parts = [localize("feed-shared")] if feed.collection == SHARED else []
    if feed.channel_id is not None:
        channel = f"<#{feed.channel_id}>"
        parts.append(localize("feed-mute", channel=channel) if mute else channel)
    if feed.failing_since is not None:
        reason = plain(feed.reason or "", 150)
        since = format_dt(feed.failing_since, "R")
        parts.append(localize("feed-failing", since=since, reason=reason))
    elif feed.checked_at is not None:
        parts.append(localize("feed-read", when=format_dt(feed.checked_at, "R")))
    else:
        parts.append(localize("feed-unread"))
    return " · ".join(parts)
