"""``/articles``: what the library holds."""

from discord import app_commands, ui
from discord.ext import commands

from bot.buttons import PageButton, page_of_articles
from bot.cards import article_card, byline, text_card
from bot.client import Dateline, Interaction
from bot.markdown import cut, plain
from bot.responding import respond
from index import Article, NotFoundError, Scope

CHOICES = 25
CHOICE_NAME = 100


class Articles(
    commands.GroupCog, group_name="articles", group_description="The library's articles."
):
    def __init__(self, bot: Dateline) -> None:
        self.bot = bot

    @app_commands.command(name="list", description="List the articles, the newest first.")
    async def list_(self, interaction: Interaction) -> None:
        await respond(interaction, page_of_articles(interaction, 0), private=True)

    @app_commands.command(description="Read an article.")
    @app_commands.describe(article="Its title; choose one of those that appear as you type.")
    async def show(
        self, interaction: Interaction, article: app_commands.Range[str, 1, 200]
    ) -> None:
        await respond(interaction, self._article(article, interaction.guild_id), private=True)

    async def _article(self, wanted: str, guild_id: int | None) -> ui.LayoutView:
        found = await self.bot.in_thread(self._find, wanted, guild_id)
        if found is None:
            titled = plain(wanted, 100)
            return text_card(f"There is no article “{titled}”. `/articles list` shows them all.")
        paragraphs = await self.bot.in_thread(self.bot.library.paragraphs, found.id)
        return article_card(found, paragraphs)

    @show.autocomplete("article")
    async def titles(self, interaction: Interaction, typed: str) -> list[app_commands.Choice[str]]:
        found = await self.bot.in_thread(
            self.bot.library.articles,
            Scope(self.bot.collections(interaction.guild_id)),
            title=typed.strip(),
            limit=CHOICES,
        )
        return [app_commands.Choice(name=_choice_name(a), value=a.id) for a in found]

    def _find(self, wanted: str, guild_id: int | None) -> Article | None:
        """The article whose id was chosen or whose title was typed, if it can be read here."""
        collections = self.bot.collections(guild_id)
        try:
            article = self.bot.library.get(wanted)
            if article.collection in collections:
                return article
        except NotFoundError:
            pass
        titled = self.bot.library.articles(Scope(collections), title=wanted.strip(), limit=1)
        return titled[0] if titled else None


def _choice_name(article: Article) -> str:
    about = byline(article)
    suffix = f" ({cut(about, 40)})" if about else ""
    return cut(article.title, CHOICE_NAME - len(suffix)) + suffix


async def setup(bot: Dateline) -> None:
    bot.add_dynamic_items(PageButton)
    await bot.add_cog(Articles(bot))
