"""Questions by message: mentions, replies, direct messages, ask channels and threads."""

import asyncio
import re
from collections import deque
from collections.abc import Collection
from dataclasses import replace
from datetime import timedelta
from weakref import WeakValueDictionary

import discord
from discord.ext import commands

from bot import errors
from bot.buttons.answers import answer
from bot.client import Dateline
from bot.language import Language, speaking
from bot.services import answering as asking
from bot.services import threads
from bot.services.question_detection import is_question
from bot.storage import Exchange

EDITABLE = timedelta(minutes=2)
"""How long after it was written an edited question gets another answer."""

CONVERSATION = timedelta(hours=1)
"""How long a direct message goes on from the one before it."""

REFUSALS = 30.0
"""Seconds in which a person is told only once, by direct message, why there is no answer."""

DELETED = 1000
"""Deleted messages that are kept in mind, for an answer that is still in hand."""


class Messages(commands.Cog):
    def __init__(self, bot: Dateline) -> None:
        self.bot = bot
        self._locks: WeakValueDictionary[int, asyncio.Lock] = WeakValueDictionary()
        self._deleted: deque[int] = deque(maxlen=DELETED)
        self._refusals: commands.CooldownMapping[discord.Message] = (
            commands.CooldownMapping.from_cooldown(1, REFUSALS, lambda message: message.author.id)
        )

    @commands.Cog.listener()
    async def on_message(self, message: discord.Message) -> None:
        await self._take(message)

    @commands.Cog.listener()
    async def on_raw_message_edit(self, payload: discord.RawMessageUpdateEvent) -> None:
        message = payload.message
        edited = message.edited_at
        # What Discord itself changes, such as the preview of a link, is no edit.
        if edited is not None and edited - message.created_at <= EDITABLE:
            await self._take(message)

    @commands.Cog.listener()
    async def on_raw_message_delete(self, payload: discord.RawMessageDeleteEvent) -> None:
        await self._withdraw([payload.message_id])

    @commands.Cog.listener()
    async def on_raw_bulk_message_delete(self, payload: discord.RawBulkMessageDeleteEvent) -> None:
        await self._withdraw(payload.message_ids)

    async def _take(self, message: discord.Message) -> None:
        """Answer a message if it is a question: once, and anew where it asks something else."""
        ordinary = (discord.MessageType.default, discord.MessageType.reply)
        if message.author.bot or message.type not in ordinary:
            return
        say = speaking(None)
        with self.bot.in_hand():
            try:
                before = await self._before(message)
                if not self._is_meant(message, before):
                    return
                say = await self._language(message)
                async with self._lock(message.id):
                    earlier = await self.bot.quickly(self.bot.memory.exchanges.asked_by, message.id)
                    question = self._question(message, earlier, before)
                    if earlier is None or earlier.answering is None:
                        await self._answer(message, question, say)
                    elif earlier.question != question.question:
                        await self._answer_anew(earlier.answering, question, say)
            except errors.Refusal as refusal:
                if not self._refusals.update_rate_limit(message, message.created_at.timestamp()):
                    await errors.reply(message, refusal, say)
            except Exception as error:
                await errors.reply(message, error, say)

    def _is_meant(self, message: discord.Message, before: Exchange | None) -> bool:
        """Whether the bot is asked: by name, by a reply to it, or where it listens."""
        me = self.bot.user
        if me is None:
            return False
        if message.guild and me not in message.mentions and not self.bot.intents.message_content:
            return False  # what it says cannot be read
        answered = message.reference.resolved if message.reference else None
        if (
            message.guild is None
            or me in message.mentions
            or re.match(_named(me), message.content, re.IGNORECASE)
            or (isinstance(answered, discord.Message) and answered.author == me)
            or (before is not None and message.type is discord.MessageType.reply)
        ):
            return True
        own_thread = isinstance(message.channel, discord.Thread) and (
            message.channel.owner_id == me.id
        )
        listening = own_thread or message.channel.id in self.bot.ask_channels
        return listening and is_question(message.content)

    async def _before(self, message: discord.Message) -> Exchange | None:
        """The exchange that a message goes on from: the one that it replies to, or the last one
        in its thread or direct message."""
        exchanges = self.bot.memory.exchanges
        if message.type is discord.MessageType.reply and message.reference is not None:
            answered = message.reference.message_id or 0
            return await self.bot.quickly(exchanges.answered_by, answered)
        if message.guild is None or isinstance(message.channel, discord.Thread):
            last = await self.bot.quickly(exchanges.last_in, message.channel.id)
            recent = last is not None and message.created_at - last.asked_at <= CONVERSATION
            return last if message.guild or recent else None
        return None

    def _question(
        self, message: discord.Message, earlier: Exchange | None, before: Exchange | None
    ) -> Exchange:
        """What a message asks.

        Args:
            earlier: what it asked before it was edited.
            before: what it goes on from.
        """
        assert self.bot.user is not None
        asked = Exchange(
            server=message.guild.id if message.guild else None,
            channel=message.channel.id,
            person=message.author.id,
            question=re.sub(
                _named(self.bot.user), " ", message.content, flags=re.IGNORECASE
            ).strip(),
            asked_at=message.edited_at or message.created_at,
            asking=message.id,
            near=before.about if before else (),
        )
        if earlier is None:
            return asked
        return replace(
            asked, channel=earlier.channel, answering=earlier.answering, near=earlier.near
        )

    async def _language(self, message: discord.Message) -> Language:
        """That in which the person used a command last, or else the server's."""
        known = await self.bot.quickly(self.bot.memory.people.locale, message.author.id)
        return speaking(known or (message.guild.preferred_locale if message.guild else None))

    async def _answer(self, message: discord.Message, question: Exchange, say: Language) -> None:
        permissions = self._permissions(message)
        self.bot.cooldowns.check(question)
        async with message.channel.typing():
            key, card = await answer(self.bot, question, say)
        if message.id in self._deleted:
            await self.bot.quickly(self.bot.memory.exchanges.forget_question, message.id)
            return
        try:
            sent = await self._post(message, question, permissions, card)
        except Exception:
            await self.bot.quickly(self.bot.memory.exchanges.forget_question, message.id)
            raise
        await asking.answered(self.bot, key, sent, question)

    async def _post(
        self,
        message: discord.Message,
        question: Exchange,
        permissions: discord.Permissions,
        card: discord.ui.LayoutView,
    ) -> discord.Message:
        """Post an answer: into a thread, as a reply, or, without the right to that, below."""
        if asking.holds_words(question.question) and await threads.wanted(
            self.bot, message.channel, permissions
        ):
            thread = await threads.open_at(message, question.question)
            if thread:
                return await thread.send(view=card, nonce=message.id)
        if not permissions.read_message_history:  # without which Discord takes no reply
            return await message.channel.send(view=card, nonce=message.id)
        return await message.channel.send(
            view=card,
            reference=message.to_reference(fail_if_not_exists=False),
            mention_author=False,
            nonce=message.id,
        )

    async def _answer_anew(self, earlier: int, question: Exchange, say: Language) -> None:
        """Put the answer to an edited question in the place of the earlier one, a message."""
        self.bot.cooldowns.check(question)
        _, card = await answer(self.bot, question, say)
        try:
            await self._posted(question.channel, earlier).edit(view=card)
        except discord.NotFound:  # somebody has removed it, who does not want another one
            errors.log.info("an answer to an edited question is not there any more")

    async def _withdraw(self, message_ids: Collection[int]) -> None:
        """Delete the answers to questions that were deleted."""
        exchanges = self.bot.memory.exchanges
        self._deleted.extend(message_ids)
        for message_id in message_ids:
            async with self._lock(message_id):
                asked = await self.bot.quickly(exchanges.asked_by, message_id)
                if asked is None:
                    continue
                await self.bot.quickly(exchanges.forget_question, message_id)
                if asked.answering is not None:
                    try:
                        await self._posted(asked.channel, asked.answering).delete()
                    except discord.HTTPException as error:
                        errors.log.warning("an answer could not be deleted: %s", error)

    def _permissions(self, message: discord.Message) -> discord.Permissions:
        """What the bot may do where a message stands.

        Raises:
            Refusal: it may not even answer.
        """
        channel = message.channel
        if message.guild is None or isinstance(channel, discord.PartialMessageable):
            return discord.Permissions.all()  # or not known: then Discord will say what is not
        assert not isinstance(channel, discord.DMChannel | discord.GroupChannel)
        permissions = channel.permissions_for(message.guild.me)
        if isinstance(channel, discord.Thread):
            allowed, name = permissions.send_messages_in_threads, "Send Messages in Threads"
        else:
            allowed, name = permissions.send_messages, "Send Messages"
        if not allowed:
            raise errors.Refusal("missing-permission", channel=channel.mention, permission=name)
        return permissions

    def _posted(self, channel: int, message: int) -> discord.PartialMessage:
        return self.bot.get_partial_messageable(channel).get_partial_message(message)

    def _lock(self, message_id: int) -> asyncio.Lock:
        """What keeps a question from being answered, edited and deleted at the same time."""
        return self._locks.setdefault(message_id, asyncio.Lock())


def _named(me: discord.ClientUser) -> str:
    """The pattern of the bot's name, chosen or, at the beginning, typed: it means the same."""
    return rf"<@!?{me.id}>|^\s*@{re.escape(me.name)}\b"


async def setup(bot: Dateline) -> None:
    await bot.add_cog(Messages(bot))
