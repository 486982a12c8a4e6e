"""Reporting errors to users, in their language."""

import logging
import secrets
from typing import Any

import aiohttp
import discord
from discord import InteractionResponseType, app_commands

from bot.cards import text_card
from bot.language import Translator, translator_for
from index.errors import (
    CorrectedError,
    DamagedArticleError,
    DatelineError,
    ModelMismatchError,
    NotFoundError,
    StoreError,
)

MESSAGE_RESPONSES = (
    InteractionResponseType.channel_message,
    InteractionResponseType.deferred_channel_message,
)
"""Types of responses that create a message, which an error message may replace."""

IS_PUBLIC = "is public"
"""The key in ``Interaction.extras`` for whether everybody sees the deferred response."""

DISCORD_ERRORS = (discord.DiscordException, aiohttp.ClientError, OSError)
"""What a request to Discord raises: its refusals, and failures on the way to it."""

log = logging.getLogger(__name__)


class Refusal(Exception):
    """A request that is refused, with a reason for the user.

    Args:
        key: the key of the reason in the translations.
        values: the values of its variables.
    """

    def __init__(self, key: str, **values: Any) -> None:
        super().__init__(key)
        self.key = key
        self.values = values


def describe_error(error: BaseException, localize: Translator) -> str:
    """A sentence that explains an error to a user.

    An unexpected error is also logged with its traceback, under a short reference that the
    sentence mentions. An outage of Discord is logged in one line.
    """
    cause = _cause(error)
    if is_outage(cause):
        log.warning("Discord did not take an answer: %r", cause)
        return localize("error-discord")
    match cause:
        case Refusal():
            return localize(cause.key, **cause.values)
        case CorrectedError():
            return localize("article-corrected")
        case NotFoundError():
            return localize("article-gone")
        case DamagedArticleError():  # which is in the log
            return localize("article-damaged")
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
    return localize("error-reference", sentence=localize(key), reference=reference)


async def report(
    target: discord.Interaction[Any] | discord.Message,
    error: BaseException,
    localize: Translator | None = None,
) -> None:
    """Report an error to the user whose command, button, form or message caused it.

    If what was to be answered is gone (deleted, or no longer waiting), nobody is told.

    Args:
        localize: the translator for the author of a message; an interaction has its own locale.
    """
    cause = _cause(error)
    if isinstance(cause, discord.NotFound):
        log.warning("what was to be answered is gone: %s", cause)
        return
    try:
        if isinstance(target, discord.Message):
            await _report_to_author(target, error, localize or translator_for(None))
        else:
            await _report_to_user(target, error)
    except DISCORD_ERRORS as failure:
        log.warning("an error could not be reported to the user: %r", failure)


async def _report_to_user(interaction: discord.Interaction[Any], error: BaseException) -> None:
    card = text_card(describe_error(error, translator_for(interaction.locale)))
    response = interaction.response
    if not response.is_done():
        await response.send_message(view=card, ephemeral=True)
    elif isinstance(_cause(error), Refusal) and interaction.extras.get(IS_PUBLIC):
        await _replace_by_private(interaction, card)
    elif response.type in MESSAGE_RESPONSES:
        await interaction.edit_original_response(view=card)
    else:  # the message with the pressed button is not replaced
        await interaction.followup.send(view=card, ephemeral=True)


async def _replace_by_private(
    interaction: discord.Interaction[Any], card: discord.ui.LayoutView
) -> None:
    """Say something in private after a public deferred response, which cannot become private."""
    # While a response is deferred, a follow-up message would take its place, and be public, too.
    await interaction.edit_original_response(view=text_card("…"))
    await interaction.followup.send(view=card, ephemeral=True)
    await interaction.delete_original_response()


async def _report_to_author(
    message: discord.Message, error: BaseException, localize: Translator
) -> None:
    """Report to the channel, or a refusal to the author in a direct message."""
    card = text_card(describe_error(error, localize))
    if isinstance(error, Refusal):
        await message.author.send(view=card)
    else:
        await message.channel.send(view=card)


def is_outage(error: BaseException) -> bool:
    """Whether Discord, or the way to it, fails at present, so that the same may succeed later."""
    if isinstance(error, discord.HTTPException):
        return error.status >= 500 or error.status == 429
    return isinstance(
        error, aiohttp.ClientError | ConnectionError | TimeoutError | discord.RateLimited
    )


def _cause(error: BaseException) -> BaseException:
    return error.original if isinstance(error, app_commands.CommandInvokeError) else error
