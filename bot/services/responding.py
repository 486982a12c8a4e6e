"""How every command and button answers: at once, and with a sentence if it fails."""

from collections.abc import Coroutine
from typing import Any

import discord
from discord import Interaction, ui

from bot import errors
from bot.client import Dateline


async def respond(
    interaction: Interaction[Any],
    card: Coroutine[Any, Any, ui.LayoutView],
    *,
    private: bool,
    update: bool = False,
) -> discord.InteractionMessage | None:
    """Answer an interaction with a card that takes its time to make; returns the message.

    It is deferred at once, so that Discord's three seconds hold whatever ``card`` does; what
    that raises is told to the person, and None returned. Shutting down waits for it.

    Args:
        private: only who asked sees the card.
        update: the card replaces the message whose button was pressed.
    """
    bot: Dateline = interaction.client
    with bot.in_hand():
        try:
            await interaction.response.defer(ephemeral=private, thinking=not update)
            return await interaction.edit_original_response(view=await card)
        except Exception as error:
            await errors.tell(interaction, error, keep=update)
            return None
        finally:
            card.close()  # where deferring failed, it was never begun
