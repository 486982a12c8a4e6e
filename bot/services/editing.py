"""Changing, removing and restoring a server's articles, and recording who did it."""

from collections.abc import Collection, Sequence
from dataclasses import replace
from typing import Any

import discord

from bot.client import Dateline
from bot.collections import own_collection
from bot.errors import Refusal
from bot.markdown import plain
from bot.services.bookkeeping import bookkeep
from bot.services.permissions import require_editor, require_server
from bot.storage import EditAction
from index import Addition, Article, ArticleError, NotFoundError

TITLE_LIMIT = 200

EDITABLE_FIELDS = ("title", "publisher", "author", "published", "url", "text")
"""The fields of an article that editors can change."""

ADDITION_ACTIONS: dict[str, EditAction] = {"added": "added", "updated": "corrected"}
"""The recorded action for an article that somebody added, by the outcome."""


async def record_edit(
    interaction: discord.Interaction[Any],
    action: EditAction,
    subjects: Sequence[Article | str],
    changed: Collection[str] = (),
) -> None:
    """Record what an editor did to articles, or to feeds, given by title; ``changed`` as for
    ``EditLog.add``."""
    bot: Dateline = interaction.client
    guild_id, now = require_server(interaction), interaction.created_at
    add = bot.storage.edit_log.add
    await bookkeep(bot, 0, add, guild_id, interaction.user.id, action, subjects, now, changed)


async def record_additions(
    interaction: discord.Interaction[Any], additions: Sequence[Addition]
) -> None:
    """Record which articles somebody has added or corrected by adding."""
    for change, action in ADDITION_ACTIONS.items():
        articles = [each.article for each in additions if each.change == change]
        if articles:
            await record_edit(interaction, action, articles)


def edited(article: Article, **changes: Any) -> Article:
    """An article with other values of some fields. Raises Refusal, if they are not valid."""
    try:
        return article.edited(**changes)
    except ArticleError as error:
        raise Refusal("edit-refused", reason=plain(str(error), 300)) from error


async def save_edited(
    interaction: discord.Interaction[Any], article: Article, new: Article
) -> str | None:
    """Replace an article by a version of it with the same id. Feeds no longer replace it.

    Returns:
        The key of a text that says what was done; None if nothing has changed.

    Raises:
        Refusal: another article has its new link.
    """
    bot: Dateline = interaction.client
    run_db = bot.executors.run_db
    if new.content_hash == article.content_hash:
        return None
    if new.url and new.url != article.url:
        try:
            other = await run_db(bot.library.get, replace(new, identity=None).id)
        except NotFoundError:
            pass
        else:
            if other.id != article.id:
                raise Refusal("edit-link-taken", title=plain(other.title, TITLE_LIMIT))
    await run_db(bot.storage.feed_articles.release, article.id)
    await bot.executors.run_exclusive(bot.library.add, new)
    changed = [name for name in EDITABLE_FIELDS if getattr(new, name) != getattr(article, name)]
    corrected = "text" in changed
    await record_edit(interaction, "corrected" if corrected else "edited", [new], changed)
    return "saved-corrected" if corrected else "saved-edited"


async def remove_article(interaction: discord.Interaction[Any], article: Article) -> int:
    """Remove an article of the server's; returns the key of the edit, to undo it."""
    bot: Dateline = interaction.client
    log, run_db = bot.storage.edit_log, bot.executors.run_db
    guild_id, now = require_server(interaction), interaction.created_at
    key = await run_db(log.add, guild_id, interaction.user.id, "removed", [article], now)
    try:
        await run_db(bot.library.remove, article.id)
    except Exception:
        await bookkeep(bot, None, log.delete, key)
        raise
    return key


async def restore_article(interaction: discord.Interaction[Any], key: int | None = None) -> Article:
    """Undo a removal.

    Args:
        key: of the edit; None: the last removal of the server that can be undone.

    Raises:
        Refusal: there is no such removal, or the article is in the library again.
    """
    bot: Dateline = interaction.client
    guild_id = await require_editor(interaction)
    log, run_db = bot.storage.edit_log, bot.executors.run_db
    if key is None:
        last = await run_db(log.last_removal, guild_id)
        if last is None:
            raise Refusal("undo-nothing")
        key = last.key
    article = await run_db(log.removed_article, guild_id, key)
    if article is None or article.collection != own_collection(guild_id):
        raise Refusal("undo-gone")
    try:
        await run_db(bot.library.get, article.id)
    except NotFoundError:
        await bot.executors.run_exclusive(bot.library.add, article)
        await bookkeep(bot, None, log.forget_removed, key)
        await record_edit(interaction, "restored", [article])
        return article
    await run_db(log.forget_removed, key)
    raise Refusal("undo-there", title=plain(article.title, TITLE_LIMIT))
