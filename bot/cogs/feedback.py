"""``/feedback``: questions without a good answer, for the operator."""

import csv
import io

import discord
from discord import app_commands, ui
from discord.ext import commands

from bot.cards import text_card
from bot.client import Dateline, Interaction
from bot.errors import Refusal
from bot.language import command_text, translator_for
from bot.storage import LoggedQuestion

COLUMNS = ("asked_at", "server", "question", "found", "confidence", "helpful", "not_helpful")
FORMULA_PREFIXES = ("=", "+", "-", "@", "\t", "\r")
"""How a cell begins that a spreadsheet would evaluate."""


@app_commands.default_permissions(administrator=True)
class FeedbackCog(
    commands.GroupCog, group_name="feedback", group_description=command_text("feedback-description")
):
    def __init__(self, bot: Dateline) -> None:
        self.bot = bot

    @app_commands.command(description=command_text("feedback-export-description"))
    async def export(self, interaction: Interaction) -> None:
        await interaction.response.defer(ephemeral=True, thinking=True)
        if not await self.bot.is_owner(interaction.user):
            raise Refusal("not-the-operator")
        table, count = await self.bot.executors.run_db(self._table, interaction.filesize_limit)
        if not count:
            raise Refusal("feedback-empty")
        file = discord.File(io.BytesIO(table), "feedback.csv")
        card = text_card(translator_for(interaction.locale)("feedback-done", count=count))
        card.add_item(ui.File(file))
        await interaction.edit_original_response(view=card, attachments=[file])

    def _table(self, limit: int) -> tuple[bytes, int]:
        """The table, with at most ``limit`` bytes, and the number of questions in it."""
        found = self.bot.storage.question_log.unsuccessful()
        while len(table := _table(found).encode("utf-8-sig")) > limit:
            found = found[: len(found) // 2]
        return table, len(found)


def _table(rows: list[tuple[LoggedQuestion, int, int]]) -> str:
    out = io.StringIO()
    table = csv.writer(out)
    table.writerow(COLUMNS)
    for question, helpful, not_helpful in rows:
        text = question.text
        if text.startswith(FORMULA_PREFIXES):
            text = f"'{text}"
        asked_at = question.asked_at.isoformat(timespec="seconds")
        found = "yes" if question.found else "no"
        guild_id = question.guild_id or ""
        confidence = f"{question.confidence:.2f}"
        table.writerow([asked_at, guild_id, text, found, confidence, helpful, not_helpful])
    return out.getvalue()


async def setup(bot: Dateline) -> None:
    await bot.add_cog(FeedbackCog(bot))
