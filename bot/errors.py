"""What a person is told when something fails: the one place that turns exceptions into words."""

import logging
import secrets
from typing import Any

import discord
from discord import app_commands

from bot.cards import text_card
from index.errors import DatelineError, ModelMismatchError, NotFoundError, StoreError

log = logging.getLogger(__name__)


def in_words(error: BaseException) -> str:
    """A sentence for a person, who neither caused the error nor can mend it.

    Where the operator has something to look up, it ends in a short reference under which the
    log has the traceback.
    """
    cause = _cause(error)
    if isinstance(cause, NotFoundError | app_commands.CheckFailure):
        return str(cause)
    reference = secrets.token_hex(3).upper()
    log.error("[%s] %s", reference, cause, exc_info=cause)
    match cause:
        case ModelMismatchError():
            sentence = "The library is being rebuilt, and I need to be restarted after that."
        case StoreError():
            sentence = "I can’t read the library at the moment."
        case DatelineError():
            sentence = "I can’t look that up at the moment."
        case _:
            sentence = "Something went wrong on my side."
    return f"{sentence} Please try again later; my operator finds this under {reference}."


async def tell(interaction: discord.Interaction[Any], error: BaseException) -> None:
    """Tell the person who used a command or a button what happened."""
    card = text_card(in_words(error))
    try:
        if interaction.response.is_done():
            await interaction.edit_original_response(view=card)
        else:
            await interaction.response.send_message(view=card, ephemeral=True)
    except discord.HTTPException as failure:
        log.warning("nobody could be told: %s", failure)


async def reply(message: discord.Message, error: BaseException) -> None:
    """Tell the person who wrote a message what happened."""
    if isinstance(_cause(error), discord.Forbidden):
        log.warning("answering in channel %s is not permitted", message.channel.id)
        return
    try:
        await message.channel.send(view=text_card(in_words(error)))
    except discord.HTTPException as failure:
        log.warning("nobody could be told: %s", failure)


def _cause(error: BaseException) -> BaseException:
    return error.original if isinstance(error, app_commands.CommandInvokeError) else error
