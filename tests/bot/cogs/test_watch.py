"""Watched questions: a changed answer is sent once, in quotes, to the user who watches it."""

import asyncio
import sys
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

import discord
import pytest
import simcord

from bot.services import watches as watch_service
from index import Article, Scope
from tests.bot.conftest import World, answered, buttons_of, labels_of, text_of, words_of

QUESTION = "How many otters live in the Korsvik zoo?"
NINE = "The Korsvik zoo has nine otters, its director said on Monday. They like the rain."
AGAIN = "Visitors queued at the Korsvik zoo, where 9 otters live. Tickets cost 12 crowns."
TWELVE = "The Korsvik zoo now has twelve otters after three pups were born, its director said."
FIFTEEN = "Fifteen otters live in the Korsvik zoo since a neighboring town closed its own."
OTHER = "The mayor of Korsvik opened a swimming pool. It has a slide of 40 meters."
SHARED = "shared"


def article(text: str, day: int, collection: str = SHARED, url: str | None = None) -> Article:
    title = " ".join(text.split()[:6])
    return Article(title, text, "Harbor Wire", date(2025, 10, day), url, collection)


async def add(world: World, *articles: Article) -> None:
    """Add articles, as another process may do, and let the bot notice it."""
    library = world.bot.library
    await asyncio.to_thread(lambda: list(library.add_all(articles)))
    await world.pass_time(31)


def messages(world: World) -> Sequence[discord.Message]:
    """The direct messages to the reader, without the first one, which tells that there will be
    some."""
    user = world.reader.user
    return [
        message
        for message in user.dm_channel.history(viewer=user)
        if not message.flags.ephemeral and "I'll send you" not in text_of(message)
    ]


async def press(world: World, told: discord.Message, label: str) -> simcord.ResponseMessage:
    """Press a button of a direct message, the first one with that label."""
    custom_id = next(b["custom_id"] for b in buttons_of(told) if b["label"] == label)
    return answered(await world.reader.user.click(told, custom_id=custom_id))


async def watch(world: World, question: str = QUESTION, **options: object) -> str:
    return words_of(await world.slash("watch add", question=question, **options))


async def test_a_changed_answer_is_sent_once_beside_the_old_one(world: World) -> None:
    await add(world, article(NINE, 9))
    assert "The answer so far:" in await watch(world)

    await add(world, article(AGAIN, 10))
    await add(world, article(OTHER, 11))
    assert messages(world) == []

    await add(world, article(TWELVE, 12))
    (told,) = messages(world)
    text = text_of(told)
    assert f"**{QUESTION}**" in text
    assert "Was **nine otters** (Harbor Wire, 9 October 2025), is now **twelve otters**." in text
    assert f"> {TWELVE}" in words_of(told)
    assert f"> {NINE.partition('. ')[0]}." in words_of(told)
    assert labels_of(told) == ["Context", "Context", "Pause", "Stop watching"]

    await add(world, article(TWELVE.replace("now has", "has"), 13))
    await world.restart()
    await world.pass_time(31)
    assert len(messages(world)) == 1


async def test_the_first_answer_is_sent(world: World) -> None:
    assert "no answer to this in the articles yet" in await watch(world)

    await add(world, article(OTHER, 9))
    await add(world, article(NINE, 9))

    (told,) = messages(world)
    assert "Now answered: nine" in words_of(told)


async def test_an_older_article_that_comes_late_is_no_news(world: World) -> None:
    await add(world, article(TWELVE, 12))
    await watch(world)
    await add(world, article(NINE, 9))
    assert messages(world) == []


async def test_the_newest_of_articles_added_together_is_sent(world: World) -> None:
    await add(world, article(NINE, 9))
    await watch(world)
    await add(world, article(FIFTEEN, 14), article(AGAIN, 10), article(TWELVE, 12))
    (told,) = messages(world)
    assert "Was nine otters (Harbor Wire, 9 October 2025), is now Fifteen" in words_of(told)


async def test_changes_while_the_bot_was_away_are_sent(world: World) -> None:
    await add(world, article(NINE, 9))
    await watch(world)
    await asyncio.to_thread(world.bot.library.add, article(TWELVE, 12))
    await world.restart()
    await world.pass_time(31)
    assert len(messages(world)) == 1


async def test_a_corrected_article_changes_the_answer(world: World) -> None:
    url = "https://wire.example/otters"
    await add(world, article(NINE, 9, url=url))
    await watch(world)
    await add(world, article(TWELVE, 9, url=url))
    (told,) = messages(world)
    assert "Was nine otters (Harbor Wire, 9 October 2025), is now twelve" in words_of(told)
    former = buttons_of(told)[1]["custom_id"]
    result = await world.reader.user.click(told, custom_id=former)
    assert "This is the earlier version" in text_of(answered(result))


async def test_an_answer_whose_article_is_gone_is_not_shown(world: World) -> None:
    await add(world, old := article(NINE, 9))
    await watch(world)
    await asyncio.to_thread(world.bot.library.remove, old.id)
    await add(world, article(TWELVE, 12))
    (told,) = messages(world)
    assert "no longer in the library" in text_of(told)
    assert "nine" not in text_of(told)


async def test_after_a_few_messages_a_day_changes_come_together(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys.modules["bot.cogs.watch_alarms"], "MAX_ALARMS", 1)
    await add(world, article(NINE, 9))
    await watch(world)
    await add(world, article(TWELVE, 12))
    (first,) = messages(world)
    assert "Further changes will be combined" in text_of(first)

    await add(world, article(FIFTEEN, 13))
    await add(world, article(FIFTEEN.replace("Fifteen", "Twenty"), 14))
    assert len(messages(world)) == 1
    await world.pass_time(25 * 3600)
    _, second = messages(world)
    assert "Was twelve" in words_of(second)
    assert "is now Twenty" in words_of(second)
    assert "has changed 2 times" in text_of(second)


async def test_a_channel_is_told_by_its_editors(editor: World) -> None:
    await add(editor, article(NINE, 9))
    await watch(editor, channel=editor.channel)
    await add(editor, article(TWELVE, 12))

    told = editor.last()
    assert "is now twelve" in words_of(told)
    assert messages(editor) == []

    reader = replace(editor, reader=editor.guild.add_member(editor.env.create_user("guest")))
    result = await reader.reader.click(told, label="Pause")
    assert result.response is not None
    assert "Only the person who set up this watch" in text_of(result.response)
    result = await editor.reader.click(told, label="Stop watching")
    assert result.response is not None
    assert "No longer watching" in text_of(result.response)
    await add(editor, article(FIFTEEN, 14))
    assert editor.last().id == told.id


async def test_only_editors_have_alarms_posted_in_a_channel(world: World) -> None:
    said = await watch(world, channel=world.channel)
    assert "Only members who can change this server's articles" in said


async def test_servers_are_kept_apart(editor: World) -> None:
    own = f"server-{editor.guild.id}"
    await add(editor, article(NINE, 9))
    await watch(editor)
    await add(editor, article(TWELVE, 12, "server-1"))
    assert messages(editor) == []

    await add(editor, article(FIFTEEN, 13, own))
    (told,) = messages(editor)
    assert "neighboring town" in text_of(await press(editor, told, "Context"))

    editor.guild.remove_member(editor.reader)
    await add(editor, article(FIFTEEN.replace("Fifteen", "Thirty"), 14, own))
    assert len(messages(editor)) == 1
    assert editor.bot.storage.watches.active() == []


async def test_a_user_who_has_left_the_server_sees_no_context(editor: World) -> None:
    own = f"server-{editor.guild.id}"
    await watch(editor)
    await add(editor, article(NINE, 9, own))
    (told,) = messages(editor)
    editor.guild.remove_member(editor.reader)
    assert "no longer in the server" in text_of(await press(editor, told, "Context"))


async def test_closed_direct_messages_are_said_at_once(world: World) -> None:
    world.env.inject_error("POST", "/channels/*/messages", status=403, code=50007)
    assert "I can't send you direct messages" in await watch(world)
    assert world.bot.storage.watches.active() == []


async def test_alarms_that_could_not_be_sent_are_sent_on_resuming(world: World) -> None:
    await add(world, article(NINE, 9))
    await watch(world)
    world.env.inject_error("POST", "/channels/*/messages", status=403, code=50007)
    await add(world, article(TWELVE, 12))
    assert messages(world) == []
    assert "couldn't send a message there" in text_of(await world.slash("watch list"))

    await world.slash("watch resume", watch="otters")
    await world.pass_time(31)
    assert len(messages(world)) == 1


async def test_an_outage_delays_an_alarm(world: World) -> None:
    await add(world, article(NINE, 9))
    await watch(world)
    world.env.inject_error("POST", "/channels/*/messages", status=500, times=5)
    await add(world, article(TWELVE, 12))
    assert messages(world) == []
    await world.pass_time(60)
    assert len(messages(world)) == 1


async def test_the_list_pauses_resumes_and_removes(world: World) -> None:
    await add(world, article(NINE, 9))
    await watch(world)
    listed = await world.slash("watch list")
    assert QUESTION in words_of(listed)

    paused = (await world.reader.click(listed, label="Pause")).response
    assert paused is not None
    assert "paused" in text_of(paused)
    await add(world, article(TWELVE, 12))
    assert messages(world) == []

    resumed = (await world.reader.click(paused, label="Resume")).response
    assert resumed is not None
    await add(world, article(FIFTEEN, 13))
    assert len(messages(world)) == 1

    removed = (await world.reader.click(resumed, label="Remove")).response
    assert removed is not None
    assert "You don't watch any questions yet." in text_of(removed)


async def test_commands_find_a_watch_by_its_words(world: World) -> None:
    await watch(world)
    await watch(world, "Who is the mayor of Korsvik?")
    choices = await world.reader.autocomplete(world.channel, "watch remove", "watch", "mayor")
    assert [choice["name"] for choice in choices] == ["Who is the mayor of Korsvik?"]

    assert "More than one" in text_of(await world.slash("watch pause", watch="korsvik"))
    assert "Paused" in text_of(await world.slash("watch pause", watch="mayor"))
    assert "again" in text_of(await world.slash("watch resume", watch="mayor"))
    chosen = choices[0]["value"]
    assert "No longer" in text_of(await world.slash("watch remove", watch=chosen))
    assert "You don't watch a question" in text_of(await world.slash("watch remove", watch="mayor"))


async def test_questions_that_cannot_be_watched_are_refused(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert "Type the question" in await watch(world, "?!")
    assert "more than one question" in await watch(
        world, "How many otters live in the zoo? Who is the mayor of Korsvik?"
    )
    monkeypatch.setattr(watch_service, "MAX_WATCHES", 1)
    await watch(world)
    assert "which is the limit" in await watch(world, "Who is the mayor of Korsvik?")


async def test_a_watch_in_direct_messages_reads_what_is_shared(editor: World) -> None:
    user = editor.reader.user
    result = await user.slash("watch add", question=QUESTION)
    assert result.response is not None
    await add(editor, article(FIFTEEN, 13, f"server-{editor.guild.id}"))
    assert not [m for m in messages(editor) if "Now answered" in text_of(m)]
    await add(editor, article(NINE, 14))
    assert [m for m in messages(editor) if "Now answered" in text_of(m)]


async def test_all_of_a_server_is_deleted(editor: World) -> None:
    await watch(editor)
    await editor.bot.delete_server(editor.guild.id)
    assert editor.bot.storage.watches.active() == []
    assert editor.bot.library.count(Scope((f"server-{editor.guild.id}",))) == 0
