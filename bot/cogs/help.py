"""``/help``."""

from discord import app_commands
from discord.ext import commands

from bot.buttons.help_menu import make_help
from bot.client import Dateline, Interaction
from bot.language import command_text
from bot.services.responding import respond


class HelpCog(commands.Cog):
    @app_commands.command(description=command_text("help-description"))
    async def help(self, interaction: Interaction) -> None:
        await respond(interaction, make_help(interaction), private=True)


async def setup(bot: Dateline) -> None:
    await bot.add_cog(HelpCog())
