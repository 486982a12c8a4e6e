"""``/find``: search for exact words and phrases."""

from discord import app_commands, ui
from discord.ext import commands

from bot.buttons.phrase_search import found_list
from bot.client import Dateline, Interaction
from bot.errors import Refusal
from bot.language import command_text, translator_for
from bot.services.answering import log_question, question_from_interaction
from bot.services.cooldowns import enforce_cooldown
from bot.services.filters import (
    AutocompletedText,
    DayText,
    TypedFilters,
    article_choices,
    parse_filters,
    publisher_choices,
)
from bot.services.responding import respond
from index.answering.phrase_search import parse_phrases


class FindCog(commands.Cog):
    def __init__(self, bot: Dateline) -> None:
        self.bot = bot

    @app_commands.command(description=command_text("find-description"))
    @app_commands.describe(
        words=command_text("find-words"),
        article=command_text("ask-article"),
        publisher=command_text("ask-publisher"),
        since=command_text("ask-since"),
        until=command_text("ask-until"),
    )
    @app_commands.autocomplete(article=article_choices, publisher=publisher_choices)
    async def find(
        self,
        interaction: Interaction,
        words: app_commands.Range[str, 1, 200],
        article: AutocompletedText | None = None,
        publisher: AutocompletedText | None = None,
        since: DayText | None = None,
        until: DayText | None = None,
    ) -> None:
        typed = TypedFilters(article, publisher, since, until)
        await respond(interaction, self._found(interaction, words, typed), private=True)

    async def _found(
        self, interaction: Interaction, words: str, typed: TypedFilters
    ) -> ui.LayoutView:
        if not await self.bot.executors.run_db(parse_phrases, words):
            raise Refusal("no-words")
        filters = await parse_filters(interaction, typed)
        query = question_from_interaction(interaction, words, kind="find", filters=filters)
        await enforce_cooldown(self.bot, query)
        key = await log_question(self.bot, query)
        return await found_list(self.bot, key, query, translator_for(interaction.locale))


async def setup(bot: Dateline) -> None:
    await bot.add_cog(FindCog(bot))
