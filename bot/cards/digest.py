"""The card of a digest: new articles by story, and statements that have changed."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from discord import ui
from discord.utils import format_dt

from bot.cards.citations import MakeButton, citation_line, quote_sections
from bot.cards.layout import (
    MakePageButton,
    container,
    count_pages,
    navigation_buttons,
    remaining_length,
    row,
)
from bot.language import Translator
from bot.markdown import bold, length, small
from index import ChangedStatement, Digest, Passage

STORIES_PAGE_SIZE = 5
"""Stories on a page; with the changes, a message has at most 40 components."""

MAX_CHANGES_SHOWN = 3
MAX_FIGURE_LENGTH = 150
MAX_FORMER_LENGTH = 300
"""Characters of a figure or quotation in bold, and of the citation of its former version."""


@dataclass(frozen=True, slots=True)
class DigestButtons:
    """Functions that make the buttons of a digest.

    Args:
        read: makes the button beside the opening of a story.
        context: makes the button beside a changed statement.
        page: makes the buttons that turn the pages.
    """

    read: MakeButton
    context: MakeButton
    page: MakePageButton


def digest_card(
    digest: Digest, page: int, buttons: DigestButtons, localize: Translator
) -> ui.LayoutView:
    """A page of a digest.

    Args:
        digest: with at least one story or change.
        page: from 0; where there are fewer pages, the last one is shown. The changes are on the
            first one.
    """
    stories = digest.stories
    pages = max(1, count_pages(len(stories), STORIES_PAGE_SIZE))
    page = max(0, min(page, pages - 1))
    shown = stories[page * STORIES_PAGE_SIZE :][:STORIES_PAGE_SIZE]
    openings = [story.opening for story in shown]
    changes = digest.changes[:MAX_CHANGES_SHOWN] if page == 0 else ()
    since = format_dt(digest.since, "f")
    heading = ui.TextDisplay[ui.LayoutView](f"**{localize('digest-heading', since=since)}**")
    labels = [
        localize("articles-total", count=digest.added),
        localize("digest-stories", count=len(stories)),
    ]
    if pages > 1:
        labels.append(localize("page-of", page=page + 1, pages=pages))
    footer = ui.TextDisplay[ui.LayoutView](small(" · ".join(labels)))
    limit = remaining_length(heading, footer)
    for_changes = limit * len(changes) // max(1, len(changes) + len(openings))
    changed = _changes(changes, len(shown) + 1, buttons.context, for_changes, localize)
    first = page * STORIES_PAGE_SIZE + 1
    return container(
        heading,
        *quote_sections(openings, first, buttons.read, limit - for_changes, localize),
        *changed,
        ui.Separator(),
        footer,
        *row(navigation_buttons(page, pages, buttons.page, localize)),
    )


def _changes(
    changes: Sequence[ChangedStatement],
    first: int,
    context_button: MakeButton,
    limit: int,
    localize: Translator,
) -> list[ui.Item[Any]]:
    """A heading and, for each change, the new statement and the former one."""
    if not changes:
        return []
    heading = ui.TextDisplay[ui.LayoutView](bold(localize("digest-changes"), MAX_FORMER_LENGTH))
    former = [
        small(
            localize(
                "digest-before",
                former=bold(_highlighted(change.before), MAX_FIGURE_LENGTH),
                source=citation_line(change.before.citation, MAX_FORMER_LENGTH, localize),
            )
        )
        for change in changes
    ]
    limit -= length(heading.content) + sum(map(length, former))
    passages = [change.after for change in changes]
    sections = quote_sections(passages, first, context_button, limit, localize)
    items: list[ui.Item[Any]] = [heading]
    for section, line in zip(sections, former, strict=True):
        items += [section, ui.TextDisplay[ui.LayoutView](line)]
    return items


def _highlighted(passage: Passage) -> str:
    start, end = passage.highlights[0]
    return passage.quote[start:end]
