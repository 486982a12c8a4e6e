"""Watches: setting them up, and who may see and change them."""

import asyncio
from dataclasses import replace
from typing import Any

import discord

from bot.client import Dateline
from bot.errors import Refusal
from bot.services.answering import VERSION_LENGTH
from bot.services.permissions import require_editor
from bot.storage import QuotedPlace, Watch
from index import Answer, AskOptions, CorrectedError, DamagedArticleError, NotFoundError, Passage
from index.scope import Scope

MAX_PASSAGES = 5
"""Passages among which sources that differ are noticed."""

MAX_WATCHES = 25
"""Watches of a person, in all servers together."""


async def ask(bot: Dateline, question: str, scope: Scope) -> Answer:
    """The answer to a watched question, which is not logged. Raises BusyError, StoreError."""
    options = AskOptions(now=discord.utils.utcnow())
    # In a thread, because a question is split and parsed before it is queued.
    answer = await bot.executors.run_db(bot.library.submit, question, scope, MAX_PASSAGES, options)
    return await asyncio.wrap_future(answer)


def known_passage(answer: Answer) -> Passage | None:
    """The passage that is taken for the answer so far: the first one or, where sources differ, the
    newest; None if there is no answer."""
    if not answer.found:
        return None
    if answer.differing:
        newest = answer.differing[0].citations[0].article.id
        for passage in answer.passages:
            if passage.citation.article.id == newest:
                return passage
    return answer.passages[0]


def place_of(passage: Passage) -> QuotedPlace:
    """Where a passage stands, to be stored."""
    article = passage.citation.article
    version = article.content_hash[:VERSION_LENGTH]
    return QuotedPlace(article.id, passage.start, passage.end, version, passage.highlights)


async def passage_at(bot: Dateline, place: QuotedPlace | None) -> Passage | None:
    """The passage that stood at a place, even if its article was corrected since; None if the
    article was removed."""
    if place is None:
        return None
    where = (place.article_id, place.start, place.end, place.version)
    try:
        context = await bot.executors.run_db(bot.library.context, *where)
    except (CorrectedError, DamagedArticleError, NotFoundError):
        return None
    return replace(context.passage, highlights=place.highlights)


async def require_own(interaction: discord.Interaction[Any], key: int) -> Watch:
    """A watch that the user may change: their own, or one of a channel of a server whose editor
    they are, in that server.

    Raises:
        Refusal: there is no such watch, or they may not change it.
    """
    bot: Dateline = interaction.client
    watch = await bot.executors.run_db(bot.storage.watches.get, key)
    if watch is None:
        raise Refusal("watch-gone")
    if watch.user_id == interaction.user.id:
        return watch
    if watch.channel_id is None or watch.guild_id != interaction.guild_id:
        raise Refusal("watch-not-yours")
    await require_watch_editor(interaction, "watch-not-yours")
    return watch


async def require_watch_editor(interaction: discord.Interaction[Any], reason: str) -> None:
    """Raises: Refusal, with the key of a reason, if the user may not change the watches of the
    server's channels."""
    try:
        await require_editor(interaction)
    except Refusal as refusal:
        raise Refusal(reason) from refusal


async def get_visible(interaction: discord.Interaction[Any]) -> list[Watch]:
    """The user's watches and, for an editor, those of the server's channels."""
    bot: Dateline = interaction.client
    try:
        guild_id: int | None = await require_editor(interaction)
    except Refusal:
        guild_id = None
    return await bot.executors.run_db(bot.storage.watches.of, interaction.user.id, guild_id)


async def require_room(bot: Dateline, user_id: int) -> None:
    """Raises: Refusal, if a user watches ``MAX_WATCHES`` questions already."""
    watches = await bot.executors.run_db(bot.storage.watches.of, user_id)
    if len(watches) >= MAX_WATCHES:
        list_ = bot.mention("watch list")
        raise Refusal("watch-too-many", count=MAX_WATCHES, list=list_)


async def is_member(bot: Dateline, guild_id: int, user_id: int) -> bool:
    """Whether a user is in a server that the bot is in too. Raises: as discord.py's requests."""
    guild = bot.get_guild(guild_id)
    if guild is None:
        return False
    try:
        await guild.fetch_member(user_id)
    except discord.NotFound:
        return False
    return True
