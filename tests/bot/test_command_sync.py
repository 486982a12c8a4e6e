"""Commands are registered with Discord when they have changed, and only then."""

from bot.command_sync import HASH_KEY
from tests.bot.conftest import World, text_of


def tellings(world: World) -> int:
    """How often the commands were registered."""
    return sum(
        request.method == "PUT" and request.path.endswith("/commands")
        for request in world.env.http_requests
    )


async def test_unchanged_commands_are_registered_once(world: World) -> None:
    assert tellings(world) == 1

    await world.restart()

    assert tellings(world) == 1
    assert "</ask:" in text_of(await world.slash("help"))


async def test_changed_commands_are_registered_again(world: World) -> None:
    world.bot.storage.set_value(HASH_KEY, "that of an earlier version")

    await world.restart()
    await world.restart()

    assert tellings(world) == 2
