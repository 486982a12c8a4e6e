"""Cards for timelines."""

from collections.abc import Sequence
from typing import Any

import discord
from discord import ui

from bot.cards.answers import MAX_QUESTION_LENGTH, filter_labels, filters_line
from bot.cards.citations import MakeButton, citation_parts, place_text
from bot.cards.corrections import corrected_text
from bot.cards.layout import (
    MAX_CITATION_LENGTH,
    IllustratedCard,
    MakePageButton,
    clamp_page,
    count_pages,
    distribute,
    illustrated_card,
    navigation_buttons,
    remaining_length,
    row,
)
from bot.language import Translator
from bot.markdown import ELLIPSIS, bold, cut, length, plain, quote, small
from index import Certainty, Passage, Scope, Timeline, TimelineEntry

TIMELINE_PAGE_SIZE = 6
"""Entries on a page."""

MAX_ALSO_SHOWN, MAX_ALSO_LENGTH = 3, 40
"""Other papers with a sentence that are named, and characters of each name."""

PICTURE_NAME = "timeline.png"

MAX_DESCRIPTION_LENGTH = 1024
"""Characters that Discord allows in the description of a picture."""


def timeline_card(
    timeline: Timeline,
    page: int,
    scope: Scope,
    picture: tuple[bytes, str] | None,
    context_button: MakeButton,
    make_page_button: MakePageButton,
    localize: Translator,
) -> IllustratedCard:
    """A page of a timeline, or a text that says that nothing was found.

    Args:
        page: the number of the page, from 0; the nearest one that exists is shown.
        scope: the scope of the search.
        picture: a PNG of the figures and what it shows in words, for the first page.
    """
    heading = [ui.TextDisplay[ui.LayoutView](bold(timeline.about, MAX_QUESTION_LENGTH))]
    if timeline.corrections:
        heading.append(ui.TextDisplay(corrected_text(timeline.corrections, localize)))
    if not timeline.entries:
        return illustrated_card([*heading, ui.TextDisplay(_nothing(timeline, scope, localize))])
    total = len(timeline.entries)
    page = clamp_page(page, total, TIMELINE_PAGE_SIZE)
    pages = count_pages(total, TIMELINE_PAGE_SIZE)
    if timeline.certainty is Certainty.WEAK:
        heading.append(ui.TextDisplay(localize("weak-heading")))
    footer = ui.TextDisplay[ui.LayoutView](_footer(timeline, page, pages, scope, localize))
    first = page * TIMELINE_PAGE_SIZE
    shown = timeline.entries[first : first + TIMELINE_PAGE_SIZE]
    drawn = picture if page == 0 else None
    return illustrated_card(
        [
            *heading,
            *([_gallery(drawn[1])] if drawn else []),
            *_sections(
                shown, first + 1, context_button, remaining_length(*heading, footer), localize
            ),
            ui.Separator(),
            footer,
            *row(navigation_buttons(page, pages, make_page_button, localize)),
        ],
        {PICTURE_NAME: drawn[0]} if drawn else {},
    )


def _gallery(description: str) -> ui.Item[Any]:
    item = discord.MediaGalleryItem(
        f"attachment://{PICTURE_NAME}", description=cut(description, MAX_DESCRIPTION_LENGTH)
    )
    return ui.MediaGallery[ui.LayoutView](item)


def _sections(
    entries: Sequence[TimelineEntry],
    first: int,
    context_button: MakeButton,
    limit: int,
    localize: Translator,
) -> list[ui.Item[Any]]:
    """Sections with the date, quote and citation of each entry.

    Args:
        first: the number of the first entry.
        limit: the maximum length of all texts together. Citations get up to half of it.
    """
    share = min(MAX_CITATION_LENGTH, limit // (2 * len(entries)))
    days = [
        bold(localize.day(entry.article.published) or localize("timeline-undated"))
        for entry in entries
    ]
    citations = [
        _citation(number, entry.passage, share, localize)
        for number, entry in enumerate(entries, first)
    ]
    passages = [entry.passage for entry in entries]
    lengths = [length(quote(passage.quote, passage.highlights)) for passage in passages]
    rest = limit - sum(length(text) + 1 for text in (*days, *citations))
    limits = distribute(rest, lengths)
    return [
        ui.Section(
            ui.TextDisplay(f"{day}\n{quote(passage.quote, passage.highlights, quote_limit)}"),
            ui.TextDisplay(citation),
            accessory=context_button(passage),
        )
        for day, passage, citation, quote_limit in zip(
            days, passages, citations, limits, strict=True
        )
    ]


def _citation(number: int, passage: Passage, limit: int, localize: Translator) -> str:
    """Publisher, title (a link to the sentence) and place, and the other papers that have it."""
    cited = passage.citation
    last = [place_text(cited, localize)]
    again = [one.article.publisher or one.article.title for one in passage.also[:MAX_ALSO_SHOWN]]
    if again:
        more = [ELLIPSIS] if len(passage.also) > MAX_ALSO_SHOWN else []
        names = ", ".join([*(plain(name, MAX_ALSO_LENGTH) for name in again), *more])
        last.append(localize("also-in", names=names))
    rest = limit - length(" · ".join(last)) - 12  # 12: number and markup
    publisher, title, _ = citation_parts(
        cited.article, cited.article.title, cited.link, rest, localize
    )
    return small(" · ".join(part for part in (str(number), publisher, title, *last) if part))


def _nothing(timeline: Timeline, scope: Scope, localize: Translator) -> str:
    """Why a timeline has no entries."""
    filters = filters_line(scope, localize)
    if timeline.searched:
        return localize("not-found", count=timeline.searched) + filters
    return localize("not-found-anywhere" if scope.is_filtered else "library-empty") + filters


def _footer(timeline: Timeline, page: int, pages: int, scope: Scope, localize: Translator) -> str:
    labels = [localize("timeline-entries", count=len(timeline.entries))]
    if timeline.omitted:
        labels.append(localize("timeline-omitted", count=timeline.omitted))
    labels += [localize("searched", count=timeline.searched), *filter_labels(scope, localize)]
    if pages > 1:
        labels.append(localize("page-of", page=page + 1, pages=pages))
    return small(" · ".join(labels))
