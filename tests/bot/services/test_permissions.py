"""Who may change what, and where the bot may write."""

from dataclasses import replace
from typing import Any
from unittest.mock import Mock

import discord
import pytest

from bot.errors import Refusal
from bot.services.permissions import missing_permission, permissions_to_reply, require_writable
from tests.bot.conftest import World, text_of

NOT_AN_EDITOR = "Only members with the permission “Manage Server”"


@pytest.mark.parametrize("role_set", [True, False])
async def test_members_with_the_editors_role_may_change_articles(
    world: World, role_set: bool
) -> None:
    desk, other = world.guild.create_role("Desk"), world.guild.create_role("Other")
    if role_set:
        world.bot.storage.server_settings.update(world.guild.id, editors=desk.id)
    manage = discord.Permissions(manage_guild=True)
    await world.show_command("manage", world.guild.default_role)
    managers = world.guild.create_role("Managers", permissions=manage)
    for name, role, allowed in (
        ("editor", desk, role_set),
        ("manager", managers, True),
        ("other", other, False),
        ("nobody", None, False),
    ):
        user = world.env.create_user(name)
        person = world.guild.add_member(user, roles=[role] if role else [])
        told = text_of(await replace(world, reader=person).slash("manage articles failed"))
        assert told.startswith(NOT_AN_EDITOR) != allowed, name
        assert (f"or the role <@&{desk.id}>" in told) == (role_set and not allowed)


async def test_a_channel_needs_to_be_seen_and_written_in(world: World) -> None:
    guild = world.bot.get_guild(world.guild.id)
    assert guild is not None
    me = guild.me
    for denied, missing in (
        ({}, None),
        ({"view_channel": False}, "View Channel"),
        ({"send_messages": False}, "Send Messages"),
    ):
        overwrite = discord.PermissionOverwrite(**denied)
        handle = world.guild.create_text_channel("desk", overwrites={me: overwrite})
        channel = guild.get_channel(handle.id)
        assert isinstance(channel, discord.TextChannel)
        assert missing_permission(channel) == missing
        if missing:
            with pytest.raises(Refusal) as refused:
                require_writable(channel)
            assert refused.value.values["permission"] == missing
        else:
            require_writable(channel)


def message_in(kind: type[Any], **permissions: bool) -> Mock:
    """A message in a channel of a kind, where the bot has only some permissions."""
    channel = Mock(spec=kind, mention="<#1>")
    channel.permissions_for.return_value = discord.Permissions(**permissions)
    return Mock(spec=discord.Message, guild=Mock(), channel=channel)


@pytest.mark.parametrize(
    ("kind", "needed", "other"),
    [
        (discord.TextChannel, "send_messages", "send_messages_in_threads"),
        (discord.Thread, "send_messages_in_threads", "send_messages"),
    ],
)
def test_a_thread_has_a_permission_of_its_own(kind: type[Any], needed: str, other: str) -> None:
    assert permissions_to_reply(message_in(kind, **{needed: True})).value
    with pytest.raises(Refusal, match="missing-permission"):
        permissions_to_reply(message_in(kind, **{other: True}))
