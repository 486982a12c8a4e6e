"""Page buttons for any list."""

import re
from collections.abc import Callable, Coroutine
from typing import Any, TypeVar

from discord import Interaction, ui

from bot.buttons.base import KEY_DIGITS, PersistentButton
from bot.cards.layout import MakePageButton
from bot.services.responding import respond

NAME = r"[a-z]{1,20}"
PAGE = r"-?[0-9]{1,9}"
CUSTOM_IDS = (
    rf"page:{NAME}:{PAGE}:{KEY_DIGITS}",
    # Formats of earlier versions, whose messages still exist:
    rf"turn:{NAME}:{PAGE}",
    rf"articles:{PAGE}:{KEY_DIGITS}",
    rf"(?:more|found):{KEY_DIGITS}:{PAGE}",
)

MakePage = Callable[[Interaction[Any], int, int], Coroutine[Any, Any, ui.LayoutView]]
"""Makes a page of a list, given its number and the list's key.

The number counts from 0, but -1 and numbers beyond the last page occur. The key is 0 where the
name alone tells which list it is.
"""

AnyMakePage = TypeVar("AnyMakePage", bound=MakePage)

_lists: dict[str, tuple[MakePage, bool]] = {}


def paginated(name: str, *, in_place: bool = True) -> Callable[[AnyMakePage], AnyMakePage]:
    """Registers a function that makes the pages of the lists with a name.

    Args:
        in_place: the page replaces the message with the button; if not, only the user sees it, in a
            message of its own.
    """

    def register(make_page: AnyMakePage) -> AnyMakePage:
        _lists[name] = make_page, in_place
        return make_page

    return register


def page_buttons(name: str, key: int = 0) -> MakePageButton:
    """A function that makes the buttons that turn the pages of a list."""

    def make(page: int, label: str, enabled: bool) -> PageButton:
        return PageButton(name, page, key, label, enabled)

    return make


class PageButton(PersistentButton, template="|".join(CUSTOM_IDS)):
    """Turns to a page of a list."""

    def __init__(
        self, name: str, page: int, key: int = 0, label: str = "…", enabled: bool = True
    ) -> None:
        super().__init__(f"page:{name}:{page}:{key}", label, enabled=enabled)
        self.name, self.page, self.key = name, page, key

    @classmethod
    def arguments(cls, match: re.Match[str]) -> dict[str, Any]:
        match match[0].split(":"):
            case ["page", name, page, key]:
                pass
            case ["turn", name, page]:
                key = "0"
            case ["articles" as name, page, key]:
                pass
            case ["found" as name, key, page]:
                pass
            case ["more", key, page]:
                name = "answer"
        return {"name": name, "page": int(page), "key": int(key)}

    async def on_press(self, interaction: Interaction[Any]) -> None:
        make_page, in_place = _lists[self.name]
        page = make_page(interaction, self.page, self.key)
        await respond(interaction, page, private=True, update=in_place)
