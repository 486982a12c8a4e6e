"""The history of a server's articles and feeds with its page buttons."""

from typing import Any

from discord import Interaction, ui

from bot.buttons.pagination import page_buttons, paginated
from bot.cards import history_card
from bot.cards.edit_history import HISTORY_PAGE_SIZE
from bot.cards.layout import clamp_page
from bot.client import Dateline
from bot.language import translator_for
from bot.services.permissions import require_editor
from bot.storage import Edit


@paginated("history")
async def history_page(interaction: Interaction[Any], page: int = 0, key: int = 0) -> ui.LayoutView:
    """A page of what editors did.

    Args:
        key: of an edit, to whose article the history is narrowed; 0: everything.

    Raises:
        Refusal: the user is not an editor.
    """
    bot: Dateline = interaction.client
    guild_id, log = await require_editor(interaction), bot.storage.edit_log

    def look_up() -> tuple[list[Edit], int, int]:
        edit = log.get(guild_id, key) if key else None
        article = edit.article_id if edit else None
        total = log.count(guild_id, article)
        shown = clamp_page(page, total, HISTORY_PAGE_SIZE)
        offset = shown * HISTORY_PAGE_SIZE
        return log.page(guild_id, article, HISTORY_PAGE_SIZE, offset), shown, total

    edits, shown, total = await bot.executors.run_db(look_up)
    localize = translator_for(interaction.locale)
    return history_card(edits, shown, total, page_buttons("history", key), localize)
