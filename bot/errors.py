"""What a person is told when something fails: the one place that turns exceptions into words."""

import logging
import secrets
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import aiohttp
import discord
from discord import app_commands

from bot.cards import text_card
from bot.language import Language, speaking
from index.errors import (
    CorrectedError,
    DatelineError,
    ModelMismatchError,
    NotFoundError,
    StoreError,
)

log = logging.getLogger(__name__)


class Refusal(Exception):
    """Something that a person asked for and does not get, told in one sentence.

    Args:
        key: of the sentence in the catalogue.
        values: of its variables.
    """

    def __init__(self, key: str, **values: Any) -> None:
        super().__init__(key)
        self.key = key
        self.values = values


def in_words(error: BaseException, say: Language) -> str:
    """A sentence for a person, who neither caused the error nor can mend it.

    Where the operator has something to look up, it ends in a short reference under which the
    log has the traceback.
    """
    cause = _cause(error)
    match cause:
        case Refusal():
            return say(cause.key, **cause.values)
        case CorrectedError():
            return say("article-corrected")
        case NotFoundError():
            return say("article-gone")
        case app_commands.CheckFailure():
            return str(cause)
    reference = secrets.token_hex(3).upper()
    log.error("[%s] %s", reference, cause, exc_info=cause)
    match cause:
        case ModelMismatchError():
            key = "error-rebuilding"
        case StoreError():
            key = "error-library"
        case DatelineError():
            key = "error-lookup"
        case _:
            key = "error-other"
    return say("error-reference", sentence=say(key), reference=reference)


@asynccontextmanager
async def told(interaction: discord.Interaction[Any]) -> AsyncIterator[None]:
    """Whatever goes wrong within is told to the person who used a command, button or form."""
    try:
        yield
    except Exception as error:
        await tell(interaction, error)


async def tell(
    interaction: discord.Interaction[Any], error: BaseException, *, keep: bool = False
) -> None:
    """Tell the person who used a command or a button what happened.

    Args:
        keep: the message that was being changed stays as it was.
    """
    card = text_card(in_words(error, speaking(interaction.locale)))
    try:
        if not interaction.response.is_done():
            await interaction.response.send_message(view=card, ephemeral=True)
        elif keep:
            await interaction.followup.send(view=card, ephemeral=True)
        else:
            await interaction.edit_original_response(view=card)
    except (discord.HTTPException, OSError, aiohttp.ClientError) as failure:
        log.warning("nobody could be told: %s", failure)


async def reply(message: discord.Message, error: BaseException, say: Language) -> None:
    """Tell the person who wrote a message what happened; in private, if it is a refusal."""
    if isinstance(_cause(error), discord.Forbidden):
        log.warning("answering in channel %s is not permitted", message.channel.id)
        return
    card = text_card(in_words(error, say))
    try:
        if isinstance(error, Refusal):
            await message.author.send(view=card)
        else:
            await message.channel.send(view=card)
    except (discord.HTTPException, OSError, aiohttp.ClientError) as failure:
        log.warning("nobody could be told: %s", failure)


def _cause(error: BaseException) -> BaseException:
    return error.original if isinstance(error, app_commands.CommandInvokeError) else error
