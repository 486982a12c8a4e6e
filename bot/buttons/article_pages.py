"""The list of articles with its page buttons."""

from typing import Any

from discord import Interaction, ui

from bot.buttons.open_article import open_menu
from bot.buttons.pagination import page_buttons, paginated
from bot.cards import list_card, text_card
from bot.cards.answers import filters_line
from bot.cards.articles import LIST_PAGE_SIZE
from bot.cards.layout import clamp_page
from bot.client import Dateline
from bot.language import translator_for
from bot.services.answering import (
    get_question,
    log_question,
    question_from_interaction,
    scope_of,
)
from bot.storage import LoggedQuestion
from index import Article


@paginated("articles")
async def article_list_page(interaction: Interaction[Any], page: int, key: int) -> ui.LayoutView:
    """A page of a list of articles.

    Args:
        key: of its filters in the question log; 0: all that can be read.
    """
    query = question_from_interaction(interaction, "", kind="list")
    if key:
        query = await get_question(interaction, key)
    return await article_list(interaction, query, page, key)


async def article_list(
    interaction: Interaction[Any], query: LoggedQuestion, page: int = 0, key: int = 0
) -> ui.LayoutView:
    """A page of the articles that can be read where the interaction happens.

    Args:
        query: the filters.
        page: from 0; where there are fewer, the last one is shown.
        key: of the query in the question log; 0: it is not logged yet.
    """
    bot: Dateline = interaction.client
    localize, scope = translator_for(interaction.locale), scope_of(query)

    def look_up() -> tuple[list[Article], int, int]:
        total = bot.library.count(scope)
        shown = clamp_page(page, total, LIST_PAGE_SIZE)
        offset = shown * LIST_PAGE_SIZE
        return bot.library.articles(scope, limit=LIST_PAGE_SIZE, offset=offset), shown, total

    articles, shown, total = await bot.executors.run_db(look_up)
    if not total and scope.is_filtered:
        return text_card(localize("articles-none-such") + filters_line(scope, localize))
    if not key and scope.is_filtered and total > LIST_PAGE_SIZE:
        key = await log_question(bot, query)
    menu, buttons = open_menu(articles, localize), page_buttons("articles", key)
    return list_card(articles, shown, total, buttons, menu, localize)
