"""The permissions of users and of the bot itself."""

from typing import Any

import discord

from bot.client import Dateline
from bot.collections import own_collection, readable_collections
from bot.errors import Refusal


def require_server(interaction: discord.Interaction[Any]) -> int:
    """The id of the server of an interaction. Raises: Refusal, in a direct message."""
    if interaction.guild_id is None:
        raise Refusal("only-in-servers")
    return interaction.guild_id


def require_manager(interaction: discord.Interaction[Any]) -> int:
    """The id of the server, which the user manages. Raises: Refusal, if they do not."""
    guild_id = require_server(interaction)
    if not interaction.permissions.manage_guild:
        raise Refusal("not-a-manager")
    return guild_id


async def require_editor(interaction: discord.Interaction[Any]) -> int:
    """The id of the server, whose articles the user may change.

    Raises:
        Refusal: they may not, or there is no server.
    """
    guild_id = require_server(interaction)
    if interaction.permissions.manage_guild:
        return guild_id
    bot: Dateline = interaction.client
    settings = await bot.executors.run_db(bot.storage.server_settings.get, guild_id)
    role, user = settings.editors, interaction.user
    if isinstance(user, discord.Member) and role and user.get_role(role):
        return guild_id
    raise Refusal("not-an-editor", role=role or 0, mention=f"<@&{role}>")


async def is_editor(interaction: discord.Interaction[Any]) -> bool:
    """Whether the user may change the server's articles."""
    try:
        await require_editor(interaction)
    except Refusal:
        return False
    return True


async def editable_collections(interaction: discord.Interaction[Any]) -> tuple[str, ...]:
    """The collections that the user may change: the server's and, for the operator, the shared.

    Raises:
        Refusal: they may change none.
    """
    bot: Dateline = interaction.client
    if await bot.is_owner(interaction.user):
        return readable_collections(interaction.guild_id)
    return (own_collection(await require_editor(interaction)),)


def missing_permission(channel: discord.abc.GuildChannel) -> str | None:
    """The name of a permission that the bot lacks to write in a channel; None if it may."""
    permissions = channel.permissions_for(channel.guild.me)
    required = {"View Channel": permissions.view_channel}
    if isinstance(channel, discord.ForumChannel):  # the bot writes in its posts
        required["Send Messages in Threads"] = permissions.send_messages_in_threads
    else:
        required["Send Messages"] = permissions.send_messages
    return next((name for name, granted in required.items() if not granted), None)


def require_writable(channel: discord.TextChannel | discord.ForumChannel) -> None:
    """Raises: Refusal, if the bot may not write in a channel."""
    if missing := missing_permission(channel):
        raise Refusal("channel-no-permission", channel=channel.mention, permission=missing)


def permissions_to_reply(message: discord.Message) -> discord.Permissions:
    """The bot's permissions in the channel of a message.

    Raises:
        Refusal: it may not write there.
    """
    channel = message.channel
    if message.guild is None or isinstance(channel, discord.PartialMessageable):
        return discord.Permissions.all()  # or unknown: then Discord reports what is missing
    assert not isinstance(channel, discord.DMChannel | discord.GroupChannel)
    permissions = channel.permissions_for(message.guild.me)
    if isinstance(channel, discord.Thread):
        allowed, name = permissions.send_messages_in_threads, "Send Messages in Threads"
    else:
        allowed, name = permissions.send_messages, "Send Messages"
    if not allowed:
        raise Refusal("missing-permission", channel=channel.mention, permission=name)
    return permissions
