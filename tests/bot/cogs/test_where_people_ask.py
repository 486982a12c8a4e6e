"""Stories of where people ask: forums, threads, the bot's role, and in reply to somebody else."""

from dataclasses import replace

import discord
import pytest
import simcord

from bot.client import Dateline
from tests.bot.conftest import World, labels_of, text_of, words_of

TROOPS = "About 200 American troops are on their way to Israel"
TICKET = "95 euros for a car"
CHILDREN = "children under twelve travel free"


def answers_in(channel: simcord.ChannelHandle, world: World) -> list[discord.Message]:
    other = (discord.MessageType.thread_created, discord.MessageType.thread_starter_message)
    return [m for m in channel.history() if m.author.id == world.bot_id and m.type not in other]


async def post(world: World, forum: simcord.ChannelHandle, title: str, text: str) -> World:
    """Write a post in a forum: a thread, and its first message with the thread's id."""
    backend = world.env.backend
    thread = backend.create_thread(forum.id, title, world.reader.id)
    message = backend.prepare_message(thread.id, world.reader.id, text)
    message.id = thread.id
    backend.commit_message(message)
    await world.env.settle()
    (handle,) = [one for one in forum.threads if one.id == thread.id]
    return replace(world, channel=handle)


@pytest.fixture
def forum(world: World) -> simcord.ChannelHandle:
    """A forum that is an ask channel."""
    forum = world.guild.create_forum_channel("questions")
    world.bot.ask_channels.add(forum.id)
    return forum


async def test_a_post_is_answered_and_what_is_asked_in_it(
    world: World, forum: simcord.ChannelHandle
) -> None:
    asked = await post(world, forum, "Ferries", "How much is a ferry ticket for a car?")
    await asked.reader.send(asked.channel, "thanks a lot!")
    await asked.reader.send(asked.channel, "and for children?")

    first, second = answers_in(asked.channel, asked)
    assert TICKET in words_of(first)
    assert CHILDREN in words_of(second)


async def test_the_title_is_the_question_where_the_text_asks_nothing(
    world: World, forum: simcord.ChannelHandle
) -> None:
    for text in ("https://a.example/deck.png", "Hi all, I'm new here"):
        asked = await post(world, forum, "How much is a ferry ticket for a car?", text)
        (answer,) = answers_in(asked.channel, asked)
        assert TICKET in words_of(answer)


async def test_a_post_that_is_talk_is_not_answered(
    world: World, forum: simcord.ChannelHandle
) -> None:
    asked = await post(world, forum, "Introduce yourselves", "Where are you all from?")

    assert not answers_in(asked.channel, asked)
    assert world.bot.storage.question_log.get_last(asked.channel.id) is None


async def test_threads_of_an_ask_channel_are_listened_to(world: World) -> None:
    world.bot.ask_channels.add(world.channel.id)
    world.env.backend.create_thread(world.channel.id, "troops", world.reader.id)
    await world.env.settle()
    (thread,) = world.channel.threads

    await world.reader.send(thread, "lol really??")
    await world.reader.send(thread, "how many American troops are on their way to Israel?")

    (answer,) = answers_in(thread, world)
    assert TROOPS in words_of(answer)


async def test_talk_leaves_no_trace(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    world.bot.ask_channels.add(world.channel.id)
    world.bot.storage.server_settings.update(world.guild.id, questions=1, seconds=60)
    typed: list[int] = []

    async def typing(self: discord.abc.Messageable) -> None:
        typed.append(1)

    monkeypatch.setattr(discord.TextChannel, "typing", typing)
    for talk in ("anyone want lunch?", "lol really??", "what a day", "are you coming tonight?"):
        await world.reader.send(world.channel, talk)
    assert not answers_in(world.channel, world)
    assert not typed
    assert world.bot.storage.question_log.get_last(world.channel.id) is None

    await world.reader.send(world.channel, "ferry ticket price")

    (answer,) = answers_in(world.channel, world)
    assert "28 euros" in words_of(answer)


async def test_help_is_given_in_an_ask_channel_and_greetings_are_left_to_people(
    world: World,
) -> None:
    world.bot.ask_channels.add(world.channel.id)
    for talk in ("hello everyone", "thanks!", "who are you?"):
        await world.reader.send(world.channel, talk)
    assert not answers_in(world.channel, world)

    await world.reader.send(world.channel, "what can I ask you?")

    (welcome,) = answers_in(world.channel, world)
    assert "I answer questions about news articles" in words_of(welcome)


def own_role(world: World) -> discord.Role:
    """The bot's role, marked as its own as Discord does."""
    guild = world.bot.get_guild(world.guild.id)
    assert guild is not None
    (role,) = [role for role in guild.me.roles if role.managed]
    role.tags = discord.RoleTags({"bot_id": str(world.bot_id)})
    return role


async def test_the_bots_role_is_as_good_as_its_name(world: World) -> None:
    await world.reader.send(world.channel, f"{own_role(world).mention} how many troops?")

    answer = world.last()
    assert text_of(answer).startswith("**how many troops?**")
    assert TROOPS in words_of(answer)


async def test_a_role_mention_that_cannot_be_read_is_answered_with_advice(world: World) -> None:
    old = world.bot
    await world.env.restart_bot(Dateline(old.library, old.storage, message_content=False))

    await world.reader.send(world.channel, f"{own_role(world).mention} how many troops?")

    assert not answers_in(world.channel, world)
    user = world.reader.user
    (told,) = user.dm_channel.history(viewer=user)
    assert "mention me by my own name" in text_of(told)


@pytest.mark.parametrize(
    "text", ["", "?", "can you answer this?", "^", "¿Puedes ayudarle, por favor?"]
)
async def test_a_reply_to_somebody_elses_question_has_it_answered(world: World, text: str) -> None:
    someone = world.guild.add_member(world.env.create_user("someone"))
    asked = await someone.send(world.channel, "how many troops?")

    await world.reader.send(world.channel, f"<@{world.bot_id}> {text}", reply_to=asked)

    answer = world.last()
    assert TROOPS in words_of(answer)
    assert answer.reference is not None
    assert answer.reference.message_id == asked.id


async def test_a_question_in_reply_to_somebody_follows_up_on_their_text(world: World) -> None:
    someone = world.guild.add_member(world.env.create_user("someone"))
    asked = await someone.send(world.channel, "how many American troops are going to Israel?")

    await world.reader.send(
        world.channel, f"<@{world.bot_id}> and when do they arrive?", reply_to=asked
    )

    assert "the others are due before the weekend is over" in words_of(world.last())


async def test_a_reply_to_a_deleted_question_gets_the_welcome(world: World) -> None:
    someone = world.guild.add_member(world.env.create_user("someone"))
    asked = await someone.send(world.channel, "how many troops?")
    backend = world.env.backend
    reference = {"channel_id": str(world.channel.id), "message_id": str(asked.id)}
    normalized = backend.normalize_message_reference(world.channel.id, reference)
    backend.delete_message(world.channel.id, asked.id)
    backend.create_message(
        world.channel.id, world.reader.id, f"<@{world.bot_id}>", reference=normalized
    )
    await world.env.settle()

    assert "I answer questions about news articles" in text_of(world.last())


@pytest.mark.parametrize(
    ("question", "told", "button"),
    [
        ("¿cuántos soldados van a Israel?", "preguntas en inglés", "Ver"),
        ("combien coûte le billet du ferry pour les enfants ?", "en anglais", "Afficher"),
        ("was kostet ein Ticket für die Fähre?", "auf Englisch", "Ähnlichste"),
        ("quanto custa o bilhete da balsa para crianças?", "em inglês", "Mostrar"),
    ],
)
async def test_a_question_in_another_language_is_told_that_articles_are_english(
    world: World, question: str, told: str, button: str
) -> None:
    card = await world.mention(question)

    assert told in text_of(card)
    assert labels_of(card)[0].startswith(button)


async def test_a_model_that_understands_the_language_answers(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(world.bot.library.pipeline, "understands", lambda language: True)

    card = await world.mention("¿cuántos soldados van a Israel?")

    assert "inglés" not in text_of(card)
