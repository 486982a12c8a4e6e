"""The buttons under what ``/find`` found."""

import re
from typing import Any, Self

from discord import Interaction, ui

from bot.buttons.answers import KEY, remembered
from bot.buttons.passages import ContextButton
from bot.cards import lookup_card, text_card
from bot.cards.answers import FOUND_PAGE, narrowed_by
from bot.client import Dateline
from bot.language import Language, speaking
from bot.markdown import bold
from bot.services import answering as asking
from bot.services.responding import respond
from bot.storage import Exchange

WORDS = 200


async def look_up(
    bot: Dateline, key: int, asked: Exchange, page: int, say: Language
) -> ui.LayoutView:
    """A page, from 0, of the sentences that hold the words of an exchange.

    Where there are fewer pages by now, it is the last one.
    """
    scope = asking.scope_of(bot, asked)

    def find(page: int) -> Any:
        return bot.library.find(asked.question, scope, FOUND_PAGE, page * FOUND_PAGE)

    found = await bot.in_thread(find, page)
    if not found.total:
        words = bold(asked.question, WORDS)
        nothing = say("found-no-words", words=words, ask=bot.mention("ask"))
        return text_card(nothing + narrowed_by(scope, say))
    last = (found.total - 1) // FOUND_PAGE
    if page > last:
        page, found = last, await bot.in_thread(find, last)
    turns = [
        FoundButton(key, page - 1, say("button-previous"), page > 0),
        FoundButton(key, page + 1, say("button-next"), page < last),
    ]
    return lookup_card(
        asked.question, found, page, lambda p: ContextButton.beside(p, say), turns, say
    )


class FoundButton(
    ui.DynamicItem[ui.Button[ui.LayoutView]], template=rf"found:{KEY}:(?P<page>-?[0-9]{{1,9}})"
):
    """Turns to another page of what ``/find`` found."""

    def __init__(self, key: int, page: int, label: str = "…", enabled: bool = True) -> None:
        button = ui.Button[ui.LayoutView](
            label=label, custom_id=f"found:{key}:{page}", disabled=not enabled
        )
        super().__init__(button)
        self.key, self.page = key, page

    @classmethod
    async def from_custom_id(
        cls, interaction: Interaction[Any], item: ui.Item[Any], match: re.Match[str]
    ) -> Self:
        return cls(int(match["key"]), int(match["page"]))

    async def callback(self, interaction: Interaction[Any]) -> None:
        await respond(interaction, self._card(interaction), private=True, update=True)

    async def _card(self, interaction: Interaction[Any]) -> ui.LayoutView:
        asked = await remembered(interaction, self.key)
        say = speaking(interaction.locale)
        return await look_up(interaction.client, self.key, asked, max(0, self.page), say)
