"""``/articles``: what the library holds."""

from discord import app_commands, ui
from discord.ext import commands

from bot.buttons import PageButton
from bot.buttons.articles import page_of_articles
from bot.cards import article_card
from bot.client import Dateline, Interaction
from bot.commands.ask import Chosen
from bot.language import said, speaking
from bot.narrowing import article_choices, find_article
from bot.responding import respond


class Articles(
    commands.GroupCog, group_name="articles", group_description=said("articles-description")
):
    def __init__(self, bot: Dateline) -> None:
        self.bot = bot

    @app_commands.command(name="list", description=said("articles-list-description"))
    async def list_(self, interaction: Interaction) -> None:
        await respond(interaction, page_of_articles(interaction, 0), private=True)

    @app_commands.command(description=said("articles-show-description"))
    @app_commands.describe(article=said("articles-show-article"))
    async def show(self, interaction: Interaction, article: Chosen) -> None:
        await respond(interaction, self._article(interaction, article), private=True)

    async def _article(self, interaction: Interaction, wanted: str) -> ui.LayoutView:
        found = await find_article(interaction, wanted)
        paragraphs = await self.bot.quickly(self.bot.library.paragraphs, found.id)
        return article_card(found, paragraphs, speaking(interaction.locale))

    @show.autocomplete("article")
    async def titles(self, interaction: Interaction, typed: str) -> list[app_commands.Choice[str]]:
        return await article_choices(interaction, typed)


async def setup(bot: Dateline) -> None:
    bot.add_dynamic_items(PageButton)
    await bot.add_cog(Articles(bot))
