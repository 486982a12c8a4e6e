"""``/ask``, and "Ask the library about this" on a message."""

import discord
from discord import app_commands
from discord.ext import commands

from bot.buttons.asking import ask
from bot.client import Dateline, Interaction
from bot.language import command_text
from bot.services.answering import MAX_QUESTION_LENGTH
from bot.services.filters import (
    AutocompletedText,
    DayText,
    TypedFilters,
    article_choices,
    publisher_choices,
)

Question = app_commands.Range[str, 1, MAX_QUESTION_LENGTH]


class AskCog(commands.Cog):
    def __init__(self, bot: Dateline) -> None:
        self.bot = bot
        self.menu = app_commands.ContextMenu(
            name="Ask the library about this", callback=self.ask_about
        )

    async def cog_load(self) -> None:
        self.bot.tree.add_command(self.menu)

    async def cog_unload(self) -> None:
        self.bot.tree.remove_command(self.menu.name, type=self.menu.type)

    @app_commands.command(description=command_text("ask-description"))
    @app_commands.describe(
        question=command_text("ask-question"),
        article=command_text("ask-article"),
        publisher=command_text("ask-publisher"),
        since=command_text("ask-since"),
        until=command_text("ask-until"),
        private=command_text("ask-private"),
    )
    @app_commands.autocomplete(article=article_choices, publisher=publisher_choices)
    async def ask(
        self,
        interaction: Interaction,
        question: Question,
        article: AutocompletedText | None = None,
        publisher: AutocompletedText | None = None,
        since: DayText | None = None,
        until: DayText | None = None,
        private: bool = False,
    ) -> None:
        typed = TypedFilters(article, publisher, since, until)
        await ask(interaction, question, typed, private=private)

    async def ask_about(self, interaction: Interaction, message: discord.Message) -> None:
        """The message is the question; only the user sees the answer."""
        text = message.content[:MAX_QUESTION_LENGTH]
        await ask(interaction, text, private=True)


async def setup(bot: Dateline) -> None:
    await bot.add_cog(AskCog(bot))
