"""Stories of questions by message: edited, deleted, gone on from, in threads and ask channels."""

from dataclasses import replace

import discord
import pytest

from bot.language import translator_for
from tests.bot.conftest import World, answered, buttons_of, text_of, words_of

TROOPS = "About 200 American troops are on their way to Israel"
ABOUT = "I answer questions about news articles"
COUNTRIES = "are Egypt, Qatar and Turkey, and perhaps the United Arab Emirates."
ARRIVAL = "the others are due before the weekend is over"
GAZA = "harborwire.example"
"""The site of the article about Gaza, in its citations."""


def answers_in(world: World, channel: object = None) -> list[discord.Message]:
    """What the bot has posted."""
    history = (channel or world.channel).history()  # type: ignore[attr-defined]
    other = (discord.MessageType.thread_created, discord.MessageType.thread_starter_message)
    return [m for m in history if m.author.id == world.bot_id and m.type not in other]


async def ask(world: World, text: str) -> discord.Message:
    """Ask by mention; returns the question."""
    return await world.reader.send(world.channel, f"<@{world.bot_id}> {text}")


async def tell_again(world: World, question: discord.Message) -> None:
    """Discord tells of a message that it has told of before, as after a resumed connection."""
    backend = world.env.backend
    backend.announce_message_create(backend.messages[world.channel.id][question.id])
    await world.env.settle()


# Going on


async def test_a_reply_goes_on_from_the_answer(world: World) -> None:
    first = await world.mention("how many troops?")

    await world.reader.send(world.channel, "and when do they arrive?", reply_to=first)
    arrival = world.last()
    await world.reader.send(world.channel, "who else is involved?", reply_to=arrival)
    others = world.last()
    await world.reader.send(world.channel, "what about Qatar?", reply_to=others)

    assert text_of(arrival).startswith("**and when do they arrive?**")
    assert ARRIVAL in words_of(arrival)
    assert COUNTRIES in words_of(others)
    assert COUNTRIES in words_of(world.last())


async def test_going_on_survives_a_restart(world: World) -> None:
    first = await world.mention("how many troops?")

    await world.restart()
    await world.reader.send(world.channel, "and when do they arrive?", reply_to=first)

    assert ARRIVAL in words_of(world.last())


async def test_without_a_reply_a_question_stands_by_itself(world: World) -> None:
    await world.mention("how many troops?")

    assert GAZA not in text_of(await world.mention("who said so?"))


async def test_a_reply_goes_on_from_a_slash_command_as_well(world: World) -> None:
    first = await world.slash("ask", question="how many troops?")

    await world.reader.send(world.channel, "and when do they arrive?", reply_to=first.message)

    assert ARRIVAL in words_of(world.last())


async def test_what_was_asked_in_private_is_no_part_of_a_thread(world: World) -> None:
    world.bot.storage.server_settings.update(world.guild.id, threads=True)
    await ask(world, "how many troops?")
    (thread,) = world.channel.threads
    secret = "How much is a ferry ticket for a car?"
    await world.reader.slash(thread, "ask", question=secret, private=True)

    await world.reader.send(thread, "and when do they arrive?")

    assert ARRIVAL in words_of(answers_in(world, thread)[-1])


async def test_a_forwarded_answer_is_no_question(world: World) -> None:
    answer = await world.mention("how many troops?")
    elsewhere = world.guild.create_text_channel("elsewhere")

    await world.reader.forward(answer, elsewhere)

    assert len(elsewhere.history()) == 1


async def test_direct_messages_go_on_for_an_hour(world: World) -> None:
    user = world.reader.user

    async def localize(text: str) -> str:
        await world.reader.send_dm(text)
        return words_of(user.dm_channel.history(viewer=user)[-1])

    assert TROOPS in await localize("how many troops?")
    assert GAZA in await localize("who said so?")
    await world.pass_time(3601)
    assert GAZA not in await localize("who said so?")


# Threads


async def test_a_server_may_have_each_question_answered_in_a_thread(world: World) -> None:
    world.bot.storage.server_settings.update(world.guild.id, threads=True)

    await ask(world, "how many troops?")

    (thread,) = world.channel.threads
    assert thread.name == "how many troops?"
    assert not answers_in(world)
    (answer,) = answers_in(world, thread)
    assert TROOPS in words_of(answer)

    await world.reader.send(thread, "thanks a lot")
    await world.reader.send(thread, "and when do they arrive?")
    await world.restart()
    await world.reader.send(thread, "who else is involved?")

    _, arrival, others = answers_in(world, thread)
    assert ARRIVAL in words_of(arrival)
    assert COUNTRIES in words_of(others)
    assert len(world.channel.threads) == 1


async def test_where_no_thread_can_be_made_the_answer_is_a_reply(world: World) -> None:
    world.bot.storage.server_settings.update(world.guild.id, threads=True)
    world = where(world, create_public_threads=False)

    await ask(world, "how many troops?")

    assert not world.channel.threads
    assert TROOPS in words_of(world.last())


async def test_a_thread_that_discord_refuses_does_not_cost_the_answer(world: World) -> None:
    world.bot.storage.server_settings.update(world.guild.id, threads=True)
    world.env.inject_error("POST", "/channels/*/messages/*/threads", status=400)

    await ask(world, "how many troops?")

    assert TROOPS in words_of(world.last())


async def test_a_name_that_was_typed_and_not_chosen_is_a_mention_too(world: World) -> None:
    assert world.bot.user is not None
    name = world.bot.user.name
    await world.reader.send(world.channel, f"I like @{name}")
    assert not answers_in(world)

    await world.reader.send(world.channel, f"@{name} how many troops")

    (answer,) = answers_in(world)
    assert TROOPS in words_of(answer)


async def test_a_channel_that_is_not_known_is_answered_in_all_the_same(world: World) -> None:
    # As a thread that was opened while the bot was away, until Discord tells of it.
    guild = world.bot.get_guild(world.guild.id)
    assert guild is not None
    guild._remove_channel(guild.get_channel(world.channel.id))  # type: ignore[arg-type]

    await ask(world, "how many troops?")

    assert TROOPS in words_of(world.last())


async def test_a_question_by_command_is_answered_in_a_thread_too(world: World) -> None:
    world.bot.storage.server_settings.update(world.guild.id, threads=True)

    await world.reader.slash(world.channel, "ask", question="how many troops?")

    (thread,) = world.channel.threads
    assert thread.name == "how many troops?"
    (above,) = answers_in(world)
    assert text_of(above) == "**how many troops?**\nAnswered in the thread below."
    (answer,) = answers_in(world, thread)
    assert TROOPS in words_of(answer)
    await world.reader.send(thread, "and when do they arrive?")
    assert ARRIVAL in words_of(answers_in(world, thread)[-1])

    for options in ({"question": "how many troops?", "private": True}, {"question": "?!"}):
        await world.reader.slash(world.channel, "ask", **options)
    assert len(world.channel.threads) == 1


@pytest.mark.parametrize("path", ["/channels/*/messages/*/threads", "/channels/*/messages"])
async def test_a_command_whose_thread_fails_is_answered_in_the_channel(
    world: World, path: str
) -> None:
    world.bot.storage.server_settings.update(world.guild.id, threads=True)
    world.env.inject_error("POST", path, status=400)

    await world.reader.slash(world.channel, "ask", question="how many troops?")

    (answer,) = answers_in(world)
    assert TROOPS in words_of(answer)
    assert world.bot.storage.question_log.get_by_answer(answer.id) is not None


# Ask channels


async def test_in_an_ask_channel_questions_are_answered_and_talk_is_not(world: World) -> None:
    world.bot.ask_channels.add(world.channel.id)

    for talk in ("good morning", "lol", "what a day!", "see https://a.example/b?c=d", "?!"):
        await world.reader.send(world.channel, talk)
    assert not answers_in(world)
    for question in ("how many troops?", "which countries are involved"):
        await world.reader.send(world.channel, question)
    assert len(answers_in(world)) == 2


async def test_ask_channels_are_remembered(world: World) -> None:
    world.bot.storage.server_settings.set_ask_channels(world.guild.id, [world.channel.id])

    await world.restart()
    await world.reader.send(world.channel, "how many troops?")

    assert TROOPS in words_of(world.last())


# Once, edited, deleted


async def test_the_same_message_told_twice_is_answered_once(world: World) -> None:
    question = await ask(world, "how many troops?")

    await tell_again(world, question)
    await world.restart()
    await tell_again(world, question)

    assert len(answers_in(world)) == 1


async def test_an_answer_that_could_not_be_posted_may_be_asked_for_again(world: World) -> None:
    world.env.inject_error("POST", "/channels/*/messages", status=403, code=50013)
    question = await ask(world, "how many troops?")
    assert not answers_in(world)

    await tell_again(world, question)

    assert TROOPS in words_of(world.last())


async def test_an_edited_question_gets_its_answer_in_the_same_place(world: World) -> None:
    question = await ask(world, "how many tropps?")
    (before,) = answers_in(world)

    await world.reader.edit(question, f"<@{world.bot_id}> which countries are involved?")

    (after,) = answers_in(world)
    assert after.id == before.id
    assert text_of(after).startswith("**which countries are involved?**")
    assert COUNTRIES in words_of(after)
    await world.reader.send(world.channel, "what about Qatar?", reply_to=after)
    assert COUNTRIES in words_of(world.last())


async def test_a_name_without_a_question_gets_its_answer_once_that_is_added(
    world: World,
) -> None:
    world.bot.storage.server_settings.update(world.guild.id, threads=True)
    question = await ask(world, "?!")
    (hint,) = answers_in(world)
    assert ABOUT in text_of(hint)
    assert not world.channel.threads

    await world.reader.edit(question, f"<@{world.bot_id}> how many troops?")
    (answer,) = answers_in(world)
    assert answer.id == hint.id
    assert TROOPS in words_of(answer)
    await world.reader.edit(question, f"<@{world.bot_id}>")
    assert ABOUT in text_of(answers_in(world)[0])
    await world.reader.delete(question)
    assert not world.channel.history()


async def test_an_answer_that_a_moderator_removed_stays_away(world: World) -> None:
    question = await ask(world, "how many troops?")
    (answer,) = answers_in(world)
    world.env.backend.delete_message(world.channel.id, answer.id)

    await world.reader.edit(question, f"<@{world.bot_id}> which countries are involved?")

    assert not answers_in(world)


async def test_a_question_that_is_edited_late_keeps_its_answer(world: World) -> None:
    question = await ask(world, "how many troops?")

    await world.env.advance_time(121)
    await world.reader.edit(question, f"<@{world.bot_id}> which countries are involved?")

    (answer,) = answers_in(world)
    assert TROOPS in words_of(answer)


async def test_a_mention_that_was_forgotten_may_be_added(world: World) -> None:
    question = await world.reader.send(world.channel, "how many troops?")
    assert not answers_in(world)

    await world.reader.edit(question, f"<@{world.bot_id}> how many troops?")

    assert TROOPS in words_of(world.last())


async def test_a_deleted_question_takes_its_answer_along(world: World) -> None:
    question = await ask(world, "how many troops?")
    assert len(answers_in(world)) == 1

    await world.restart()
    await world.reader.delete(question)

    assert not world.channel.history()
    assert world.bot.storage.question_log.get_by_message(question.id) is None


async def test_a_question_deleted_before_its_answer_was_there_leaves_none(world: World) -> None:
    backend = world.env.backend
    text = f"<@{world.bot_id}> how many troops?"
    message = backend.create_message(world.channel.id, world.reader.id, text)
    backend.delete_message(world.channel.id, message.id)
    await world.env.settle()

    assert not world.channel.history()
    assert world.bot.storage.question_log.get_by_message(message.id) is None


# What is not permitted


def where(world: World, **permissions: bool) -> World:
    """The same in another channel, in which the bot's permissions differ."""
    assert world.bot.user is not None
    denied = discord.PermissionOverwrite(**permissions)
    channel = world.guild.create_text_channel("elsewhere", overwrites={world.bot.user: denied})
    return replace(world, channel=channel)


async def test_who_asks_where_the_bot_may_not_write_is_told_in_private(world: World) -> None:
    world = where(world, send_messages=False)

    await ask(world, "how many troops?")

    assert not answers_in(world)
    user = world.reader.user
    (told,) = user.dm_channel.history(viewer=user)
    assert "“Send Messages”" in text_of(told)
    assert f"<#{world.channel.id}>" in text_of(told)


async def test_without_the_history_the_answer_is_no_reply(world: World) -> None:
    world = where(world, read_message_history=False)

    await ask(world, "how many troops?")

    (answer,) = answers_in(world)
    assert TROOPS in words_of(answer)
    assert answer.reference is None


@pytest.mark.parametrize("method", ["POST", "PATCH", "DELETE"])
async def test_what_discord_refuses_once_does_not_stop_the_bot(world: World, method: str) -> None:
    question = await ask(world, "how many troops?")
    world.env.inject_error(method, "/channels/*/messages*", status=403, code=50013)

    if method == "POST":
        await ask(world, "how many troops?")
    elif method == "PATCH":
        await world.reader.edit(question, f"<@{world.bot_id}> which countries are involved?")
    else:
        await world.reader.delete(question)

    assert COUNTRIES in words_of(await world.mention("which countries are involved?"))


# Too much at once


async def test_who_asks_too_much_is_asked_to_wait_in_private(world: World) -> None:
    world.bot.storage.server_settings.update(world.guild.id, questions=2, seconds=10)
    someone_else = world.guild.add_member(world.env.create_user("someone"))
    for _ in range(5):
        await ask(world, "how many troops?")

    assert len(answers_in(world)) == 2
    user = world.reader.user
    (told,) = user.dm_channel.history(viewer=user)
    assert "Please try again in 10 s." in text_of(told)
    refused = await world.reader.slash(world.channel, "ask", question="how many troops?")
    assert answered(refused).ephemeral
    assert "try again in" in text_of(answered(refused))
    other = await someone_else.slash(world.channel, "ask", question="how many troops?")
    assert TROOPS in words_of(answered(other))

    await world.env.advance_time(11)
    assert TROOPS in words_of(await world.mention("how many troops?"))


# In whose language


async def test_a_message_is_answered_in_the_language_of_the_last_command(world: World) -> None:
    world.bot.storage.user_locales.set(world.reader.id, "es-ES")

    card = await world.mention("how many troops?")

    assert [b["label"] for b in buttons_of(card)][-1] == "Preguntar en privado"
    assert "· párrafo 1, frase 1" in text_of(card)
    assert TROOPS in words_of(card)


async def test_or_else_in_that_of_the_server(world: World) -> None:
    spanish = world.env.create_guild("Redacción", preferred_locale="es-ES")
    channel = spanish.create_text_channel("general")
    reader = spanish.add_member(world.env.create_user("lectora"))

    await reader.send(channel, f"<@{world.bot_id}> ?!")

    assert channel.last_message is not None
    assert translator_for("es-ES")("welcome-about") in text_of(channel.last_message)
