"""The menu of ``/help``."""

from typing import Any

from discord import Interaction, ui

from bot.buttons.base import PersistentMenu
from bot.cards.help import FIRST_PAGE, SECTIONS, SELECT_ID, help_card, help_section_card
from bot.client import Dateline
from bot.errors import Refusal
from bot.language import translator_for
from bot.services.responding import respond
from bot.services.welcome import make_welcome


async def make_help(interaction: Interaction[Any]) -> ui.LayoutView:
    """The help for the user and the server of an interaction. Raises StoreError."""
    bot: Dateline = interaction.client
    welcome = await make_welcome(bot, interaction.guild_id)
    return help_card(welcome, bot.mention, translator_for(interaction.locale))


class HelpMenu(PersistentMenu, template=SELECT_ID):
    """Shows the section that is selected, in place of the help, or the help again."""

    async def on_choose(self, interaction: Interaction[Any], value: str) -> None:
        await respond(interaction, self._card(interaction, value), private=True, update=True)

    async def _card(self, interaction: Interaction[Any], key: str) -> ui.LayoutView:
        if key == FIRST_PAGE:
            return await make_help(interaction)
        if key not in SECTIONS:  # of another version
            raise Refusal("help-section-gone", help=interaction.client.mention("help"))
        bot: Dateline = interaction.client
        return help_section_card(key, bot.mention, translator_for(interaction.locale))
