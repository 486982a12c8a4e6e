"""``/timeline``: what the articles say about something, oldest to newest."""

from discord import app_commands, ui
from discord.ext import commands

from bot.buttons.timeline import timeline_view
from bot.client import Dateline, Interaction
from bot.language import command_text, translator_for
from bot.services.answering import log_question, question_from_interaction
from bot.services.cooldowns import enforce_cooldown
from bot.services.filters import (
    AutocompletedText,
    DayText,
    TypedFilters,
    parse_filters,
    publisher_choices,
)
from bot.services.responding import respond
from bot.services.timelines import as_logged, find_timeline

About = app_commands.Range[str, 1, 300]


class TimelineCog(commands.Cog):
    def __init__(self, bot: Dateline) -> None:
        self.bot = bot

    @app_commands.command(description=command_text("timeline-description"))
    @app_commands.describe(
        about=command_text("timeline-about"),
        publisher=command_text("ask-publisher"),
        since=command_text("ask-since"),
        until=command_text("ask-until"),
        private=command_text("timeline-private"),
    )
    @app_commands.autocomplete(publisher=publisher_choices)
    async def timeline(
        self,
        interaction: Interaction,
        about: About,
        publisher: AutocompletedText | None = None,
        since: DayText | None = None,
        until: DayText | None = None,
        private: bool = False,
    ) -> None:
        typed = TypedFilters(None, publisher, since, until)
        card = self._timeline(interaction, about, typed, private=private)
        await respond(interaction, card, private=private)

    async def _timeline(
        self, interaction: Interaction, about: str, typed: TypedFilters, *, private: bool
    ) -> ui.LayoutView:
        filters = await parse_filters(interaction, typed)
        question = question_from_interaction(
            interaction, about, kind="timeline", filters=filters, private=private
        )
        await enforce_cooldown(self.bot, question)
        timeline = await find_timeline(self.bot, question)
        key = await log_question(self.bot, as_logged(question, timeline))
        return await timeline_view(timeline, key, question, translator_for(interaction.locale))


async def setup(bot: Dateline) -> None:
    await bot.add_cog(TimelineCog(bot))
