"""Articles and passages by id, if they can be read where the interaction happens."""

from typing import Any

import discord

from bot.client import Dateline
from bot.collections import is_readable, own_collection
from bot.errors import Refusal
from bot.markdown import plain
from bot.services.permissions import require_editor
from index import Article, Context, NotFoundError, Overview

TITLE_LIMIT = 200


async def get_article(bot: Dateline, guild_id: int | None, article_id: str) -> Article:
    """An article. Raises: NotFoundError, also where it cannot be read here."""
    article = await bot.executors.run_db(bot.library.get, article_id)
    _require_readable(guild_id, article)
    return article


async def get_own_article(interaction: discord.Interaction[Any], article_id: str) -> Article:
    """An article of the server's own collection, which the user may change.

    Raises:
        NotFoundError: there is none.
        Refusal: they may not, or it belongs to the shared collection.
    """
    bot: Dateline = interaction.client
    guild_id = await require_editor(interaction)
    article = await get_article(bot, guild_id, article_id)
    if article.collection != own_collection(guild_id):
        raise Refusal("remove-shared", title=plain(article.title, TITLE_LIMIT))
    return article


async def get_overview(bot: Dateline, guild_id: int | None, article_id: str) -> Overview:
    """The overview of an article. Raises: NotFoundError, also where it cannot be read here;
    DamagedArticleError."""
    article = await get_article(bot, guild_id, article_id)
    return await bot.executors.run_db(bot.library.overview, article.id)


async def get_context(
    bot: Dateline, guild_id: int | None, article_id: str, start: int, end: int, version: str = ""
) -> Context:
    """A passage of an earlier answer. Raises: NotFoundError, also where it cannot be read here."""
    found = await bot.executors.run_db(bot.library.context, article_id, start, end, version)
    _require_readable(guild_id, found.passage.citation.article)
    return found


def _require_readable(guild_id: int | None, article: Article) -> None:
    if not is_readable(article, guild_id):
        raise NotFoundError("That article cannot be read here.")
