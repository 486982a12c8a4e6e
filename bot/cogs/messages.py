"""Questions by message: mentions, replies, direct messages, ask channels and threads."""

import asyncio
import logging
import re
from collections import deque
from collections.abc import Collection
from dataclasses import replace
from datetime import timedelta
from weakref import WeakValueDictionary

import discord
from discord.ext import commands

from bot import errors
from bot.buttons.answers import answered_card
from bot.client import Dateline
from bot.language import Translator, translator_for
from bot.services import threads
from bot.services.answering import (
    BUSY,
    AnsweredQuestion,
    answer_question,
    log_answer_message,
)
from bot.services.bookkeeping import bookkeep
from bot.services.cooldowns import enforce_cooldown
from bot.services.delivery import deliver
from bot.services.permissions import permissions_to_reply
from bot.services.question_detection import is_question
from bot.services.typing_indicator import typing
from bot.storage import LoggedQuestion
from index import NO_TURN

EDIT_WINDOW = timedelta(minutes=2)
"""How long after it was written an edited question gets another answer."""

CONVERSATION_WINDOW = timedelta(hours=1)
"""How long after a question a direct message follows up on it."""

REFUSAL_COOLDOWN_SECONDS = 30.0
"""How long a user is not told again, by direct message, why there is no answer."""

MAX_DELETED_IDS = 1000
"""Deleted messages that are remembered, for answers in flight."""

log = logging.getLogger(__name__)


class MessagesCog(commands.Cog):
    def __init__(self, bot: Dateline) -> None:
        self.bot = bot
        self._locks: WeakValueDictionary[int, asyncio.Lock] = WeakValueDictionary()
        self._deleted_ids: deque[int] = deque(maxlen=MAX_DELETED_IDS)
        self._refusal_cooldowns: commands.CooldownMapping[discord.Message] = (
            commands.CooldownMapping.from_cooldown(
                1, REFUSAL_COOLDOWN_SECONDS, lambda message: message.author.id
            )
        )

    @commands.Cog.listener()
    async def on_message(self, message: discord.Message) -> None:
        await self.handle(message)

    @commands.Cog.listener()
    async def on_raw_message_edit(self, payload: discord.RawMessageUpdateEvent) -> None:
        message = payload.message
        edited = message.edited_at
        # Changes by Discord itself, such as an added link preview, are not edits.
        if edited is not None and edited - message.created_at <= EDIT_WINDOW:
            await self.handle(message)

    @commands.Cog.listener()
    async def on_raw_message_delete(self, payload: discord.RawMessageDeleteEvent) -> None:
        await self._delete_answers([payload.message_id])

    @commands.Cog.listener()
    async def on_raw_bulk_message_delete(self, payload: discord.RawBulkMessageDeleteEvent) -> None:
        await self._delete_answers(payload.message_ids)

    async def handle(self, message: discord.Message) -> None:
        """Answer a message if it is a question: once, and again if the question was edited."""
        ordinary = (discord.MessageType.default, discord.MessageType.reply)
        if message.author.bot or message.type not in ordinary:
            return
        localize = translator_for(None)
        with self.bot.in_flight():
            try:
                previous = await self._previous_question(message)
                if not await self._is_addressed(message, previous):
                    return
                localize = await self._translator(message)
                async with self._lock(message.id):
                    earlier = await bookkeep(
                        self.bot, None, self.bot.storage.question_log.get_by_message, message.id
                    )
                    question = self._question(message, earlier, previous)
                    if earlier is None or earlier.answer_id is None:
                        await self._answer(message, question, localize)
                    elif earlier.text != question.text:
                        await self._edit_answer(earlier.answer_id, question, localize)
            except errors.Refusal as refusal:
                await self._refuse(message, refusal, localize)
            except discord.Forbidden as error:
                log.warning("cannot answer in channel %s: %s", message.channel.id, error)
                reason = errors.Refusal("cannot-write", channel=f"<#{message.channel.id}>")
                await self._refuse(message, reason, localize)
            except Exception as error:
                await errors.report(message, error, localize)

    async def _refuse(
        self, message: discord.Message, refusal: errors.Refusal, localize: Translator
    ) -> None:
        """Tell the author of a message why there is no answer, unless told a moment ago: but that
        it is busy, each time, for they were asked to try again."""
        sent_at = message.created_at.timestamp()
        if refusal.key == BUSY or not self._refusal_cooldowns.update_rate_limit(message, sent_at):
            await errors.report(message, refusal, localize)

    async def _is_addressed(
        self, message: discord.Message, previous: LoggedQuestion | None
    ) -> bool:
        """Whether a message is for the bot: a mention, a reply to it, or in an ask channel."""
        me = self.bot.user
        if me is None:
            return False
        if message.guild and me not in message.mentions and not self.bot.intents.message_content:
            return False  # its content is hidden
        replied_to = message.reference.resolved if message.reference else None
        if (
            message.guild is None
            or me in message.mentions
            or _name_pattern(me).match(message.content)
            or (isinstance(replied_to, discord.Message) and replied_to.author == me)
            or (previous is not None and message.type is discord.MessageType.reply)
        ):
            return True
        own_thread = isinstance(message.channel, discord.Thread) and (
            message.channel.owner_id == me.id
        )
        listening = own_thread or message.channel.id in self.bot.ask_channels
        return listening and await self.bot.executors.run_db(is_question, message.content)

    async def _previous_question(self, message: discord.Message) -> LoggedQuestion | None:
        """The question that a message follows up on: the one whose answer it replies to, or the
        last one in its thread or direct message."""
        log_ = self.bot.storage.question_log
        if message.type is discord.MessageType.reply and message.reference is not None:
            answer_id = message.reference.message_id or 0
            return await bookkeep(self.bot, None, log_.get_by_answer, answer_id)
        if message.guild is None or isinstance(message.channel, discord.Thread):
            last = await bookkeep(self.bot, None, log_.get_last, message.channel.id)
            if last is None or message.guild:
                return last
            return last if message.created_at - last.asked_at <= CONVERSATION_WINDOW else None
        return None

    def _question(
        self,
        message: discord.Message,
        earlier: LoggedQuestion | None,
        previous: LoggedQuestion | None,
    ) -> LoggedQuestion:
        """The question that a message asks.

        Args:
            earlier: the question before it was edited.
            previous: the question that it follows up on.
        """
        assert self.bot.user is not None
        pattern = _name_pattern(self.bot.user)
        question = LoggedQuestion(
            guild_id=message.guild.id if message.guild else None,
            channel_id=message.channel.id,
            user_id=message.author.id,
            text=pattern.sub(" ", message.content).strip(),
            asked_at=message.edited_at or message.created_at,
            message_id=message.id,
            previous=previous.turn if previous else NO_TURN,
        )
        if earlier is None:
            return question
        return replace(
            question,
            channel_id=earlier.channel_id,
            answer_id=earlier.answer_id,
            previous=earlier.previous,
        )

    async def _translator(self, message: discord.Message) -> Translator:
        """For the language of the author's last command, or else the server's."""
        get_locale = self.bot.storage.user_locales.get
        known = await bookkeep(self.bot, None, get_locale, message.author.id)
        return translator_for(known or (message.guild.preferred_locale if message.guild else None))

    async def _answer(
        self, message: discord.Message, question: LoggedQuestion, localize: Translator
    ) -> None:
        permissions = permissions_to_reply(message)
        await enforce_cooldown(self.bot, question)
        async with typing(message.channel):
            answered = await answer_question(self.bot, question)
        delete = self.bot.storage.question_log.delete_by_message
        if message.id in self._deleted_ids:
            await bookkeep(self.bot, None, delete, message.id)
            return
        try:
            sent = await self._post(message, answered, permissions, localize)
        except Exception:
            await bookkeep(self.bot, None, delete, message.id)
            raise
        await log_answer_message(self.bot, answered, sent)

    async def _post(
        self,
        message: discord.Message,
        answered: AnsweredQuestion,
        permissions: discord.Permissions,
        localize: Translator,
    ) -> discord.Message:
        """Post an answer: in a thread, as a reply or, without permission to reply, as a message."""
        card = answered_card(answered, localize)
        if answered.answer is not None and await threads.should_create(
            self.bot, message.channel, permissions
        ):
            thread = await threads.create(message, answered.question.text)
            if thread:
                return await deliver(lambda: thread.send(view=card, nonce=message.id))
        if not permissions.read_message_history:  # a reply needs this permission
            return await deliver(lambda: message.channel.send(view=card, nonce=message.id))
        return await deliver(
            lambda: message.channel.send(
                view=card,
                reference=message.to_reference(fail_if_not_exists=False),
                mention_author=False,
                nonce=message.id,
            )
        )

    async def _edit_answer(
        self, answer_id: int, question: LoggedQuestion, localize: Translator
    ) -> None:
        """Answer an edited question in the place of the earlier answer."""
        await enforce_cooldown(self.bot, question)
        answered = await answer_question(self.bot, question)
        message = self._partial_message(question.channel_id, answer_id)
        card = answered_card(answered, localize)
        try:
            await deliver(lambda: message.edit(view=card))
        except discord.NotFound:  # removed on purpose, so it is not sent again
            log.info("the answer to an edited question has been deleted")

    async def _delete_answers(self, message_ids: Collection[int]) -> None:
        """Delete the answers to questions that were deleted."""
        log_ = self.bot.storage.question_log
        self._deleted_ids.extend(message_ids)
        for message_id in message_ids:
            async with self._lock(message_id):
                question = await self.bot.executors.run_db(log_.get_by_message, message_id)
                if question is None:
                    continue
                await self.bot.executors.run_db(log_.delete_by_message, message_id)
                if question.answer_id is not None:
                    try:
                        await self._partial_message(
                            question.channel_id, question.answer_id
                        ).delete()
                    except errors.DISCORD_ERRORS as error:
                        log.warning("an answer could not be deleted: %s", error)

    def _partial_message(self, channel_id: int, message_id: int) -> discord.PartialMessage:
        return self.bot.get_partial_messageable(channel_id).get_partial_message(message_id)

    def _lock(self, message_id: int) -> asyncio.Lock:
        """The lock that serializes the answering, editing and deletion of a question."""
        return self._locks.setdefault(message_id, asyncio.Lock())


def _name_pattern(me: discord.ClientUser) -> re.Pattern[str]:
    """The pattern of a mention of the bot or, at the beginning of a message, of its typed name."""
    return re.compile(rf"<@!?{me.id}>|^\s*@{re.escape(me.name)}\b", re.IGNORECASE)


async def setup(bot: Dateline) -> None:
    await bot.add_cog(MessagesCog(bot))
