"""``/ask``, and "Ask the library about this" on a message."""

from typing import Any

import discord
from discord import app_commands, ui
from discord.ext import commands

from bot import errors
from bot.buttons import ContextButton, MoreButton, NearestButton, PrivateButton, VoteButton
from bot.buttons.answers import answer
from bot.cards.answers import asked_in_thread
from bot.client import Dateline, Interaction
from bot.language import said, speaking
from bot.services import answering as asking
from bot.services import threads
from bot.services.filters import article_choices, narrow, publisher_choices
from bot.services.responding import respond
from bot.storage import Exchange

QUESTION = 2000

Question = app_commands.Range[str, 1, QUESTION]
Chosen = app_commands.Range[str, 1, 200]
Day = app_commands.Range[str, 1, 60]


class Ask(commands.Cog):
    def __init__(self, bot: Dateline) -> None:
        self.bot = bot
        self.menu = app_commands.ContextMenu(
            name="Ask the library about this", callback=self.ask_about
        )

    async def cog_load(self) -> None:
        self.bot.tree.add_command(self.menu)

    async def cog_unload(self) -> None:
        self.bot.tree.remove_command(self.menu.name, type=self.menu.type)

    @app_commands.command(description=said("ask-description"))
    @app_commands.describe(
        question=said("ask-question"),
        article=said("ask-article"),
        publisher=said("ask-publisher"),
        since=said("ask-since"),
        private=said("ask-private"),
    )
    @app_commands.autocomplete(article=article_choices, publisher=publisher_choices)
    async def ask(
        self,
        interaction: Interaction,
        question: Question,
        article: Chosen | None = None,
        publisher: Chosen | None = None,
        since: Day | None = None,
        private: bool = False,
    ) -> None:
        async with errors.told(interaction):
            narrowed = await narrow(interaction, article, publisher, since)
            asked = asking.asked_by(interaction, question, private=private, **narrowed)
            await self._answer(interaction, asked, private=private)

    async def ask_about(self, interaction: Interaction, message: discord.Message) -> None:
        """What the message says is the question; only who asks sees the answer."""
        async with errors.told(interaction):
            asked = asking.asked_by(interaction, message.content[:QUESTION], private=True)
            await self._answer(interaction, asked, private=True)

    async def _answer(
        self, interaction: discord.Interaction[Any], asked: Exchange, *, private: bool
    ) -> None:
        self.bot.cooldowns.check(asked)
        say = speaking(interaction.locale)
        key: int | None = None
        in_thread: ui.LayoutView | None = None

        async def card() -> ui.LayoutView:
            nonlocal key, in_thread
            key, made = await answer(self.bot, asked, say)
            if private or not asking.holds_words(asked.question):
                return made
            permissions = interaction.app_permissions
            if not await threads.wanted(self.bot, interaction.channel, permissions):
                return made
            in_thread = made
            return asked_in_thread(asked.question, say)

        message: discord.Message | None = await respond(interaction, card(), private=private)
        if message is None or key is None:
            return
        if in_thread is not None:
            message = await self._in_thread(message, asked.question, in_thread)
        await asking.answered(self.bot, key, message, asked)

    async def _in_thread(
        self, message: discord.Message, question: str, card: ui.LayoutView
    ) -> discord.Message:
        """Post an answer into a thread at a message or, where that fails, in its place."""
        thread = await threads.open_at(message, question)
        if thread is not None:
            try:
                return await thread.send(view=card)
            except discord.HTTPException as error:
                errors.log.warning("the thread took no answer: %s", error)
        return await message.edit(view=card)


async def setup(bot: Dateline) -> None:
    bot.add_dynamic_items(ContextButton, NearestButton, MoreButton, VoteButton, PrivateButton)
    await bot.add_cog(Ask(bot))
