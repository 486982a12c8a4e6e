"""The card for the list of followed feeds."""

from collections.abc import Collection, Sequence
from urllib.parse import urlsplit

from discord import ui
from discord.utils import format_dt

from bot.cards.layout import MakePageButton, count_pages, page_card, text_card
from bot.language import Translator
from bot.markdown import bold, plain, small
from bot.storage import FollowedFeed
from index import SHARED

FEEDS_PAGE_SIZE = 8
MAX_FEED_TITLE_LENGTH = 100
MAX_FEED_URL_LENGTH = 150
MAX_FEED_REASON_LENGTH = 150


def feeds_card(
    feeds: Sequence[FollowedFeed],
    mute: Collection[int],
    page: int,
    total: int,
    make_page_button: MakePageButton,
    localize: Translator,
    *,
    in_full: bool,
) -> ui.LayoutView:
    """A page of the list of followed feeds, with their state.

    Args:
        mute: the keys of the feeds in whose channels the bot cannot post announcements.
        page, total: as for ``list_card``.
        in_full: with the whole address of each feed and its problem, instead of the host alone.
    """
    if not total:
        return text_card(localize("feeds-none"))
    blocks = []
    for feed in feeds:
        title = bold(feed.title, MAX_FEED_TITLE_LENGTH)
        address = feed.url if in_full else urlsplit(feed.url).hostname or ""
        url = small(plain(address, MAX_FEED_URL_LENGTH))
        state = small(_state(feed, feed.key in mute, in_full, localize))
        blocks.append(f"{title}\n{url}\n{state}")
    count = localize("feeds-total", count=total)
    pages = count_pages(total, FEEDS_PAGE_SIZE)
    return page_card("\n".join(blocks), count, page, pages, make_page_button, localize)


def _state(feed: FollowedFeed, mute: bool, in_full: bool, localize: Translator) -> str:
    """The channel and the last poll of a feed, as Markdown."""
    parts = [localize("feed-shared")] if feed.collection == SHARED else []
    if feed.channel_id is not None:
        channel = f"<#{feed.channel_id}>"
        parts.append(localize("feed-mute", channel=channel) if mute else channel)
    if feed.failing_since is not None:
        since = format_dt(feed.failing_since, "R")
        reason = plain(feed.reason or "", MAX_FEED_REASON_LENGTH)
        key = "feed-failing" if in_full else "feed-failing-briefly"
        parts.append(localize(key, since=since, reason=reason))
    elif feed.checked_at is not None:
        parts.append(localize("feed-read", when=format_dt(feed.checked_at, "R")))
    else:
        parts.append(localize("feed-unread"))
    return " · ".join(parts)
