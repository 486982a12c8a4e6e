"""The results of ``/find``, with their buttons."""

from functools import partial
from typing import Any

from discord import Interaction, ui

from bot.buttons.pagination import page_buttons, paginated
from bot.buttons.passages import ContextButton
from bot.cards import lookup_card, text_card
from bot.cards.answers import FOUND_PAGE_SIZE, filters_line
from bot.cards.layout import clamp_page
from bot.client import Dateline
from bot.language import Translator, translator_for
from bot.markdown import bold
from bot.services.answering import get_question, scope_of
from bot.storage import LoggedQuestion
from index import Lookup

WORDS_LIMIT = 200


@paginated("found")
async def found_page(interaction: Interaction[Any], page: int, key: int) -> ui.LayoutView:
    """A page of the results of the phrase search logged under a key."""
    query = await get_question(interaction, key)
    return await found_list(
        interaction.client, key, query, translator_for(interaction.locale), max(0, page)
    )


async def found_list(
    bot: Dateline, key: int, query: LoggedQuestion, localize: Translator, page: int = 0
) -> ui.LayoutView:
    """A page of the results of a phrase search.

    Args:
        key: of the query in the question log.
        page: from 0; where there are fewer, the last one is shown.
    """
    scope = scope_of(query)

    def find(page: int) -> Lookup:
        return bot.library.find(query.text, scope, FOUND_PAGE_SIZE, page * FOUND_PAGE_SIZE)

    found = await bot.executors.run_db(find, page)
    if not found.total:
        words = bold(query.text, WORDS_LIMIT)
        nothing = localize("found-no-words", words=words, ask=bot.mention("ask"))
        return text_card(nothing + filters_line(scope, localize))
    last = clamp_page(page, found.total, FOUND_PAGE_SIZE)
    if page > last:
        page, found = last, await bot.executors.run_db(find, last)
    context_button = partial(ContextButton.beside, localize=localize)
    return lookup_card(
        query.text, found, page, context_button, page_buttons("found", key), localize
    )
