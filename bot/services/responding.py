"""Responds to interactions with cards that take longer than Discord's limit of 3 seconds."""

from collections.abc import Coroutine
from typing import Any

import discord
from discord import Interaction, ui

from bot import errors
from bot.cards.layout import IllustratedCard
from bot.client import Dateline
from bot.services.delivery import deliver


async def respond(
    interaction: Interaction[Any],
    card: Coroutine[Any, Any, ui.LayoutView],
    *,
    private: bool,
    update: bool = False,
) -> discord.InteractionMessage:
    """Respond to an interaction with a card; returns the message.

    The response is deferred at once, so that Discord's limit of three seconds is kept whatever
    ``card`` does. Shutting down waits for it.

    Args:
        private: only the user sees the card.
        update: the card replaces the message whose button was pressed.

    Raises:
        as ``card``.
    """
    bot: Dateline = interaction.client
    with bot.in_flight():
        try:
            await interaction.response.defer(ephemeral=private, thinking=not update)
            interaction.extras[errors.IS_PUBLIC] = not (private or update)
            view = await card
            return await deliver(lambda: _edit_response(interaction, view))
        finally:
            card.close()  # where deferring failed, it was never started


async def _edit_response(
    interaction: Interaction[Any], view: ui.LayoutView
) -> discord.InteractionMessage:
    if isinstance(view, IllustratedCard):
        files = view.attachments()  # anew in each attempt, because sending one uses it up
        return await interaction.edit_original_response(view=view, attachments=files)
    return await interaction.edit_original_response(view=view)
