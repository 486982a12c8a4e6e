"""Discord's limits for a message of components, and the simplest of messages.

There may be 40 components and 4,000 characters of text in all. Every text has a share of those that
it cannot exceed.
"""

from collections.abc import Sequence
from typing import Any

import discord
from discord import ui

from bot.markdown import bold, plain, small

TEXT = 4000
TITLE = 300
CITATION = 600
FOOTER = 200
COLOUR = discord.Colour(0x3A6EA5)


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
    """A heading, facts by name, and a quiet hint.

    Args:
        marked: the facts are Markdown of our own, with mentions in it.
    """
    lines = [f"{bold(name)}: {value if marked else plain(value, 200)}" for name, value in facts]
    texts = [bold(heading, TITLE), "\n".join(lines), *([small(hint)] if hint else [])]
    return container(*map(ui.TextDisplay[ui.LayoutView], texts))


def container(*items: ui.Item[Any]) -> ui.LayoutView:
    """A framed message."""
    view = ui.LayoutView(timeout=None)
    view.add_item(ui.Container(*items, accent_colour=COLOUR))
    return view


def row(items: Sequence[ui.Item[Any]]) -> list[ui.Item[Any]]:
    """Buttons side by side, at most five; nothing where there are none."""
    return [ui.ActionRow(*items)] if items else []


def shares(wanted: Sequence[int], room: int) -> list[int]:
    """How much of ``room`` each gets: what it wants, or an equal share of what others leave."""
    given = dict.fromkeys(range(len(wanted)), 0)
    left = room
    for done, number in enumerate(sorted(given, key=lambda n: wanted[n])):
        given[number] = min(wanted[number], left // (len(wanted) - done))
        left -= given[number]
    return list(given.values())
