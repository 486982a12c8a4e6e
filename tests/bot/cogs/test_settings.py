"""Stories of ``/settings``, and of servers that the bot leaves."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import discord
import pytest

from bot.cogs.maintenance import QUESTION_RETENTION, SERVER_RETENTION
from bot.storage import IngestJob
from index import Article, Scope, StoreError
from tests.bot.conftest import World, answered, text_of, words_of

TROOPS = "About 200 American troops are on their way to Israel"


@pytest.fixture
def manager(world: World) -> World:
    """The world, seen by somebody who manages the server."""
    role = world.guild.create_role("Managers", permissions=discord.Permissions(manage_guild=True))
    person = world.guild.add_member(world.env.create_user("manager"), roles=[role])
    return replace(world, reader=person)


async def settings(world: World) -> str:
    return text_of(await world.slash("settings show"))


async def test_settings_are_shown_as_they_are(manager: World) -> None:
    role = manager.guild.create_role("Desk")
    text = await settings(manager)
    assert "**Threads**: off: answers are posted in the channel" in text
    assert "**Ask channels**: none" in text
    assert "**Editors**: members with the permission “Manage Server”" in text
    assert "**Questions per person**: 20 in 30 s" in text

    for command, options in (
        ("threads", {"on": True}),
        ("ask-channel", {"channel": manager.channel}),
        ("editors", {"role": role}),
        ("cooldown", {"questions": 3, "seconds": 0}),
    ):
        result = await manager.reader.slash(manager.channel, f"settings {command}", **options)
        assert result.ephemeral
        assert text_of(answered(result)).startswith("**Saved.**\n**Threads**: ")

    await manager.restart()
    text = await settings(manager)
    assert "**Threads**: every question gets its own thread" in text
    assert f"**Ask channels**: <#{manager.channel.id}>" in text
    assert f"or the role <@&{role.id}>" in text
    assert "no limit" in text


async def test_an_ask_channel_is_switched_on_and_off(manager: World, world: World) -> None:
    await manager.slash("settings ask-channel", channel=manager.channel)
    await world.reader.send(world.channel, "how many troops?")
    assert TROOPS in words_of(world.last())

    await manager.slash("settings ask-channel", channel=manager.channel, on=False)
    await world.reader.send(world.channel, "how many troops?")
    assert world.channel.last_message is not None
    assert world.channel.last_message.author.id == world.reader.id


async def test_a_forum_can_be_an_ask_channel(manager: World) -> None:
    forum = manager.guild.create_forum_channel("questions")

    shown = text_of(await manager.slash("settings ask-channel", channel=forum))

    assert f"**Ask channels**: <#{forum.id}>" in shown
    assert forum.id in manager.bot.ask_channels


async def test_a_channel_where_the_bot_may_not_write_is_no_ask_channel(manager: World) -> None:
    assert manager.bot.user is not None
    denied = discord.PermissionOverwrite(send_messages=False)
    quiet = manager.guild.create_text_channel("quiet", overwrites={manager.bot.user: denied})

    told = text_of(await manager.slash("settings ask-channel", channel=quiet))

    assert told == (
        f"I can't write in <#{quiet.id}> because I don't have the permission “Send Messages” there."
        " Nothing was changed."
    )
    assert "none" in await settings(manager)


async def test_threads_that_cannot_be_made_everywhere_are_told(manager: World) -> None:
    assert manager.bot.user is not None
    denied = discord.PermissionOverwrite(create_public_threads=False)
    manager.guild.create_text_channel("flat", overwrites={manager.bot.user: denied})

    told = text_of(await manager.slash("settings threads", on=True))

    assert told.startswith(
        "Saved. In some channels I don't have the permission “Create Public Threads”"
    )


async def test_a_cooldown_holds_at_once(manager: World, world: World) -> None:
    await world.mention("how many troops?")
    await manager.slash("settings cooldown", questions=1, seconds=60)

    await world.slash("ask", question="how many troops?")
    refused = await world.reader.slash(world.channel, "ask", question="how many troops?")

    assert "Please try again in 60 s." in text_of(answered(refused))


async def test_a_setting_leaves_the_cooldowns_of_others_alone(manager: World, world: World) -> None:
    elsewhere = world.env.create_guild("Elsewhere")
    channel = elsewhere.create_text_channel("general")
    stranger = elsewhere.add_member(world.env.create_user("stranger"))
    for guild in (world.guild, elsewhere):
        world.bot.storage.server_settings.update(guild.id, questions=1, seconds=60)
    await world.slash("ask", question="how many troops?")
    await stranger.slash(channel, "ask", question="how many troops?")

    await manager.slash("settings threads", on=False)
    refused = await world.slash("ask", question="how many troops?")
    assert "Please try again in" in text_of(refused), "that was no change of the cooldown"
    await manager.slash("settings cooldown", questions=1, seconds=60)
    assert TROOPS in words_of(await world.slash("ask", question="how many troops?"))
    refused = answered(await stranger.slash(channel, "ask", question="how many troops?"))
    assert "Please try again in" in text_of(refused), "that was another server's change"


async def test_settings_are_for_managers(world: World) -> None:
    # Discord does not even show them to others; whoever finds a way is refused.
    command = next(c for c in world.bot.tree.get_commands() if c.name == "settings")
    assert isinstance(command, discord.app_commands.Group)
    assert command.default_permissions == discord.Permissions(manage_guild=True)
    assert command.guild_only
    await world.show_command("settings")
    for name, options in (
        ("show", {}),
        ("threads", {"on": True}),
        ("ask-channel", {"channel": world.channel}),
        ("editors", {}),
        ("cooldown", {"questions": 1, "seconds": 60}),
        ("delete-everything", {}),
    ):
        refused = await world.reader.slash(world.channel, f"settings {name}", **options)
        assert refused.ephemeral
        assert text_of(answered(refused)).startswith(
            "Only members with the permission “Manage Server”"
        )
    assert not world.bot.storage.server_settings.get(world.guild.id).threads


# Deleting and leaving


def give_articles(world: World) -> Scope:
    collection = f"server-{world.guild.id}"
    world.bot.library.add(Article("Otters", "There are nine otters.", collection=collection))
    return Scope((collection,))


async def test_deleting_everything_also_forgets_who_has_asked_too_much(manager: World) -> None:
    await manager.slash("settings cooldown", questions=1, seconds=3600)
    told = [text_of(await manager.slash("ask", question="how many otters?")) for _ in range(2)]
    assert ["You have asked too many" in text for text in told] == [False, True]
    await manager.bot.delete_server(manager.guild.id)
    again = text_of(await manager.slash("ask", question="how many otters?"))
    assert "You have asked too many" not in again


async def test_everything_is_deleted_once_the_name_is_typed(manager: World) -> None:
    own = give_articles(manager)
    await manager.slash("settings threads", on=True)
    await manager.slash("settings ask-channel", channel=manager.channel)
    await manager.slash("ask", question="how many otters?")

    form = await manager.reader.slash(manager.channel, "settings delete-everything")
    assert form.modal is not None
    field = form.modal["components"][1]["component"]["custom_id"]
    mistyped = await manager.reader.submit_modal(form, {field: "Newsrom"})
    assert "nothing was deleted" in text_of(answered(mistyped))
    assert manager.bot.library.count(own) == 1

    form = await manager.reader.slash(manager.channel, "settings delete-everything")
    assert form.modal is not None
    field = form.modal["components"][1]["component"]["custom_id"]
    deleted = await manager.reader.submit_modal(form, {field: "newsroom "})
    assert text_of(answered(deleted)).startswith("Deleted: one article, the feeds, the settings")
    assert manager.bot.library.count(own) == 0
    assert manager.bot.library.count() == 3
    assert "none" in await settings(manager)
    assert "**Questions in the last 24 hours**: 0" in text_of(await manager.slash("status"))


async def delete_everything(world: World) -> None:
    form = await world.reader.slash(world.channel, "settings delete-everything")
    assert form.modal is not None
    field = form.modal["components"][1]["component"]["custom_id"]
    await world.reader.submit_modal(form, {field: "Newsroom"})


async def leave_for_good(world: World) -> None:
    now = world.env.now()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(discord.utils, "utcnow", lambda: now)
        world.env.backend.remove_guild(world.guild.id)
        await world.env.settle()
        patch.setattr(discord.utils, "utcnow", lambda: now + SERVER_RETENTION + timedelta(days=1))
        await forget(world)


@pytest.mark.parametrize("end", [delete_everything, leave_for_good])
async def test_nothing_of_a_server_is_left(manager: World, world: World, end: Any) -> None:
    library: Any = manager.bot.library
    own = give_articles(manager)
    elsewhere = world.env.create_guild("Elsewhere")
    there = elsewhere.create_text_channel("general")
    both = world.env.create_user("both")
    both_here, both_there = world.guild.add_member(both), elsewhere.add_member(both)
    stranger = elsewhere.add_member(world.env.create_user("stranger"))
    await both_there.slash(there, "ask", question="how many troops?")
    await stranger.slash(there, "help")
    for person in (world.reader, both_here, manager.reader):
        await person.slash(world.channel, "help")
    await world.mention("how many otters?")
    before = indexes(library)
    library.flush()
    assert len(indexes(library) - before) == 1

    await end(manager)

    assert library.count(own) == 0
    assert indexes(library) == before
    locales = manager.bot.storage.user_locales
    known = [p.id for p in (world.reader, manager.reader, both, stranger) if locales.get(p.id)]
    assert known == [both.id, stranger.id]


async def forget(world: World) -> None:
    """What the bot does each hour."""
    cog: Any = world.bot.get_cog("MaintenanceCog")
    await cog.purge()


async def test_a_server_that_is_left_is_kept_for_thirty_days(
    manager: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    own = give_articles(manager)
    manager.env.backend.remove_guild(manager.guild.id)
    await manager.env.settle()
    now = manager.env.now()

    monkeypatch.setattr(discord.utils, "utcnow", lambda: now + timedelta(days=29))
    await forget(manager)
    assert manager.bot.library.count(own) == 1

    monkeypatch.setattr(discord.utils, "utcnow", lambda: now + timedelta(days=31))
    await forget(manager)
    assert manager.bot.library.count(own) == 0
    assert manager.bot.library.count() == 3
    assert timedelta(days=30) == SERVER_RETENTION


async def test_a_server_that_came_back_keeps_what_is_its_own(
    manager: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    servers = manager.bot.storage.server_settings
    servers.update(manager.guild.id, threads=True)
    servers.mark_left(manager.guild.id, discord.utils.utcnow() - timedelta(days=400))

    await manager.restart()  # it is there again when the bot is
    assert servers.get(manager.guild.id).threads
    own = give_articles(manager)
    later = discord.utils.utcnow() + timedelta(days=31)
    monkeypatch.setattr(discord.utils, "utcnow", lambda: later)
    await forget(manager)

    assert servers.get(manager.guild.id).threads
    assert manager.bot.library.count(own) == 1


async def test_a_server_that_the_bot_is_in_is_never_deleted(manager: World) -> None:
    own = give_articles(manager)
    servers = manager.bot.storage.server_settings
    servers.update(manager.guild.id, threads=True)
    servers.mark_left(manager.guild.id, discord.utils.utcnow() - timedelta(days=400))

    await forget(manager)  # before the bot has noticed that it is there again

    assert servers.get(manager.guild.id).threads
    assert manager.bot.library.count(own) == 1


async def test_a_library_that_cannot_be_written_now_is_tried_again_an_hour_later(
    world: World, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def locked(_: object) -> None:
        raise StoreError("database is locked")

    with monkeypatch.context() as patch:
        patch.setattr(world.bot.storage.question_log, "purge", locked)
        await forget(world)

    assert "database is locked" in caplog.text
    cog: Any = world.bot.get_cog("MaintenanceCog")
    assert cog.purge.is_running()


def indexes(library: Any) -> set[str]:
    return {path.name for path in library._store._folder.glob("faiss/*")}


async def test_the_indexes_are_written_while_the_bot_runs(
    world: World, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    library: Any = world.bot.library
    library.add(Article("Otters", "There are nine.", collection="server-77"))
    cog: Any = world.bot.get_cog("MaintenanceCog")
    assert cog.flush.is_running()
    before = indexes(library)
    await cog.flush()
    assert indexes(library) > before

    def full() -> None:
        raise StoreError("the disk is full")

    monkeypatch.setattr(library, "flush", full)
    await cog.flush()
    assert "the disk is full" in caplog.text


async def test_a_server_that_was_left_while_the_bot_was_away_is_noticed(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    world.bot.library.add(Article("Otters", "There are nine.", collection="server-77"))
    storage, now = world.bot.storage, world.env.now()
    storage.server_settings.update(78, threads=True)
    storage.feeds.add("server-79", "https://a.example/", "A", now, user_id=5)
    storage.ingest_jobs.add([IngestJob("server-80", "https://a.example/", {})], now)
    storage.user_locales.set(6, "fr", 81)

    await world.restart()
    later = discord.utils.utcnow() + timedelta(days=31)
    monkeypatch.setattr(discord.utils, "utcnow", lambda: later)
    await forget(world)

    assert world.bot.library.count(Scope(("server-77",))) == 0
    assert not storage.server_settings.get(78).threads
    assert storage.collections() == set()
    assert storage.user_locales.get(6) is None


async def test_what_was_asked_long_ago_is_forgotten(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    await world.mention("how many troops?")
    asked = world.bot.storage.question_log.get_last(world.channel.id)
    assert asked is not None
    for past, remembered in ((timedelta(days=-1), True), (timedelta(days=1), False)):
        then = asked.asked_at + QUESTION_RETENTION + past
        monkeypatch.setattr(discord.utils, "utcnow", lambda then=then: then)
        await forget(world)
        assert (world.bot.storage.question_log.get_last(world.channel.id) is not None) == remembered
