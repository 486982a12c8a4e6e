"""``/articles``: lists and shows articles, for everybody."""

from discord import app_commands, ui
from discord.ext import commands

from bot.buttons.article_pages import article_list
from bot.buttons.open_article import open_article
from bot.buttons.overviews import open_overview
from bot.client import Dateline, Interaction
from bot.language import command_text
from bot.services.answering import question_from_interaction
from bot.services.filters import (
    AutocompletedText,
    DayText,
    TypedFilters,
    article_choices,
    find_article,
    parse_filters,
    publisher_choices,
)
from bot.services.responding import respond


class ArticlesCog(
    commands.GroupCog, group_name="articles", group_description=command_text("articles-description")
):
    def __init__(self, bot: Dateline) -> None:
        self.bot = bot

    @app_commands.command(name="list", description=command_text("articles-list-description"))
    @app_commands.describe(
        publisher=command_text("articles-list-publisher"),
        since=command_text("articles-list-since"),
        until=command_text("articles-list-until"),
    )
    @app_commands.autocomplete(publisher=publisher_choices)
    async def list_(
        self,
        interaction: Interaction,
        publisher: AutocompletedText | None = None,
        since: DayText | None = None,
        until: DayText | None = None,
    ) -> None:
        typed = TypedFilters(None, publisher, since, until)
        await respond(interaction, self._listed(interaction, typed), private=True)

    async def _listed(self, interaction: Interaction, typed: TypedFilters) -> ui.LayoutView:
        filters = await parse_filters(interaction, typed)
        query = question_from_interaction(interaction, "", kind="list", filters=filters)
        return await article_list(interaction, query)

    @app_commands.command(description=command_text("articles-show-description"))
    @app_commands.describe(article=command_text("articles-show-article"))
    @app_commands.autocomplete(article=article_choices)
    async def show(self, interaction: Interaction, article: AutocompletedText) -> None:
        await respond(interaction, self._shown(interaction, article), private=True)

    async def _shown(self, interaction: Interaction, wanted: str) -> ui.LayoutView:
        found = await find_article(interaction, wanted)
        return await open_article(interaction, found.id)

    @app_commands.command(description=command_text("articles-overview-description"))
    @app_commands.describe(article=command_text("articles-show-article"))
    @app_commands.autocomplete(article=article_choices)
    async def overview(self, interaction: Interaction, article: AutocompletedText) -> None:
        await respond(interaction, self._overview(interaction, article), private=True)

    async def _overview(self, interaction: Interaction, wanted: str) -> ui.LayoutView:
        found = await find_article(interaction, wanted)
        return await open_overview(interaction, found.id)


async def setup(bot: Dateline) -> None:
    await bot.add_cog(ArticlesCog(bot))
