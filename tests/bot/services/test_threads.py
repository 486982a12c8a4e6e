"""When a question gets a thread of its own."""

from unittest.mock import Mock

import discord
import pytest

from bot.services.threads import should_create
from tests.bot.conftest import World

CREATE, SEND = "create_public_threads", "send_messages_in_threads"


@pytest.mark.parametrize(
    ("wanted", "granted", "expected"),
    [
        (True, [CREATE, SEND], True),
        (True, [CREATE], False),
        (True, [SEND], False),
        (False, [CREATE, SEND], False),
    ],
)
async def test_a_server_wants_threads_and_the_bot_may_make_them_and_write_there(
    world: World, wanted: bool, granted: list[str], expected: bool
) -> None:
    world.bot.storage.server_settings.update(world.guild.id, threads=wanted)
    channel = Mock(spec=discord.TextChannel, guild=world.bot.get_guild(world.guild.id))
    permissions = discord.Permissions(**dict.fromkeys(granted, True))
    assert await should_create(world.bot, channel, permissions) == expected
