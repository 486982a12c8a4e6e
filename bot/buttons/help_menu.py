"""The menu of ``/help``."""

from typing import Any

from discord import Interaction, ui

from bot.buttons.base import PersistentMenu
from bot.cards.help import SECTIONS, SELECT_ID, help_section_card
from bot.client import Dateline
from bot.errors import Refusal
from bot.language import translator_for
from bot.services.responding import respond


class HelpMenu(PersistentMenu, template=SELECT_ID):
    """Shows the section that is selected, in place of the help."""

    async def on_choose(self, interaction: Interaction[Any], value: str) -> None:
        await respond(interaction, self._card(interaction, value), private=True, update=True)

    async def _card(self, interaction: Interaction[Any], key: str) -> ui.LayoutView:
        if key not in SECTIONS:  # of another version
            raise Refusal("help-section-gone", help=interaction.client.mention("help"))
        bot: Dateline = interaction.client
        return help_section_card(key, bot.mention, translator_for(interaction.locale))
