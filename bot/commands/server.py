"""``/status`` and ``/help``."""

from discord import app_commands, ui
from discord.ext import commands

from bot.cards import facts_card, text_card
from bot.client import Dateline, Interaction
from bot.responding import respond
from index import Scope
from index.dates import in_words

HELP = """\
**I answer questions about the articles in the library, in the articles’ own words.**

- Mention me, reply to me or write to me directly, and ask: “how many troops?”
- `/ask` does the same; with `private:` only you see the answer.
- Every answer is a quote. Under it stands where it comes from; “Context” shows what is around it.
- If I can’t find something, I say so rather than guess.

`/articles list` shows what I have read, `/articles show` an article, `/status` how much it is.\
"""


class Server(commands.Cog):
    def __init__(self, bot: Dateline) -> None:
        self.bot = bot

    @app_commands.command(description="What this bot does, and how to ask.")
    async def help(self, interaction: Interaction) -> None:
        await interaction.response.send_message(view=text_card(HELP), ephemeral=True)

    @app_commands.command(description="How much the library holds.")
    async def status(self, interaction: Interaction) -> None:
        await respond(interaction, self._status(interaction.guild_id), private=True)

    async def _status(self, guild_id: int | None) -> ui.LayoutView:
        facts = await self.bot.in_thread(self._facts, guild_id)
        return facts_card("The library", facts)

    def _facts(self, guild_id: int | None) -> list[tuple[str, str]]:
        library, scope = self.bot.library, Scope(self.bot.collections(guild_id))
        newest = library.articles(scope, limit=1)
        model = library.model
        return [
            ("Articles", f"{library.count(scope):,}"),
            ("Newest", newest[0].title if newest else "–"),
            ("Published", in_words(newest[0].published) or "–" if newest else "–"),
            ("Model", model.name if model else "–"),
            ("Index generation", f"{library.generation:,}"),
        ]


async def setup(bot: Dateline) -> None:
    await bot.add_cog(Server(bot))
