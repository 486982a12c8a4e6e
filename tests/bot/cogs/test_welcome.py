"""Stories of a first meeting: a greeting is answered with how to ask, and examples."""

from collections.abc import Awaitable, Callable
from datetime import date

import pytest

from bot.collections import own_collection
from index import Article, BusyError, Library
from tests.bot.conftest import World, answered, buttons_of, labels_of, text_of, words_of

RunBot = Callable[..., Awaitable[World]]

ABOUT = "I answer questions about news articles"
HOLDS = "The library has 3 articles; the newest: **Four countries agree on night ferries"
SHIPS = "How many ships will make the crossing?"
OTTERS = "SUNDVIK (Otter Post) — Nine otters escaped from the zoo on Monday. They like the rain."


@pytest.mark.parametrize(
    ("talk", "reply"),
    [
        ("", ""),
        ("hello", "Hello!"),
        ("thanks!", "You're welcome!"),
        ("who are you?", ""),
        ("what can you do?", ""),
        ("help", ""),
        ("you are so stupid", "Thanks for the feedback."),
    ],
)
async def test_small_talk_gets_a_welcome_with_examples(world: World, talk: str, reply: str) -> None:
    card = await world.mention(talk)

    assert text_of(card).startswith(f"{reply} **{ABOUT}".strip())
    assert "Mention me" in text_of(card)
    assert HOLDS in text_of(card)
    assert len(labels_of(card)) == 3
    assert SHIPS in labels_of(card)


async def test_every_example_is_answered_for_all_as_the_question_of_who_presses(
    world: World,
) -> None:
    card = await world.mention("hello")
    await world.restart()

    for label in labels_of(card):
        answer = answered(await world.reader.click(card, label=label))

        assert not answer.ephemeral
        assert text_of(answer).startswith(f"**{label}**")
        assert "Searched 3 articles" in text_of(answer)
        assert "may be it" not in text_of(answer)
    log = world.bot.storage.question_log
    usage = log.usage(world.guild.id, world.reader.id, world.env.now().replace(year=2000))
    assert usage.questions == 3


async def test_an_example_starts_a_thread_where_questions_do(world: World) -> None:
    world.bot.storage.server_settings.update(world.guild.id, threads=True)
    card = await world.mention("hello")
    assert not world.channel.threads

    await world.reader.click(card, label=SHIPS)

    (thread,) = world.channel.threads
    assert "Six ships" in words_of(thread.history()[-1])


async def test_a_greeting_before_a_question_is_a_question(world: World) -> None:
    assert "About 200 American troops" in words_of(await world.mention("hi, how many troops?"))


async def test_small_talk_by_command_and_direct_message(world: World) -> None:
    assert ABOUT in text_of(await world.slash("ask", question="what can you do?"))

    await world.reader.send_dm("hello there")

    user = world.reader.user
    assert ABOUT in text_of(user.dm_channel.history(viewer=user)[-1])


async def test_small_talk_is_no_unanswered_question(world: World) -> None:
    await world.mention("what can you do?")

    assert list(world.bot.storage.question_log.unsuccessful()) == []


async def test_each_server_sees_examples_from_its_own_articles_only(world: World) -> None:
    own = own_collection(world.guild.id)
    otters = Article("Otters escape", OTTERS, published=date(2025, 12, 1), collection=own)
    world.bot.library.add(otters)
    elsewhere = world.env.create_guild("Elsewhere")
    channel = elsewhere.create_text_channel("general")
    stranger = elsewhere.add_member(world.env.create_user("stranger"))

    assert "How many otters escaped from the zoo?" in labels_of(await world.mention("hello"))
    await stranger.send(channel, f"<@{world.bot_id}> hello")

    assert channel.last_message is not None
    assert "otters" not in "".join(labels_of(channel.last_message))
    assert HOLDS in text_of(channel.last_message)


async def test_examples_follow_the_library(world: World) -> None:
    assert SHIPS in labels_of(await world.mention("hello"))

    (ferries,) = world.bot.library.articles(title="ferries")
    world.bot.library.remove(ferries.id)

    card = await world.mention("hello")
    assert len(labels_of(card)) == 2
    assert SHIPS not in labels_of(card)


async def test_an_empty_library_offers_no_examples(library: Library, run_bot: RunBot) -> None:
    world = await run_bot(library)

    card = await world.mention("hello")

    assert "The library has no articles yet." in text_of(card)
    assert not buttons_of(card)


async def test_a_busy_library_offers_no_examples(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise BusyError("Too many questions are waiting.")

    monkeypatch.setattr(world.bot.library, "submit", refuse)

    card = await world.mention("hello")

    assert HOLDS in text_of(card)
    assert not buttons_of(card)


async def test_in_an_ask_channel_no_mention_is_asked_for(world: World) -> None:
    world.bot.ask_channels.add(world.channel.id)

    text = text_of(await world.mention("help"))

    assert "Type a question in this channel" in text
    assert "Mention me" not in text
