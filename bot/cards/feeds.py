"""Feeds, their new articles, and failed jobs, as messages."""

from collections.abc import Callable, Collection, Sequence
from typing import Any

from discord import ui
from discord.utils import format_dt

from bot.cards.citations import about
from bot.cards.layout import Turn, container, paged, row, text_card, turns
from bot.language import Translator
from bot.markdown import bold, plain, small
from bot.storage import FollowedFeed, IngestJob
from index import SHARED, Article
from index.text.text_fragments import web_address

MAX_ANNOUNCED_SHOWN = 10
"""Articles of an announcement that are named."""

FEEDS_PAGE_SIZE = 8
FAILED_PAGE_SIZE = 5


def announcement_card(articles: Sequence[Article], localize: Translator) -> ui.LayoutView:
    """New articles, a quiet line each."""
    lines = [_announced(article, localize) for article in articles[:MAX_ANNOUNCED_SHOWN]]
    if len(articles) > MAX_ANNOUNCED_SHOWN:
        lines.append(localize("announced-more", count=len(articles) - MAX_ANNOUNCED_SHOWN))
    return text_card("\n".join(map(small, lines)))


def _announced(article: Article, localize: Translator) -> str:
    address = web_address(article.url) if article.url else None
    return " · ".join(
        part for part in about(article, article.title, address, 380, localize) if part
    )


def feeds_card(
    feeds: Sequence[FollowedFeed],
    mute: Collection[int],
    page: int,
    total: int,
    turn: Turn,
    localize: Translator,
) -> ui.LayoutView:
    """A page of the feeds that are followed, and how that goes.

    Args:
        mute: the keys of those whose articles cannot be announced where they should be.
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


def failed_card(
    jobs: Sequence[IngestJob],
    page: int,
    total: int,
    turn: Turn,
    retry_button: Callable[[IngestJob], ui.Item[Any]],
    buttons: Sequence[ui.Item[Any]],
    localize: Translator,
    note: str = "",
) -> ui.LayoutView:
    """A page of failed jobs, and why they failed.

    Args:
        page, total, turn: as for ``list_card``.
        retry_button: makes the button that retries a job.
        buttons: what can be done with all.
        note: what has just been done.
    """
    if not total:
        return text_card(note or localize("failed-none"))
    pages = -(-total // FAILED_PAGE_SIZE)
    sections = []
    for job in jobs:
        when = format_dt(job.failed_at, "R") if job.failed_at else ""
        reason = plain(job.reason or "", 400)
        shared = f"{localize('feed-shared')} · " if job.collection == SHARED else ""
        text = f"{bold(job.name, 250)}\n{small(f'{shared}{reason} {when}')}"
        sections.append(
            ui.Section(ui.TextDisplay[ui.LayoutView](text), accessory=retry_button(job))
        )
    turning = turns(page, pages, turn, localize)
    return container(
        *([ui.TextDisplay(note)] if note else []),
        ui.TextDisplay(localize("failed-total", count=total)),
        *sections,
        ui.Separator(),
        *(
            [ui.TextDisplay(small(localize("page-of", page=page + 1, pages=pages)))]
            if turning
            else []
        ),
        *row([*turning, *buttons]),
    )
