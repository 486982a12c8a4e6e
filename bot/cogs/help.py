"""``/help``."""

from discord import app_commands, ui
from discord.ext import commands

from bot.cards.help import help_card
from bot.client import Dateline, Interaction
from bot.language import command_text, translator_for
from bot.services.responding import respond
from bot.services.welcome import make_welcome


class HelpCog(commands.Cog):
    def __init__(self, bot: Dateline) -> None:
        self.bot = bot

    @app_commands.command(description=command_text("help-description"))
    async def help(self, interaction: Interaction) -> None:
        await respond(interaction, self._card(interaction), private=True)

    async def _card(self, interaction: Interaction) -> ui.LayoutView:
        welcome = await make_welcome(self.bot, interaction.guild_id)
        return help_card(welcome, self.bot.mention, translator_for(interaction.locale))


async def setup(bot: Dateline) -> None:
    await bot.add_cog(HelpCog(bot))
