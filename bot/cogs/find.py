"""``/find``: words and phrases as they stand in the articles."""

from discord import app_commands, ui
from discord.ext import commands

from bot import errors
from bot.buttons import FoundButton
from bot.buttons.phrase_search import look_up
from bot.client import Dateline, Interaction
from bot.cogs.ask import Chosen, Day
from bot.errors import Refusal
from bot.language import said, speaking
from bot.services import answering as asking
from bot.services.filters import article_choices, narrow, publisher_choices
from bot.services.responding import respond
from bot.storage import Exchange
from index.answering.phrase_search import parse_phrases


class Find(commands.Cog):
    def __init__(self, bot: Dateline) -> None:
        self.bot = bot

    @app_commands.command(description=said("find-description"))
    @app_commands.describe(
        words=said("find-words"),
        article=said("ask-article"),
        publisher=said("ask-publisher"),
        since=said("ask-since"),
    )
    @app_commands.autocomplete(article=article_choices, publisher=publisher_choices)
    async def find(
        self,
        interaction: Interaction,
        words: app_commands.Range[str, 1, 200],
        article: Chosen | None = None,
        publisher: Chosen | None = None,
        since: Day | None = None,
    ) -> None:
        async with errors.told(interaction):
            if not parse_phrases(words):
                raise Refusal("no-words")
            narrowed = await narrow(interaction, article, publisher, since)
            asked = asking.asked_by(interaction, words, kind="find", **narrowed)
            self.bot.cooldowns.check(asked)
            await respond(interaction, self._card(interaction, asked), private=True)

    async def _card(self, interaction: Interaction, asked: Exchange) -> ui.LayoutView:
        key = await self.bot.quickly(self.bot.memory.exchanges.add, asked)
        return await look_up(self.bot, key, asked, 0, speaking(interaction.locale))


async def setup(bot: Dateline) -> None:
    bot.add_dynamic_items(FoundButton)
    await bot.add_cog(Find(bot))
