"""Building blocks of cards, and Discord's limits for them.

A message may have up to 40 components and 4,000 characters of text in total, so each text of a
card is truncated to its share of these.
"""

from collections.abc import Callable, Mapping, Sequence
from io import BytesIO
from typing import Any

import discord
from discord import ui

from bot.language import Translator
from bot.markdown import bold, length, plain, small

MAX_TEXT_LENGTH = 4000
MAX_TITLE_LENGTH = 300
MAX_CITATION_LENGTH = 600
MAX_FACT_LENGTH = 200

ACCENT_COLOR = discord.Color(0x3A6EA5)
WEAK_COLOR = discord.Color(0xC58A1F)
NOT_FOUND_COLOR = discord.Color(0x80848E)

MakePageButton = Callable[[int, str, bool], ui.Item[Any]]
"""Makes a button that shows a page, given the page number (from 0), a label and whether the button
is enabled."""


def text_card(markdown: str) -> ui.LayoutView:
    """A text without a frame."""
    view = ui.LayoutView(timeout=None)
    view.add_item(ui.TextDisplay(markdown))
    return view


def facts_card(
    heading: str, facts: Sequence[tuple[str, str]], hint: str = "", *, is_markdown: bool = False
) -> ui.LayoutView:
    """A heading, a line for each fact, and a hint in small print.

    Args:
        facts: names and values.
        is_markdown: the values are Markdown, such as mentions, not plain text.
    """
    lines = [
        f"{bold(name)}: {value if is_markdown else plain(value, MAX_FACT_LENGTH)}"
        for name, value in facts
    ]
    texts = [bold(heading, MAX_TITLE_LENGTH), "\n".join(lines), *([small(hint)] if hint else [])]
    return container(*map(ui.TextDisplay[ui.LayoutView], texts))


class IllustratedCard(ui.LayoutView):
    """A message with pictures, which its components refer to by their file names.

    Args:
        pictures: the contents of the files; a message that the card replaces loses all others.
    """

    def __init__(self, pictures: Mapping[str, bytes]) -> None:
        super().__init__(timeout=None)
        self._pictures = pictures

    def attachments(self) -> list[discord.File]:
        """The files, to be sent once."""
        return [discord.File(BytesIO(data), name) for name, data in self._pictures.items()]


def illustrated_card(
    items: Sequence[ui.Item[Any]], pictures: Mapping[str, bytes] | None = None
) -> IllustratedCard:
    """A message with components in a frame, and the pictures in them by file name."""
    view = IllustratedCard(pictures or {})
    view.add_item(ui.Container(*items, accent_color=ACCENT_COLOR))
    return view


def container(*items: ui.Item[Any], color: discord.Color = ACCENT_COLOR) -> ui.LayoutView:
    """A message with components in a frame.

    Args:
        color: of the frame's edge. It must not be the only thing that tells one card from another.
    """
    view = ui.LayoutView(timeout=None)
    view.add_item(ui.Container(*items, accent_color=color))
    return view


def count_pages(total: int, page_size: int) -> int:
    """The number of pages for ``total`` items."""
    return -(-total // page_size)


def clamp_page(page: int, total: int, page_size: int) -> int:
    """The number of the page, from 0, that is nearest to ``page`` and exists; 0 without items."""
    return max(0, min(page, count_pages(total, page_size) - 1))


def page_card(
    text: str,
    total: str,
    page: int,
    pages: int,
    make_page_button: MakePageButton,
    localize: Translator,
) -> ui.LayoutView:
    """A page of a list.

    Args:
        text: the items on the page, as Markdown.
        total: the number of items on all pages, in words.
        page: the number of the page, from 0.
        pages: the number of pages.
    """
    position = [localize("page-of", page=page + 1, pages=pages)] if pages > 1 else []
    return container(
        ui.TextDisplay(text),
        ui.Separator(),
        ui.TextDisplay(small(" · ".join([*position, total]))),
        *row(navigation_buttons(page, pages, make_page_button, localize)),
    )


def navigation_buttons(
    page: int, pages: int, make_page_button: MakePageButton, localize: Translator
) -> list[ui.Item[Any]]:
    """The buttons for the previous and the next page; empty if there is only one page."""
    if pages < 2:
        return []
    return [
        make_page_button(page - 1, localize("button-previous"), page > 0),
        make_page_button(page + 1, localize("button-next"), page + 1 < pages),
    ]


def row(items: Sequence[ui.Item[Any]]) -> list[ui.Item[Any]]:
    """At most five buttons in a row; empty without buttons."""
    return [ui.ActionRow(*items)] if items else []


def remaining_length(*items: ui.Item[Any]) -> int:
    """The characters that the texts of some components leave for the others of their card."""
    components = [part for item in items for part in (item, *getattr(item, "children", ()))]
    texts = [part.content for part in components if isinstance(part, ui.TextDisplay)]
    return MAX_TEXT_LENGTH - sum(map(length, texts))


def distribute(total: int, lengths: Sequence[int]) -> list[int]:
    """Limits for texts of given lengths, in order, that do not exceed ``total`` together.

    Each limit is the text's length, or else an equal share of the characters that shorter texts
    leave.
    """
    limits = [0] * len(lengths)
    remaining = total
    by_length = sorted(range(len(lengths)), key=lambda number: lengths[number])
    for done, number in enumerate(by_length):
        limits[number] = min(lengths[number], remaining // (len(lengths) - done))
        remaining -= limits[number]
    return limits
