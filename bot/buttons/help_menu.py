"""The menu of ``/help``."""

import re
from typing import Any, Self

from discord import Interaction, ui

from bot import errors
from bot.cards.help import SECTIONS, SELECT_ID, help_section_card
from bot.client import Dateline
from bot.errors import Refusal
from bot.language import translator_for
from bot.services.responding import respond


class HelpMenu(ui.DynamicItem[ui.Select[ui.LayoutView]], template=SELECT_ID):
    """Shows the section that is selected, in place of the help."""

    @classmethod
    async def from_custom_id(
        cls, interaction: Interaction[Any], item: ui.Item[Any], match: re.Match[str], /
    ) -> Self:
        assert isinstance(item, ui.Select)
        return cls(item)

    async def callback(self, interaction: Interaction[Any]) -> None:
        bot: Dateline = interaction.client
        with bot.in_flight():
            try:
                card = self._card(interaction, self.item.values[0])
                await respond(interaction, card, private=True, update=True)
            except Exception as error:
                await errors.report(interaction, error)

    async def _card(self, interaction: Interaction[Any], key: str) -> ui.LayoutView:
        if key not in SECTIONS:  # of another version
            raise Refusal("help-section-gone", help=interaction.client.mention("help"))
        bot: Dateline = interaction.client
        return help_section_card(key, bot.mention, translator_for(interaction.locale))
