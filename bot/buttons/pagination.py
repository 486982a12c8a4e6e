"""The buttons that turn the pages of a list."""

import re
from collections.abc import Callable, Coroutine
from typing import Any, Self, TypeVar

from discord import Interaction, ui

from bot.cards.layout import Turn
from bot.services.responding import respond

Page = Callable[[Interaction[Any], int], Coroutine[Any, Any, ui.LayoutView]]
"""Makes a page of a list, by its number from 0, where it can be shown to who turns to it."""

AnyPage = TypeVar("AnyPage", bound=Page)

_pages: dict[str, Page] = {}


def pages_of(name: str) -> Callable[[AnyPage], AnyPage]:
    """Marks what makes the pages of a list, to which ``turn_to`` then turns."""

    def mark(page: AnyPage) -> AnyPage:
        _pages[name] = page
        return page

    return mark


def turn_to(name: str) -> Turn:
    """What makes the buttons that turn the pages of a list."""

    def turn(page: int, label: str, enabled: bool) -> ui.Item[Any]:
        return TurnButton(name, max(page, 0), label, enabled)

    return turn


class TurnButton(
    ui.DynamicItem[ui.Button[ui.LayoutView]],
    template=r"turn:(?P<name>[a-z]{1,20}):(?P<page>[0-9]{1,9})",
):
    """Turns to a page of a list."""

    def __init__(self, name: str, page: int, label: str = "…", enabled: bool = True) -> None:
        button = ui.Button[ui.LayoutView](
            label=label, custom_id=f"turn:{name}:{page}", disabled=not enabled
        )
        super().__init__(button)
        self.name, self.page = name, page

    @classmethod
    async def from_custom_id(
        cls, interaction: Interaction[Any], item: ui.Item[Any], match: re.Match[str]
    ) -> Self:
        return cls(match["name"], int(match["page"]))

    async def callback(self, interaction: Interaction[Any]) -> None:
        card = _pages[self.name](interaction, self.page)
        await respond(interaction, card, private=True, update=True)
