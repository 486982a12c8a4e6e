"""How every command and button answers: at once, and with a sentence if it fails."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from discord import Interaction

from bot import errors
from bot.client import Dateline


@asynccontextmanager
async def responding(
    interaction: Interaction[Any], *, private: bool, update: bool = False
) -> AsyncIterator[None]:
    """Defer at once, so that Discord's three seconds hold whatever follows in the block.

    The block then edits the original response. What it raises is told to the person; shutting
    down waits for it.

    Args:
        private: only who asked sees the response.
        update: the response replaces the message whose button was pressed.
    """
    bot: Dateline = interaction.client
    with bot.in_hand():
        try:
            await interaction.response.defer(ephemeral=private, thinking=not update)
            yield
        except Exception as error:
            await errors.tell(interaction, error)
