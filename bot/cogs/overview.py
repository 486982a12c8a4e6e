"""``/articles overview``: the main points of an article, in its own words."""

from discord import app_commands, ui
from discord.ext import commands

from bot.buttons.overviews import open_overview
from bot.client import Dateline, Interaction
from bot.language import command_text
from bot.services.filters import AutocompletedText, article_choices, find_article
from bot.services.responding import respond

GROUP = "articles"


class OverviewCog(commands.Cog):
    """Adds a command to the group of ``ArticlesCog``, which is loaded before."""

    def __init__(self, bot: Dateline) -> None:
        group = bot.tree.get_command(GROUP)
        assert isinstance(group, app_commands.Group)
        self._group = group  # kept, since ``ArticlesCog`` is unloaded first

    async def cog_load(self) -> None:
        self._group.add_command(overview)

    async def cog_unload(self) -> None:
        self._group.remove_command(overview.name)


@app_commands.command(description=command_text("articles-overview-description"))
@app_commands.describe(article=command_text("articles-show-article"))
@app_commands.autocomplete(article=article_choices)
async def overview(interaction: Interaction, article: AutocompletedText) -> None:
    await respond(interaction, _overview(interaction, article), private=True)


async def _overview(interaction: Interaction, wanted: str) -> ui.LayoutView:
    found = await find_article(interaction, wanted)
    return await open_overview(interaction, found.id)


async def setup(bot: Dateline) -> None:
    await bot.add_cog(OverviewCog(bot))
