"""Whether the bot may answer where it was asked."""

from typing import Any
from unittest.mock import Mock

import discord
import pytest

from bot.errors import Refusal
from bot.services.permissions import permissions_to_reply


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
