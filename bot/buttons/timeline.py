"""Timelines with their buttons."""

from dataclasses import replace
from functools import partial
from typing import Any

from discord import Interaction, ui

from bot.buttons.pagination import page_buttons, paginated
from bot.buttons.passages import ContextButton
from bot.cards.timeline import timeline_card
from bot.client import Dateline
from bot.errors import Refusal
from bot.language import Translator, translator_for
from bot.services.answering import get_question, scope_of
from bot.services.cooldowns import enforce_cooldown
from bot.services.timelines import draw_timeline, find_timeline
from bot.storage import LoggedQuestion
from index import Timeline


async def timeline_view(
    timeline: Timeline, key: int, question: LoggedQuestion, localize: Translator, page: int = 0
) -> ui.LayoutView:
    """A page (from 0) of a timeline with its buttons.

    Args:
        key: of the question in the question log.
    """
    picture = await draw_timeline(timeline, localize) if page <= 0 else None
    context_button = partial(ContextButton.beside, localize=localize)
    return timeline_card(
        timeline,
        page,
        scope_of(question),
        picture,
        context_button,
        page_buttons("timeline", key),
        localize,
    )


@paginated("timeline")
async def timeline_page(interaction: Interaction[Any], page: int, key: int) -> ui.LayoutView:
    """A page of a timeline, for the user who asked for it.

    Raises:
        Refusal: the user did not ask for it or exceeds the cooldown, or it was purged.
    """
    bot: Dateline = interaction.client
    question = await get_question(interaction, key)
    if question.user_id != interaction.user.id:
        raise Refusal("timeline-not-yours", timeline=bot.mention("timeline"))
    # Searching again counts against the limit.
    await enforce_cooldown(bot, replace(question, asked_at=interaction.created_at))
    timeline = await find_timeline(bot, question)
    return await timeline_view(timeline, key, question, translator_for(interaction.locale), page)
