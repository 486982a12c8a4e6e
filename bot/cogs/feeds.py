"""``/feeds``: lists the feeds that a server follows, for everybody."""

from discord import app_commands
from discord.ext import commands

from bot.buttons.feed_pages import feed_list_page
from bot.client import Dateline, Interaction
from bot.language import command_text
from bot.services.responding import respond


@app_commands.guild_only()
class FeedsCog(
    commands.GroupCog, group_name="feeds", group_description=command_text("feeds-description")
):
    @app_commands.command(name="list", description=command_text("feeds-list-description"))
    async def list_(self, interaction: Interaction) -> None:
        await respond(interaction, feed_list_page(interaction), private=True)


async def setup(bot: Dateline) -> None:
    await bot.add_cog(FeedsCog())
