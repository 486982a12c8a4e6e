"""Answers a question that is asked with a command or a button."""

import logging
from typing import Any

import discord
from discord import Interaction, ui

from bot.buttons.answers import answered_card
from bot.cards.answers import thread_opener_card
from bot.client import Dateline
from bot.errors import DISCORD_ERRORS
from bot.language import translator_for
from bot.services import threads
from bot.services.answering import (
    AnsweredQuestion,
    answer_question,
    log_answer_message,
    question_from_interaction,
)
from bot.services.cooldowns import enforce_cooldown
from bot.services.filters import TypedFilters, parse_filters
from bot.services.responding import respond

NO_TYPED_FILTERS = TypedFilters()

log = logging.getLogger(__name__)


async def ask(
    interaction: Interaction[Any],
    text: str,
    typed: TypedFilters = NO_TYPED_FILTERS,
    *,
    private: bool,
) -> None:
    """Respond to an interaction with the answer to a question, in a thread where the server wants
    that. Raises: Refusal, if a filter cannot be read or the cooldown is exceeded."""
    bot: Dateline = interaction.client
    localize = translator_for(interaction.locale)
    answered: AnsweredQuestion | None = None
    in_thread = False

    async def card() -> ui.LayoutView:
        nonlocal answered, in_thread
        filters = await parse_filters(interaction, typed)
        question = question_from_interaction(interaction, text, filters=filters, private=private)
        await enforce_cooldown(bot, question)
        answered = await answer_question(bot, question)
        in_thread = (
            not private
            and answered.answer is not None
            and await threads.should_create(bot, interaction.channel, interaction.app_permissions)
        )
        if in_thread:
            return thread_opener_card(text, localize)
        return answered_card(answered, localize)

    message: discord.Message = await respond(interaction, card(), private=private)
    assert answered is not None
    if in_thread:
        answer = answered_card(answered, localize)
        message = await _post_in_thread(message, text, answer)
    await log_answer_message(bot, answered, message)


async def _post_in_thread(
    message: discord.Message, name: str, card: ui.LayoutView
) -> discord.Message:
    """Post an answer in a new thread at a message or, if that fails, in the message itself."""
    thread = await threads.create(message, name)
    if thread is not None:
        try:
            return await thread.send(view=card)
        except DISCORD_ERRORS as error:
            log.warning("the thread took no answer: %s", error)
    return await message.edit(view=card)
