"""The cards of watches: a new one, a changed answer, and the list."""

from collections.abc import Callable, Sequence
from typing import Any

from discord import ui

from bot.cards.articles import byline
from bot.cards.citations import MakeButton, quote_sections
from bot.cards.layout import (
    MakePageButton,
    container,
    count_pages,
    navigation_buttons,
    remaining_length,
    row,
    text_card,
)
from bot.language import Translator
from bot.markdown import bold, plain, small
from bot.storage import Watch
from index import Passage
from index.answering.answer_changes import highlighted

WATCHES_PAGE_SIZE = 5
MAX_QUESTION_LENGTH = 300
MAX_VALUE_LENGTH = 150
MAX_SOURCE_LENGTH = 150

MakeWatchButtons = Callable[[Watch], Sequence[ui.Item[Any]]]
"""Makes the buttons below a watch."""


def watching_card(
    watch: Watch, known: Passage | None, context_button: MakeButton, localize: Translator
) -> ui.LayoutView:
    """The card of a new watch, with the answer so far."""
    question = ui.TextDisplay[ui.LayoutView](bold(watch.question, MAX_QUESTION_LENGTH))
    is_known = "true" if known else "false"
    if watch.channel_id is None:
        where = localize("watch-where-direct", known=is_known)
    else:
        where = localize("watch-where-channel", channel=f"<#{watch.channel_id}>", known=is_known)
    hint = ui.TextDisplay[ui.LayoutView](small(where))
    so_far = ui.TextDisplay[ui.LayoutView](localize("watch-known" if known else "watch-not-known"))
    limit = remaining_length(question, hint, so_far)
    quotes = quote_sections([known], 1, context_button, limit, localize) if known else []
    return container(question, so_far, *quotes, ui.Separator(), hint)


def alarm_card(
    watch: Watch,
    old: Passage | None,
    new: Passage,
    notes: Sequence[str],
    context_button: MakeButton,
    buttons: Sequence[ui.Item[Any]],
    localize: Translator,
) -> ui.LayoutView:
    """A changed answer beside the former one, in quotes.

    Args:
        old: None if there was no answer, or if its article is no longer in the library.
        notes: further sentences about the change.
    """
    question = ui.TextDisplay[ui.LayoutView](bold(watch.question, MAX_QUESTION_LENGTH))
    changed = ui.TextDisplay[ui.LayoutView](_change(old, new, localize))
    small_print = [ui.TextDisplay[ui.LayoutView](small(note)) for note in notes]
    passages = [new, *([old] if old else [])]
    limit = remaining_length(question, changed, *small_print)
    quotes = quote_sections(passages, 1, context_button, limit, localize)
    return container(question, changed, *quotes, ui.Separator(), *small_print, *row(buttons))


def watches_card(
    watches: Sequence[Watch],
    page: int,
    total: int,
    make_page_button: MakePageButton,
    make_buttons: MakeWatchButtons,
    localize: Translator,
    note: str = "",
) -> ui.LayoutView:
    """A page of the list of watches.

    Args:
        page, total: as for ``list_card``.
        note: the result of the last button press, shown above the list.
    """
    if not total:
        return text_card("\n".join(filter(None, [note, localize("watches-none")])))
    pages = count_pages(total, WATCHES_PAGE_SIZE)
    items: list[ui.Item[Any]] = [ui.TextDisplay(note)] if note else []
    for watch in watches:
        state = small(" · ".join(_state(watch, localize)))
        items.append(ui.TextDisplay(f"{bold(watch.question, MAX_QUESTION_LENGTH)}\n{state}"))
        items += row(make_buttons(watch))
    parts = [localize("watches-total", count=total)]
    if pages > 1:
        parts.insert(0, localize("page-of", page=page + 1, pages=pages))
    return container(
        *items,
        ui.Separator(),
        ui.TextDisplay(small(" · ".join(parts))),
        *row(navigation_buttons(page, pages, make_page_button, localize)),
    )


def _change(old: Passage | None, new: Passage, localize: Translator) -> str:
    """The old and the new answer in a sentence; without words that can be highlighted, only that it
    has changed."""
    value = highlighted(new)
    if not value:
        return localize("watch-has-changed" if old else "watch-has-answer")
    now = bold(value, MAX_VALUE_LENGTH)
    if old is None:
        return localize("watch-answered", new=now)
    former = highlighted(old)
    if not former:
        return localize("watch-now", new=now)
    source = plain(byline(old.citation.article, localize), MAX_SOURCE_LENGTH)
    key = "watch-changed" if source else "watch-changed-unknown"
    return localize(key, old=bold(former, MAX_VALUE_LENGTH), source=source, new=now)


def _state(watch: Watch, localize: Translator) -> list[str]:
    """Where the alarms of a watch go, and whether it is paused."""
    parts = [_where(watch, localize)]
    if watch.unreachable:
        parts.append(localize("watch-state-unreachable"))
    elif watch.paused:
        parts.append(localize("watch-state-paused"))
    if watch.known is None:
        parts.append(localize("watch-state-unanswered"))
    return parts


def _where(watch: Watch, localize: Translator) -> str:
    if watch.channel_id is None:
        return localize("watch-direct")
    return f"<#{watch.channel_id}>"
