"""Answering questions with the library, and logging them."""

import asyncio
import logging
import re
from dataclasses import dataclass, replace
from typing import Any

import discord

from bot.cards.answers import pages_of
from bot.cards.welcome import Welcome
from bot.client import Dateline
from bot.collections import readable_collections
from bot.errors import Refusal
from bot.services.bookkeeping import bookkeep
from bot.services.filters import NO_FILTERS, Filters
from bot.services.question_language import unanswerable_language
from bot.services.small_talk import small_talk_topic
from bot.services.welcome import make_welcome
from bot.storage import LoggedQuestion
from bot.storage.question_log import QuestionKind
from index import (
    NO_TURN,
    Answer,
    AskOptions,
    BusyError,
    DamagedArticleError,
    NotFoundError,
    Overview,
    Scope,
    StoreError,
    Turn,
)

MAX_PASSAGES = 12
"""Passages of an answer, on all its pages."""

MAX_QUESTION_LENGTH = 2000

VERSION_LENGTH = 8
"""Digits of a content hash that distinguish an article's versions."""

BUSY = "busy"
"""The key of the reason for refusing a question while too many others are waiting."""

NOT_LOGGED = 10**18 - 1
"""The key of a question that could not be logged; no logged question ever has it."""

CUSTOM_EMOJI = re.compile(r"<a?:\w+:\d+>")

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class AnsweredQuestion:
    """A question and its answer.

    Args:
        key: of the question in the log; ``NOT_LOGGED``, if it could not be logged.
        answer: None if the question is small talk.
        scope: the scope that was searched.
        overview: of the article that the question's topic is about, if it is a single one.
        welcome: the answer to small talk; None for a question.
        language: the language of the question if it has no certain answer because of that.
    """

    key: int
    question: LoggedQuestion
    answer: Answer | None
    scope: Scope
    overview: Overview | None = None
    welcome: Welcome | None = None
    language: str | None = None


def contains_words(text: str) -> bool:
    """Whether a text contains words, not only punctuation and emoji."""
    return any(character.isalnum() for character in CUSTOM_EMOJI.sub("", text))


def question_from_interaction(
    interaction: discord.Interaction[Any],
    text: str,
    *,
    kind: QuestionKind = "ask",
    filters: Filters = NO_FILTERS,
    previous: Turn = NO_TURN,
    private: bool = False,
) -> LoggedQuestion:
    """A question asked with a command, a button or a form.

    Args:
        kind, previous: as for ``LoggedQuestion``.
        private: only the user sees the answer.
    """
    return LoggedQuestion(
        guild_id=interaction.guild_id,
        channel_id=0 if private and interaction.guild_id else interaction.channel_id or 0,
        user_id=interaction.user.id,
        text=text,
        asked_at=interaction.created_at,
        kind=kind,
        articles=filters.articles,
        publisher=filters.publisher,
        since=filters.since,
        until=filters.until,
        previous=previous,
    )


def scope_of(question: LoggedQuestion) -> Scope:
    """The scope that is searched for a question."""
    collections = readable_collections(question.guild_id)
    filters = (question.articles, question.publisher, question.since, question.until)
    return Scope(collections, *filters)


async def get_question(interaction: discord.Interaction[Any], key: int) -> LoggedQuestion:
    """A logged question. Raises: Refusal, if it was purged or asked in another server."""
    bot: Dateline = interaction.client
    question = await bot.executors.run_db(bot.storage.question_log.get, key)
    if question is None or question.guild_id != interaction.guild_id:
        raise Refusal("forgotten")
    return question


async def log_question(bot: Dateline, question: LoggedQuestion) -> int:
    """Log a question; returns its key, or ``NOT_LOGGED``."""
    return await bookkeep(bot, NOT_LOGGED, bot.storage.question_log.add, question)


async def answer_question(bot: Dateline, question: LoggedQuestion) -> AnsweredQuestion:
    """Answer a question or small talk, and log it. Raises: Refusal, if too many questions are
    waiting."""
    return await log_answered(bot, await find_answer(bot, question))


async def log_answered(bot: Dateline, answered: AnsweredQuestion) -> AnsweredQuestion:
    """Log a question and its answer from ``find_answer``."""
    return replace(answered, key=await log_question(bot, answered.question))


async def find_answer(bot: Dateline, question: LoggedQuestion) -> AnsweredQuestion:
    """Answer a question or small talk without logging it. Raises: Refusal, if too many questions
    are waiting."""
    scope = scope_of(question)
    topic = await bot.executors.run_db(small_talk_topic, question.text)
    if topic is not None:
        talk = replace(question, kind="hint")
        welcome = await make_welcome(bot, question.guild_id, question.channel_id, topic)
        return AnsweredQuestion(NOT_LOGGED, talk, None, scope, welcome=welcome)
    answer = await _ask(bot, question, scope)
    overview = await _overview(bot, answer)
    shown = pages_of(answer)[0]
    answered = replace(
        question,
        turn=answer.turn,
        certainty=answer.certainty,
        confidence=answer.confidence,
        passages=tuple((p.citation.article.id, p.start, p.end, p.score) for p in shown),
        versions=tuple(p.citation.article.content_hash[:VERSION_LENGTH] for p in shown),
        elapsed_ms=answer.elapsed_ms,
    )
    language = await unanswerable_language(bot, answer)
    return AnsweredQuestion(NOT_LOGGED, answered, answer, scope, overview, language=language)


async def answer_again(bot: Dateline, key: int, question: LoggedQuestion) -> AnsweredQuestion:
    """Answer a logged question again, without logging it. Raises as ``answer_question``."""
    scope = scope_of(question)
    answer = await _ask(bot, question, scope)
    return AnsweredQuestion(key, question, answer, scope, await _overview(bot, answer))


async def log_answer_message(
    bot: Dateline, answered: AnsweredQuestion, message: discord.Message
) -> None:
    """Log the message that answers a question; on failure, the answer stays nevertheless."""
    if answered.key == NOT_LOGGED:
        return
    # 0 stays 0: there are no follow-up questions to a private answer.
    channel_id = answered.question.channel_id and message.channel.id
    set_answer = bot.storage.question_log.set_answer
    try:
        await bot.executors.run_db(set_answer, answered.key, message.id, channel_id)
    except StoreError as error:
        log.error("an answer was sent but not logged: %s", error)


async def _ask(bot: Dateline, question: LoggedQuestion, scope: Scope) -> Answer:
    options = AskOptions(question.previous, question.as_typed, question.any_time, question.asked_at)
    submit = bot.library.submit
    try:
        # In a thread, because a question is split and parsed before it is queued.
        answer = await bot.executors.run_db(submit, question.text, scope, MAX_PASSAGES, options)
    except BusyError:
        raise Refusal(BUSY) from None
    return await asyncio.wrap_future(answer)


async def _overview(bot: Dateline, answer: Answer) -> Overview | None:
    """The overview of the only article about the topic that was asked for; None without one, or if
    it was removed a moment ago."""
    if len(answer.about) != 1:
        return None
    try:
        return await bot.executors.run_db(bot.library.overview, answer.about[0])
    except (NotFoundError, DamagedArticleError):
        return None
