"""What arrives by itself, as messages: feeds, their new articles, and what could not be added."""

from collections.abc import Callable, Collection, Sequence
from typing import Any

from discord import ui
from discord.utils import format_dt

from bot.cards.citations import about
from bot.cards.layout import Turn, container, paged, row, text_card, turns
from bot.language import Language
from bot.markdown import bold, plain, small
from bot.storage import Arrival, FollowedFeed
from index import SHARED, Article
from index.text.text_fragments import web_address

ANNOUNCED = 10
"""Articles of one message that are named."""

FEEDS_PAGE = 8
FAILED_PAGE = 5


def announcement_card(articles: Sequence[Article], say: Language) -> ui.LayoutView:
    """New articles, a quiet line each."""
    lines = [_announced(article, say) for article in articles[:ANNOUNCED]]
    if len(articles) > ANNOUNCED:
        lines.append(say("announced-more", count=len(articles) - ANNOUNCED))
    return text_card("\n".join(map(small, lines)))


def _announced(article: Article, say: Language) -> str:
    address = web_address(article.url) if article.url else None
    return " · ".join(part for part in about(article, article.title, address, 380, say) if part)


def feeds_card(
    feeds: Sequence[FollowedFeed],
    mute: Collection[int],
    page: int,
    total: int,
    turn: Turn,
    say: Language,
) -> ui.LayoutView:
    """A page of the feeds that are followed, and how that goes.

    Args:
        mute: the keys of those whose articles cannot be announced where they should be.
        page, total, turn: as for ``list_card``.
    """
    if not total:
        return text_card(say("feeds-none"))
    shown = []
    for feed in feeds:
        state = _state(feed, feed.key in mute, say)
        address = plain(feed.url, 150)
        shown.append(f"{bold(feed.title, 100)}\n{small(address)}\n{small(state)}")
    count = say("feeds-total", count=total)
    return paged("\n".join(shown), count, page, -(-total // FEEDS_PAGE), turn, say)


def _state(feed: FollowedFeed, mute: bool, say: Language) -> str:
    parts = [say("feed-shared")] if feed.collection == SHARED else []
    if feed.channel is not None:
        channel = f"<#{feed.channel}>"
        parts.append(say("feed-mute", channel=channel) if mute else channel)
    if feed.failing_since is not None:
        reason = plain(feed.reason or "", 150)
        since = format_dt(feed.failing_since, "R")
        parts.append(say("feed-failing", since=since, reason=reason))
    elif feed.checked_at is not None:
        parts.append(say("feed-read", when=format_dt(feed.checked_at, "R")))
    else:
        parts.append(say("feed-unread"))
    return " · ".join(parts)


def failed_card(
    arrivals: Sequence[Arrival],
    page: int,
    total: int,
    turn: Turn,
    again: Callable[[Arrival], ui.Item[Any]],
    buttons: Sequence[ui.Item[Any]],
    say: Language,
    note: str = "",
) -> ui.LayoutView:
    """A page of what could not be added, and why.

    Args:
        page, total, turn: as for ``list_card``.
        again: makes the button that tries one again.
        buttons: what can be done with all.
        note: what has just been done.
    """
    if not total:
        return text_card(note or say("failed-none"))
    pages = -(-total // FAILED_PAGE)
    sections = []
    for arrival in arrivals:
        when = format_dt(arrival.failed_at, "R") if arrival.failed_at else ""
        reason = plain(arrival.reason or "", 400)
        shared = f"{say('feed-shared')} · " if arrival.collection == SHARED else ""
        text = f"{bold(arrival.name, 250)}\n{small(f'{shared}{reason} {when}')}"
        sections.append(ui.Section(ui.TextDisplay[ui.LayoutView](text), accessory=again(arrival)))
    turning = turns(page, pages, turn, say)
    return container(
        *([ui.TextDisplay(note)] if note else []),
        ui.TextDisplay(say("failed-total", count=total)),
        *sections,
        ui.Separator(),
        *([ui.TextDisplay(small(say("page-of", page=page + 1, pages=pages)))] if turning else []),
        *row([*turning, *buttons]),
    )
