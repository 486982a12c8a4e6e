"""A posted answer is marked once an article that it quotes is corrected or removed."""

import asyncio
from dataclasses import replace
from datetime import date

import discord

from bot.cogs.maintenance import QUESTION_RETENTION
from index import Article
from tests.bot.conftest import World, labels_of, text_of, words_of

QUESTION = "How many otters live in the Korsvik zoo?"
URL = "https://wire.example/otters"
NINE = "The Korsvik zoo has nine otters, its director said on Monday. They like the rain."
ADDED = NINE + " A pool is being built."
TWELVE = "The Korsvik zoo has twelve otters, its director said on Monday. They like the rain."
CORRECTED = "The article of quote 1 has been corrected since and no longer says this."
REMOVED = "The article of quote 1 has been removed from the library since."


def article(text: str, url: str = URL, collection: str = "shared") -> Article:
    return Article("Otters in Korsvik", text, "Harbor Wire", date(2025, 10, 9), url, collection)


async def add(world: World, *articles: Article) -> None:
    """Add articles, as another process may do, and let the bot notice it."""
    library = world.bot.library
    await asyncio.to_thread(lambda: list(library.add_all(articles)))
    await world.pass_time(31)


def edits(world: World) -> int:
    """How often the bot has edited a message."""
    return sum(
        request.method == "PATCH" and "/messages/" in request.path
        for request in world.env.http_requests
        if "@original" not in request.path
    )


async def asked(world: World, text: str = QUESTION) -> discord.Message:
    answer = await world.mention(text)
    assert NINE.partition(".")[0] in words_of(answer)
    return answer


async def test_an_answer_whose_article_is_corrected_is_marked_once(world: World) -> None:
    await add(world, article(NINE))
    answer = await asked(world)

    await add(world, article(ADDED))
    assert text_of(world.last()) == text_of(answer)

    await add(world, article(TWELVE))
    marked = world.last()
    assert marked.id == answer.id
    assert text_of(marked) == f"**{CORRECTED}**\n{text_of(answer)}"
    assert labels_of(marked) == labels_of(answer)

    before = edits(world)
    await add(world, article(TWELVE.replace("twelve", "twenty")))
    await world.restart()
    await world.pass_time(31)
    assert edits(world) == before
    context = await world.reader.click(world.last(), label="Context")
    assert context.response is not None
    assert "This is the earlier version" in text_of(context.response)


async def test_an_answer_to_a_command_is_marked(world: World) -> None:
    await add(world, article(NINE))
    await world.slash("ask", question=QUESTION)
    await add(world, article(TWELVE))
    assert CORRECTED in text_of(world.last())


async def test_an_answer_whose_article_is_removed_is_marked(world: World) -> None:
    await add(world, added := article(NINE))
    answer = await asked(world)
    await asyncio.to_thread(world.bot.library.remove, added.id)
    await world.pass_time(31)
    assert text_of(world.last()) == f"**{REMOVED}**\n{text_of(answer)}"


async def test_an_article_that_was_restored_unchanged_is_not_taken_for_corrected(
    world: World,
) -> None:
    """Its versions are gone, so that what was quoted cannot be compared."""
    redated = replace(article(NINE), published=date(2025, 10, 10))
    await add(world, article(NINE))
    answer = await asked(world)
    await add(world, redated)
    await asyncio.to_thread(world.bot.library.remove, redated.id)
    await add(world, redated)
    assert text_of(world.last()) == text_of(answer)

    await add(world, replace(redated, text="In Korsvik, " + TWELVE))
    assert CORRECTED in text_of(world.last())


async def test_corrections_while_the_bot_was_away_are_marked(world: World) -> None:
    await add(world, article(NINE))
    await asked(world)
    await asyncio.to_thread(world.bot.library.add, article(TWELVE))
    await world.restart()
    await world.pass_time(31)
    assert CORRECTED in text_of(world.last())


async def test_an_outage_delays_the_mark(world: World) -> None:
    await add(world, article(NINE))
    await asked(world)
    world.env.inject_error("PATCH", "/channels/*/messages/*", status=500)
    await add(world, article(TWELVE))
    await world.pass_time(60)
    assert CORRECTED in text_of(world.last())
    assert world.bot.loop_health.failures == {}


async def test_a_deleted_answer_does_no_harm(world: World) -> None:
    await add(world, article(NINE), article(NINE, f"{URL}-2", f"server-{world.guild.id}"))
    answer = await asked(world)
    await answer.delete()
    await world.mention("how many troops?")
    before = text_of(world.last())
    await add(world, article(TWELVE))
    assert text_of(world.last()) == before
    assert world.bot.loop_health.failures == {}
    assert world.bot.storage.posted_answers.quoting([article(NINE).id]) == []


async def test_an_edited_question_may_be_marked_again(world: World) -> None:
    await add(world, article(NINE))
    question = await world.reader.send(world.channel, f"<@{world.bot_id}> {QUESTION}")
    await add(world, article(TWELVE))
    assert CORRECTED in text_of(world.last())
    await world.reader.edit(question, f"<@{world.bot_id}> {QUESTION} now")
    assert CORRECTED not in text_of(world.last())
    await add(world, article(TWELVE.replace("twelve", "twenty")))
    assert CORRECTED in text_of(world.last())


async def test_a_private_answer_is_left_alone(world: World) -> None:
    await add(world, article(NINE))
    await world.slash("ask", question=QUESTION, private=True)
    assert world.bot.storage.posted_answers.articles() == []


async def test_old_answers_are_forgotten(world: World) -> None:
    await add(world, article(NINE))
    await asked(world)
    world.bot.storage.question_log.purge(world.env.now() + QUESTION_RETENTION)
    assert world.bot.storage.posted_answers.articles() == []
