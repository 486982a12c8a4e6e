"""Whether a message addresses the bot, and its text without the mention."""

import re
from enum import Enum

import discord

from bot.client import Dateline
from index.text.words import WORD, fold

POINTING_WORDS = frozenset(
    # English
    "can could would will do does you u please pls plz answer reply respond help explain tell know"
    " look check try take have any idea ideas thoughts thought input what how about this that these"
    " it one question here above him her them me us someone somebody to at on with for up the his"
    " their hey hi hello ok okay so maybe bot dateline also too now"
    # Spanish
    " puedes podrias puede podria responder responde respondele responderle contestar contesta"
    " contestale contestarle ayudar ayuda ayudale ayudarle sabes sabe lo la le les a de por favor"
    " porfa alguna idea que dices opinas esto eso esta esa pregunta mira hola y tu el ella".split()
)
"""The words of a reply that only points at the message it replies to, folded: "answer this?"."""

MAX_POINTING_WORDS = 12


class Address(Enum):
    """How a message reaches the bot."""

    DIRECT = "direct"
    """It is meant for the bot: a mention, a reply to it, or a direct message."""

    OVERHEARD = "overheard"
    """It was written where the bot answers questions without being addressed."""

    UNREADABLE = "unreadable"
    """It mentions the bot's role, but Discord hides its text: it shows the text of a message that
    mentions the bot itself."""


def address_of(
    bot: Dateline, message: discord.Message, *, replies_to_answer: bool
) -> Address | None:
    """How a message reaches the bot; None if it does not.

    Args:
        replies_to_answer: whether it replies to a message that answers a logged question.
    """
    me = bot.user
    if me is None:
        return None
    is_hidden = message.guild is not None and me not in message.mentions
    if is_hidden and not bot.intents.message_content:
        if own_role(message) in message.role_mentions:
            return Address.UNREADABLE
        return None
    replied_to = message.reference.resolved if message.reference else None
    if (
        message.guild is None
        or me in message.mentions
        or own_role(message) in message.role_mentions
        or name_pattern(me).match(message.content)
        or (isinstance(replied_to, discord.Message) and replied_to.author == me)
        or replies_to_answer
    ):
        return Address.DIRECT
    channel = message.channel
    is_listening = channel.id in bot.ask_channels
    if isinstance(channel, discord.Thread):
        is_listening = channel.owner_id == me.id or channel.parent_id in bot.ask_channels
    return Address.OVERHEARD if is_listening else None


def own_role(message: discord.Message) -> discord.Role | None:
    """The role that Discord gave the bot in the server of a message."""
    return message.guild.self_role if message.guild else None


def own_words(me: discord.ClientUser, message: discord.Message) -> str:
    """The text of a message without mentions of the bot and of its role."""
    text = name_pattern(me).sub(" ", message.content)
    role = own_role(message)
    return (text.replace(role.mention, " ") if role else text).strip()


def name_pattern(me: discord.ClientUser) -> re.Pattern[str]:
    """The pattern of a mention of the bot or, at the beginning of a message, of its typed name."""
    return re.compile(rf"<@!?{me.id}>|^\s*@{re.escape(me.name)}\b", re.IGNORECASE)


def only_points(text: str) -> bool:
    """Whether a reply asks nothing of its own, but for an answer to what it replies to: "^", "?",
    "can you answer this?". Folded."""
    words = WORD.findall(fold(text))
    return len(words) <= MAX_POINTING_WORDS and POINTING_WORDS.issuperset(words)


async def message_replied_to(message: discord.Message) -> discord.Message | None:
    """The message that another one replies to; None if there is none, or it was deleted.

    Raises:
        discord.DiscordException: it cannot be read.
    """
    if message.type is not discord.MessageType.reply or message.reference is None:
        return None
    resolved = message.reference.resolved
    if isinstance(resolved, discord.Message):
        return resolved
    if resolved is not None or message.reference.message_id is None:
        return None  # deleted
    try:
        return await message.channel.fetch_message(message.reference.message_id)
    except discord.NotFound:
        return None
