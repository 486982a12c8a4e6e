"""Questions to the library, remembered with what they found."""

import logging
import re
from dataclasses import replace
from typing import Any

import discord

from bot.cards.answers import pages_of
from bot.client import Dateline
from bot.storage import Exchange
from index import Answer, Scope, StoreError

MOST = 12
"""Passages of an answer, on all its pages."""

log = logging.getLogger(__name__)

CUSTOM_EMOJI = re.compile(r"<a?:\w+:\d+>")


def holds_words(question: str) -> bool:
    """Whether there is anything to look for in what somebody wrote."""
    return any(character.isalnum() for character in CUSTOM_EMOJI.sub("", question))


def asked_by(
    interaction: discord.Interaction[Any], question: str, *, private: bool = False, **known: Any
) -> Exchange:
    """A question that somebody asks by a command, a button or a form.

    Args:
        private: only they see the answer.
        known: what else is known of the exchange.
    """
    return Exchange(
        server=interaction.guild_id,
        channel=0 if private and interaction.guild_id else interaction.channel_id or 0,
        person=interaction.user.id,
        question=question,
        asked_at=interaction.created_at,
        **known,
    )


def scope_of(bot: Dateline, asked: Exchange) -> Scope:
    """What is searched for a question."""
    return Scope(bot.collections(asked.server), asked.articles, asked.publisher, asked.since)


async def ask(bot: Dateline, asked: Exchange) -> tuple[int, Answer]:
    """Answer a question and remember that: the key of the exchange, and the answer."""
    answer = await look_up(bot, asked)
    first = pages_of(answer)[0]
    done = replace(
        asked,
        found=answer.found,
        confidence=answer.confidence,
        passages=tuple((p.citation.article.id, p.start, p.end, p.score) for p in first),
        elapsed_ms=answer.elapsed_ms,
    )
    return await bot.quickly(bot.memory.exchanges.add, done), answer


async def answered(bot: Dateline, key: int, message: discord.Message, asked: Exchange) -> None:
    """Remember the message that answers; where that fails, the answer stands all the same."""
    channel = asked.channel and message.channel.id  # 0 stays: nobody goes on from it
    try:
        await bot.quickly(bot.memory.exchanges.answered, key, message.id, channel)
    except StoreError as error:
        log.error("an answer was given but not remembered: %s", error)


async def look_up(bot: Dateline, asked: Exchange) -> Answer:
    """Answer a question, without remembering it."""
    return await bot.in_thread(
        bot.library.ask,
        asked.question,
        bot.collections(asked.server),
        MOST,
        articles=asked.articles,
        publisher=asked.publisher,
        since=asked.since,
        near=asked.near,
    )
