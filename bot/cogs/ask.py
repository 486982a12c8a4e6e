"""``/ask``, and "Ask the library about this" on a message."""

import logging

import discord
from discord import app_commands, ui
from discord.ext import commands

from bot.buttons.answers import answered_card
from bot.cards.answers import thread_opener_card
from bot.client import Dateline, Interaction
from bot.errors import DISCORD_ERRORS
from bot.language import command_text, translator_for
from bot.services import threads
from bot.services.answering import (
    MAX_QUESTION_LENGTH,
    AnsweredQuestion,
    answer_question,
    log_answer_message,
    question_from_interaction,
)
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

Question = app_commands.Range[str, 1, MAX_QUESTION_LENGTH]

log = logging.getLogger(__name__)


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
        await self._answer(interaction, question, typed, private=private)

    async def ask_about(self, interaction: Interaction, message: discord.Message) -> None:
        """The message is the question; only the user sees the answer."""
        text = message.content[:MAX_QUESTION_LENGTH]
        await self._answer(interaction, text, TypedFilters(), private=True)

    async def _answer(
        self, interaction: Interaction, text: str, typed: TypedFilters, *, private: bool
    ) -> None:
        localize = translator_for(interaction.locale)
        answered: AnsweredQuestion | None = None
        in_thread = False

        async def card() -> ui.LayoutView:
            nonlocal answered, in_thread
            filters = await parse_filters(interaction, typed)
            question = question_from_interaction(
                interaction, text, filters=filters, private=private
            )
            await enforce_cooldown(self.bot, question)
            answered = await answer_question(self.bot, question)
            in_thread = (
                not private
                and answered.answer is not None
                and await threads.should_create(
                    self.bot, interaction.channel, interaction.app_permissions
                )
            )
            if in_thread:
                return thread_opener_card(text, localize)
            return answered_card(answered, localize)

        message: discord.Message = await respond(interaction, card(), private=private)
        assert answered is not None
        if in_thread:
            answer = answered_card(answered, localize)
            message = await self._post_in_thread(message, text, answer)
        await log_answer_message(self.bot, answered, message)

    async def _post_in_thread(
        self, message: discord.Message, name: str, card: ui.LayoutView
    ) -> discord.Message:
        """Post an answer in a new thread at a message or, if that fails, in the message itself."""
        thread = await threads.create(message, name)
        if thread is not None:
            try:
                return await thread.send(view=card)
            except DISCORD_ERRORS as error:
                log.warning("the thread took no answer: %s", error)
        return await message.edit(view=card)


async def setup(bot: Dateline) -> None:
    await bot.add_cog(AskCog(bot))
