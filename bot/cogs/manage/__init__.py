"""``/manage`` and “Add to the library”: commands for editors, which Discord hides from others.

Discord hides whole commands only, never a subcommand.
"""

import discord
from discord import app_commands

from bot.client import Dateline
from bot.cogs.manage.articles import ManageArticles
from bot.cogs.manage.feeds import ManageFeeds
from bot.language import command_text

MANAGERS = discord.Permissions(manage_guild=True)
"""Who sees them, unless an administrator of the server decides otherwise."""


async def setup(bot: Dateline) -> None:
    articles = ManageArticles(bot)
    group = app_commands.Group(
        name="manage",
        description=command_text("manage-description"),
        default_permissions=MANAGERS,
        guild_only=True,
    )
    group.add_command(articles)
    group.add_command(ManageFeeds(bot))
    menu = app_commands.ContextMenu(name="Add to the library", callback=articles.add_message)
    menu.default_permissions = MANAGERS
    menu.guild_only = True
    bot.tree.add_command(group)
    bot.tree.add_command(menu)
