"""A posted answer with a notice that an article that it quotes has been corrected."""

from typing import Any

import discord
from discord import ui

from bot.cards.layout import MAX_TEXT_LENGTH, container
from bot.markdown import ELLIPSIS, length


def marked_card(message: discord.Message, notice: str) -> ui.LayoutView | None:
    """The card of a message with a notice above it; None if it is there already.

    All else stays as it is, but the longest text is cut where there is no room for the notice.
    """
    view = ui.LayoutView.from_message(message, timeout=None)
    view.stop()  # its buttons are persistent ones, which need no view
    assert isinstance(view, ui.LayoutView)
    texts = [item for item in view.walk_children() if isinstance(item, ui.TextDisplay)]
    if any(text.content == notice for text in texts):
        return None
    excess = sum(length(text.content) for text in texts) + length(notice) - MAX_TEXT_LENGTH
    if excess > 0:
        longest = max(texts, key=lambda text: length(text.content))
        longest.content = _cut(longest.content, excess)
    items: list[ui.Item[Any]] = list(view.children)
    if len(items) == 1 and isinstance(items[0], ui.Container):
        items = list(items[0].children)
    marked = container(ui.TextDisplay(notice), *items)
    marked.stop()
    return marked


def _cut(markdown: str, excess: int) -> str:
    """Markdown that is at least ``excess`` characters shorter, ends at a word, and has no bold that
    is not closed."""
    limit = len(markdown) - excess - len(ELLIPSIS) - len("****")
    kept = markdown[:limit].rpartition(" ")[0].rstrip("*\\ ")
    return kept + "**" * (kept.count("**") % 2) + ELLIPSIS
