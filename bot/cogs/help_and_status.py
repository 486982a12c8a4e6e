"""``/status`` and ``/help``."""

from datetime import timedelta
from importlib.metadata import version

import psutil
from discord import app_commands, ui
from discord.ext import commands

from bot.cards import facts_card, framed_card
from bot.client import Dateline, Interaction
from bot.language import Language, said, speaking
from bot.services.responding import respond
from index import Article, Scope

DAY = timedelta(days=1)


class Server(commands.Cog):
    def __init__(self, bot: Dateline) -> None:
        self.bot = bot

    @app_commands.command(description=said("help-description"))
    async def help(self, interaction: Interaction) -> None:
        say, mention = speaking(interaction.locale), self.bot.mention
        text = say(
            "help",
            ask=mention("ask"),
            find=mention("find"),
            list=mention("articles list"),
            show=mention("articles show"),
            status=mention("status"),
            add=mention("articles add"),
            remove=mention("articles remove"),
            export=mention("articles export"),
            failed=mention("articles failed"),
            feeds=mention("feeds add"),
            feeds_list=mention("feeds list"),
            feeds_announce=mention("feeds announce"),
            feeds_check=mention("feeds check"),
            feeds_remove=mention("feeds remove"),
            settings=mention("settings show"),
        )
        await interaction.response.send_message(view=framed_card(text), ephemeral=True)

    @app_commands.command(description=said("status-description"))
    async def status(self, interaction: Interaction) -> None:
        await respond(interaction, self._status(interaction), private=True)

    async def _status(self, interaction: Interaction) -> ui.LayoutView:
        is_operator = await self.bot.is_owner(interaction.user)
        facts = await self.bot.quickly(self._facts, interaction, is_operator)
        return facts_card(speaking(interaction.locale)("status-heading"), facts)

    def _facts(self, interaction: Interaction, is_operator: bool) -> list[tuple[str, str]]:
        say, library = speaking(interaction.locale), self.bot.library
        scope = Scope(self.bot.collections(interaction.guild_id))
        newest = [self._named(article, say) for article in library.articles(scope, limit=1)]
        changed = library.last_change(scope)
        model, nothing = library.model, say("nothing")
        usage = self.bot.memory.exchanges.usage(
            interaction.guild_id, interaction.user.id, interaction.created_at - DAY
        )
        median = nothing if usage.median_ms is None else f"{usage.median_ms:.0f} ms"
        helpful = nothing if usage.helpful is None else f"{usage.helpful:.0%}"
        facts = {
            "status-articles": f"{library.count(scope):,}",
            "status-newest": "".join(newest) or nothing,
            "status-waiting": self._waiting(interaction, is_operator, say),
            "status-last-added": f"{say.day(changed)} UTC" if changed else nothing,
            "status-model": model.name if model else nothing,
            "status-questions": f"{usage.questions:,}",
            "status-median": median,
            "status-helpful": helpful,
        }
        if is_operator:
            memory = psutil.Process().memory_info().rss / (1 << 20)
            facts["status-generation"] = f"{library.generation:,}"  # it counts all servers' changes
            facts |= {"status-memory": f"{memory:,.0f} MiB", "status-version": version("dateline")}
        if not self.bot.intents.message_content:
            facts["status-unseen"] = say("unseen-messages")
        return [(say(name), value) for name, value in facts.items()]

    def _waiting(self, interaction: Interaction, is_operator: bool, say: Language) -> str:
        """How many articles are on their way and, for who may look at them, how many were set
        aside."""
        collections = self.bot.collections(interaction.guild_id)
        waiting, failed = self.bot.memory.arrivals.count(collections)
        if self.bot.mirror is not None:
            waiting += self.bot.mirror.left
        if not failed or not (is_operator or interaction.permissions.manage_guild):
            return f"{waiting:,}"
        return say("status-waiting-failed", waiting=waiting, failed=failed)

    def _named(self, article: Article, say: Language) -> str:
        published = say.day(article.published)
        return f"{article.title} ({published})" if published else article.title


async def setup(bot: Dateline) -> None:
    await bot.add_cog(Server(bot))
