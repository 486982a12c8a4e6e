"""The question that a message asks: in its text, in another message or in a post's title."""

import logging
from dataclasses import dataclass, replace
from datetime import timedelta

import discord

from bot.client import Dateline
from bot.errors import DISCORD_ERRORS
from bot.services.addressing import Address, message_replied_to, only_points, own_words
from bot.services.answering import contains_words, find_answer
from bot.services.bookkeeping import bookkeep
from bot.services.question_detection import ADDRESS
from bot.storage import LoggedQuestion
from index import NO_TURN, Certainty, Turn

CONVERSATION_WINDOW = timedelta(hours=1)
"""How long after a question a direct message follows up on it."""

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class MessageQuestion:
    """A question that a message asks.

    Args:
        asked_in: the message that the answer replies to.
        continues: whether it follows up on another question, or on the title of its post.
    """

    question: LoggedQuestion
    asked_in: discord.Message
    continues: bool = False


async def previous_question(bot: Dateline, message: discord.Message) -> LoggedQuestion | None:
    """The question that a message follows up on: the one whose answer it replies to, or the last
    one in its thread or direct message."""
    log_ = bot.storage.question_log
    if message.type is discord.MessageType.reply and message.reference is not None:
        answer_id = message.reference.message_id or 0
        return await bookkeep(bot, None, log_.get_by_answer, answer_id)
    if message.guild is None or isinstance(message.channel, discord.Thread):
        last = await bookkeep(bot, None, log_.get_last, message.channel.id)
        if last is None or message.guild:
            return last
        return last if message.created_at - last.asked_at <= CONVERSATION_WINDOW else None
    return None


async def questions_of(
    bot: Dateline,
    message: discord.Message,
    address: Address,
    earlier: LoggedQuestion | None,
    previous: LoggedQuestion | None,
) -> list[MessageQuestion]:
    """The questions that a message may ask, likeliest first; at least one.

    Args:
        earlier: the question before it was edited.
        previous: the question that it follows up on.

    Raises:
        Refusal: too many questions are waiting.
    """
    assert bot.user is not None
    text = own_words(bot.user, message)
    asked = _question(message, text, earlier, previous.turn if previous else NO_TURN)
    if address is Address.DIRECT and previous is None:
        other = await _other_message(bot, message)
        if other is not None:
            other_text = own_words(bot.user, other)
            if only_points(text):
                return [MessageQuestion(replace(asked, text=other_text), other)]
            turn = await _turn_of(bot, replace(asked, text=other_text))
            return [MessageQuestion(_following(asked, turn), message, turn != NO_TURN)]
    title = _post_title(message)
    if not title or previous is not None:
        return [MessageQuestion(asked, message, previous is not None)]
    titled = MessageQuestion(replace(asked, text=title), message)
    is_first = message.id == message.channel.id
    if is_first and not contains_words(ADDRESS.sub(" ", text)):  # a picture or a link
        return [titled]
    turn = await _turn_of(bot, titled.question)
    questions = [MessageQuestion(_following(asked, turn), message, turn != NO_TURN)]
    return [*questions, titled] if is_first else questions


def _question(
    message: discord.Message, text: str, earlier: LoggedQuestion | None, previous: Turn
) -> LoggedQuestion:
    question = LoggedQuestion(
        guild_id=message.guild.id if message.guild else None,
        channel_id=message.channel.id,
        user_id=message.author.id,
        text=text,
        asked_at=message.edited_at or message.created_at,
        message_id=message.id,
        previous=previous,
    )
    if earlier is None:
        return question
    return replace(
        question,
        channel_id=earlier.channel_id,
        answer_id=earlier.answer_id,
        previous=earlier.previous,
    )


def _following(question: LoggedQuestion, turn: Turn) -> LoggedQuestion:
    """A question that follows up on a turn, unless it follows up on one already."""
    return question if question.previous != NO_TURN else replace(question, previous=turn)


async def _other_message(bot: Dateline, message: discord.Message) -> discord.Message | None:
    """The message of somebody else that a message replies to."""
    try:
        other = await message_replied_to(message)
    except DISCORD_ERRORS as error:
        log.warning("the message that is replied to could not be read: %s", error)
        return None
    return None if other is None or other.author == bot.user else other


def _post_title(message: discord.Message) -> str:
    """The title of the forum post that a message is in; "" elsewhere."""
    channel = message.channel
    is_post = isinstance(channel, discord.Thread) and isinstance(
        channel.parent, discord.ForumChannel
    )
    return channel.name if is_post and isinstance(channel, discord.Thread) else ""


async def _turn_of(bot: Dateline, question: LoggedQuestion) -> Turn:
    """The turn that a question would make, which is not logged; none if it has no answer."""
    answer = (await find_answer(bot, question)).answer
    if answer is None or answer.certainty is Certainty.NONE:
        return NO_TURN
    return answer.turn
