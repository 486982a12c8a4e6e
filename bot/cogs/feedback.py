"""``/feedback``: what people asked in vain, for the operator."""

import csv
import io

import discord
from discord import app_commands, ui
from discord.ext import commands

from bot import errors
from bot.cards import text_card
from bot.client import Dateline, Interaction
from bot.errors import Refusal
from bot.language import said, speaking
from bot.storage import Exchange

COLUMNS = ("asked_at", "server", "question", "found", "confidence", "helpful", "not_helpful")
FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""How a cell begins that a spreadsheet would compute."""


@app_commands.default_permissions(administrator=True)
class Feedback(
    commands.GroupCog, group_name="feedback", group_description=said("feedback-description")
):
    def __init__(self, bot: Dateline) -> None:
        self.bot = bot

    @app_commands.command(description=said("feedback-export-description"))
    async def export(self, interaction: Interaction) -> None:
        async with errors.told(interaction):
            if not await self.bot.is_owner(interaction.user):
                raise Refusal("not-the-operator")
            await interaction.response.defer(ephemeral=True, thinking=True)
            found = await self.bot.quickly(self.bot.memory.exchanges.in_vain)
            if not found:
                raise Refusal("feedback-empty")
            while len(table := _table(found).encode("utf-8-sig")) > interaction.filesize_limit:
                found = found[: len(found) // 2]
            file = discord.File(io.BytesIO(table), "feedback.csv")
            card = text_card(speaking(interaction.locale)("feedback-done", count=len(found)))
            card.add_item(ui.File(file))
            await interaction.edit_original_response(view=card, attachments=[file])


def _table(rows: list[tuple[Exchange, int, int]]) -> str:
    out = io.StringIO()
    table = csv.writer(out)
    table.writerow(COLUMNS)
    for asked, helpful, not_helpful in rows:
        question = asked.question
        if question.startswith(FORMULA):
            question = f"'{question}"
        moment = asked.asked_at.isoformat(timespec="seconds")
        found = "yes" if asked.found else "no"
        where = asked.server or ""
        sure = f"{asked.confidence:.2f}"
        table.writerow([moment, where, question, found, sure, helpful, not_helpful])
    return out.getvalue()


async def setup(bot: Dateline) -> None:
    await bot.add_cog(Feedback(bot))
