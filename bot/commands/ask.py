"""Questions: mentions, replies, direct messages and ``/ask``."""

import re

import discord
from discord import app_commands
from discord.ext import commands

from bot import errors
from bot.buttons import ContextButton, NearestButton
from bot.cards import answer_card, text_card
from bot.client import Dateline, Interaction
from bot.responding import respond

PASSAGES = 3
CUSTOM_EMOJI = re.compile(r"<a?:\w+:\d+>")

HINT = (
    "Ask me about the articles in the library, in a sentence of your own: for example"
    " “how many troops?”."
)


class Ask(commands.Cog):
    def __init__(self, bot: Dateline) -> None:
        self.bot = bot

    @app_commands.command(description="Ask a question; the articles answer in their own words.")
    @app_commands.describe(question="What do you want to know?", private="Only you see the answer.")
    async def ask(
        self,
        interaction: Interaction,
        question: app_commands.Range[str, 1, 2000],
        private: bool = False,
    ) -> None:
        await respond(interaction, self.answer(question, interaction.guild_id), private=private)

    @commands.Cog.listener()
    async def on_message(self, message: discord.Message) -> None:
        question = self.question_in(message)
        if question is None:
            return
        with self.bot.in_hand():
            try:
                async with message.channel.typing():
                    card = await self.answer(question, message.guild.id if message.guild else None)
                await message.channel.send(
                    view=card,
                    reference=message.to_reference(fail_if_not_exists=False),
                    mention_author=False,
                )
            except Exception as error:
                await errors.reply(message, error)

    def question_in(self, message: discord.Message) -> str | None:
        """What a message asks of the bot; None if it is not meant for it."""
        me = self.bot.user
        if message.author.bot or me is None:
            return None
        if message.type not in (discord.MessageType.default, discord.MessageType.reply):
            return None
        answered = message.reference.resolved if message.reference else None
        meant = (
            message.guild is None
            or me in message.mentions
            or (isinstance(answered, discord.Message) and answered.author == me)
            or message.channel.id in self.bot.ask_channels
        )
        # Where the name was typed rather than chosen, it is no mention but means the same.
        named = rf"<@!?{me.id}>|^\s*@{re.escape(me.name)}\b"
        return re.sub(named, " ", message.content, flags=re.I).strip() if meant else None

    async def answer(self, question: str, guild_id: int | None) -> discord.ui.LayoutView:
        """The card that answers a question from what can be read in a server."""
        if not any(c.isalnum() for c in CUSTOM_EMOJI.sub("", question)):
            return text_card(HINT)
        answer = await self.bot.in_thread(
            self.bot.library.ask, question, self.bot.collections(guild_id), PASSAGES
        )
        return answer_card(answer, ContextButton.beside, NearestButton.below)


async def setup(bot: Dateline) -> None:
    bot.add_dynamic_items(ContextButton, NearestButton)
    await bot.add_cog(Ask(bot))
