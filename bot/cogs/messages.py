"""Questions by message: mentions, replies, direct messages, ask channels and threads."""

import asyncio
import logging
from collections import deque
from collections.abc import Collection, Sequence
from datetime import timedelta
from weakref import WeakValueDictionary

import discord
from discord.ext import commands

from bot import errors
from bot.buttons.answers import answered_card
from bot.client import Dateline
from bot.language import Translator, translator_for
from bot.services import threads
from bot.services.addressing import Address, address_of
from bot.services.answering import (
    BUSY,
    AnsweredQuestion,
    find_answer,
    log_answer_message,
    log_answered,
)
from bot.services.bookkeeping import bookkeep
from bot.services.cooldowns import enforce_cooldown
from bot.services.delivery import deliver
from bot.services.message_questions import MessageQuestion, previous_question, questions_of
from bot.services.permissions import permissions_to_reply
from bot.services.question_detection import is_question, is_wanted
from bot.services.typing_indicator import typing
from bot.storage import LoggedQuestion

EDIT_WINDOW = timedelta(minutes=2)
"""How long after it was written an edited question gets another answer."""

REFUSAL_COOLDOWN_SECONDS = 30.0
"""How long a user is not told again, by direct message, why there is no answer."""

OVERHEARD_TOPICS = {"use"}
"""Topics of small talk that are answered in ask channels without a mention: "help", "what can I
ask?". Other small talk there may be meant for anybody."""

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
                previous = await previous_question(self.bot, message)
                is_reply = message.type is discord.MessageType.reply
                replies_to_answer = previous is not None and is_reply
                address = address_of(self.bot, message, replies_to_answer=replies_to_answer)
                if address is None:
                    return
                localize = await self._translator(message)
                if address is Address.UNREADABLE:
                    raise errors.Refusal("role-mention-unreadable")
                async with self._lock(message.id):
                    await self._respond(message, address, previous, localize)
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

    async def _respond(
        self,
        message: discord.Message,
        address: Address,
        previous: LoggedQuestion | None,
        localize: Translator,
    ) -> None:
        """Answer a message, or edit its answer; an overheard one only if it asks the library."""
        earlier = await bookkeep(
            self.bot, None, self.bot.storage.question_log.get_by_message, message.id
        )
        questions = await questions_of(self.bot, message, address, earlier, previous)
        answer_id = earlier.answer_id if earlier else None
        texts = [one.question.text for one in questions]
        if earlier is not None and answer_id is not None and earlier.text in texts:
            return  # answered already
        asked, answered = questions[0], None
        if address is Address.OVERHEARD:
            wanted = await self._wanted(questions)
            if wanted is None:
                return
            asked, answered = wanted
        if answer_id is None:
            await self._answer(message, asked, answered, localize)
        else:
            await self._edit_answer(answer_id, asked.question, answered, localize)

    async def _wanted(
        self, questions: Sequence[MessageQuestion]
    ) -> tuple[MessageQuestion, AnsweredQuestion] | None:
        """The first of the questions that an overheard message may ask, with its answer; None if
        it asks none, which is neither logged nor counted."""
        for asked in questions:
            try:
                answered = await find_answer(self.bot, asked.question)
            except errors.Refusal:  # too many are waiting
                if is_question(asked.question.text):
                    raise
                continue
            if answered.answer is None:
                if answered.welcome and answered.welcome.topic in OVERHEARD_TOPICS:
                    return asked, answered
                continue
            arguments = (answered.answer, asked.continues)
            if await self.bot.executors.run_db(is_wanted, *arguments):
                return asked, answered
        return None

    async def _translator(self, message: discord.Message) -> Translator:
        """For the language of the author's last command, or else the server's."""
        get_locale = self.bot.storage.user_locales.get
        known = await bookkeep(self.bot, None, get_locale, message.author.id)
        return translator_for(known or (message.guild.preferred_locale if message.guild else None))

    async def _answer(
        self,
        message: discord.Message,
        asked: MessageQuestion,
        found: AnsweredQuestion | None,
        localize: Translator,
    ) -> None:
        """Answer a question.

        Args:
            found: its answer, if it has been searched already.
        """
        permissions = permissions_to_reply(message)
        await enforce_cooldown(self.bot, asked.question)
        if found is None:
            async with typing(message.channel):
                found = await find_answer(self.bot, asked.question)
        answered = await log_answered(self.bot, found)
        delete = self.bot.storage.question_log.delete_by_message
        if message.id in self._deleted_ids:
            await bookkeep(self.bot, None, delete, message.id)
            return
        try:
            sent = await self._post(asked.asked_in, message.id, answered, permissions, localize)
        except Exception:
            await bookkeep(self.bot, None, delete, message.id)
            raise
        await log_answer_message(self.bot, answered, sent)

    async def _post(
        self,
        message: discord.Message,
        nonce: int,
        answered: AnsweredQuestion,
        permissions: discord.Permissions,
        localize: Translator,
    ) -> discord.Message:
        """Post an answer: in a thread, as a reply or, without permission to reply, as a message.

        Args:
            message: the one that is replied to.
            nonce: tells Discord that an answer that is sent again is the same.
        """
        card = answered_card(answered, localize)
        if answered.answer is not None and await threads.should_create(
            self.bot, message.channel, permissions
        ):
            thread = await threads.create(message, answered.question.text)
            if thread:
                return await deliver(lambda: thread.send(view=card, nonce=nonce))
        if not permissions.read_message_history:  # a reply needs this permission
            return await deliver(lambda: message.channel.send(view=card, nonce=nonce))
        return await deliver(
            lambda: message.channel.send(
                view=card,
                reference=message.to_reference(fail_if_not_exists=False),
                mention_author=False,
                nonce=nonce,
            )
        )

    async def _edit_answer(
        self,
        answer_id: int,
        question: LoggedQuestion,
        found: AnsweredQuestion | None,
        localize: Translator,
    ) -> None:
        """Answer an edited question in the place of the earlier answer; ``found`` as above."""
        await enforce_cooldown(self.bot, question)
        answered = await log_answered(self.bot, found or await find_answer(self.bot, question))
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


async def setup(bot: Dateline) -> None:
    await bot.add_cog(MessagesCog(bot))
