"""Discord's limits for a message of components, and the simplest messages.

A message may have 40 components and 4,000 characters of text in all. Every text has a limit of its
own, so that their sum stays within these.
"""

from collections.abc import Callable, Sequence
from typing import Any

import discord
from discord import ui

from bot.language import Translator
from bot.markdown import bold, plain, small

MAX_TEXT_LENGTH = 4000
MAX_TITLE_LENGTH = 300
MAX_CITATION_LENGTH = 600
MAX_FOOTER_LENGTH = 200
COLOUR = discord.Colour(0x3A6EA5)

Turn = Callable[[int, str, bool], ui.Item[Any]]
"""Makes a button that leads to a page: number, label, whether it can be pressed."""


def text_card(markdown: str) -> ui.LayoutView:
    """A plain sentence."""
    view = ui.LayoutView(timeout=None)
    view.add_item(ui.TextDisplay(markdown))
    return view


def framed_card(markdown: str) -> ui.LayoutView:
    """A text of several paragraphs."""
    return container(ui.TextDisplay(markdown))


def facts_card(
    heading: str, facts: Sequence[tuple[str, str]], hint: str = "", *, marked: bool = False
) -> ui.LayoutView:
    """A heading, facts by name, and a hint in small type.

    Args:
        marked: the facts are Markdown of our own, with mentions in it.
    """
    lines = [f"{bold(name)}: {value if marked else plain(value, 200)}" for name, value in facts]
    texts = [bold(heading, MAX_TITLE_LENGTH), "\n".join(lines), *([small(hint)] if hint else [])]
    return container(*map(ui.TextDisplay[ui.LayoutView], texts))


def container(*items: ui.Item[Any]) -> ui.LayoutView:
    """A framed message."""
    view = ui.LayoutView(timeout=None)
    view.add_item(ui.Container(*items, accent_colour=COLOUR))
    return view


def paged(
    text: str,
    count: str,
    page: int,
    pages: int,
    turn: Turn,
    localize: Translator,
) -> ui.LayoutView:
    """A page of a list.

    Args:
        text: the content of the page.
        count: a line with the number of items on all pages.
        page: from 0.
    """
    position = localize("page-of", page=page + 1, pages=pages)
    return container(
        ui.TextDisplay(text),
        ui.Separator(),
        ui.TextDisplay(small(f"{position} · {count}")),
        *row(turns(page, pages, turn, localize)),
    )


def turns(page: int, pages: int, turn: Turn, localize: Translator) -> list[ui.Item[Any]]:
    """The buttons to the previous and the next page; none if there is only one page."""
    if pages < 2:
        return []
    return [
        turn(page - 1, localize("button-previous"), page > 0),
        turn(page + 1, localize("button-next"), page + 1 < pages),
    ]


def row(items: Sequence[ui.Item[Any]]) -> list[ui.Item[Any]]:
    """A row of at most five buttons; empty if there are none."""
    return [ui.ActionRow(*items)] if items else []


def shares(wanted: Sequence[int], room: int) -> list[int]:
    """Max-min fair shares of ``room``: each gets what it wants, or an equal share of the rest."""
    given = dict.fromkeys(range(len(wanted)), 0)
    left = room
    for done, number in enumerate(sorted(given, key=lambda n: wanted[n])):
        given[number] = min(wanted[number], left // (len(wanted) - done))
        left -= given[number]
    return list(given.values())
