"""Stories of the operator: what was asked in vain, and how the bot is doing."""

import csv

import pytest

from tests.bot.conftest import World, answered, text_of


@pytest.fixture
async def operator(world: World) -> World:
    """The world, seen by the bot's operator, who is a mere member of the server."""
    world.bot.owner_id = world.reader.id
    await world.show_command("feedback")
    return world


async def test_what_was_not_found_or_did_not_help_is_exported(operator: World) -> None:
    nothing = text_of(await operator.slash("feedback export"))
    assert nothing.startswith("There are no unanswered questions")
    helpful = await operator.mention("how many troops?")
    await operator.reader.click(helpful, label="Helpful")
    unhelpful = await operator.mention("which countries are involved?")
    await operator.reader.click(unhelpful, label="Not helpful")
    await operator.mention("=HYPERLINK who won the World Cup?")
    await operator.slash("find", words="zeppelin")

    result = await operator.reader.slash(operator.channel, "feedback export")

    assert result.ephemeral
    card = answered(result)
    assert text_of(card).startswith("2 questions that I could not answer")
    (file,) = card.attachments
    rows = list(csv.DictReader((await file.read()).decode("utf-8-sig").splitlines()))
    assert [(r["question"], r["found"], r["helpful"], r["not_helpful"]) for r in rows] == [
        ("'=HYPERLINK who won the World Cup?", "no", "0", "0"),
        ("which countries are involved?", "yes", "0", "1"),
    ]
    assert {r["server"] for r in rows} == {str(operator.guild.id)}


async def test_it_is_the_operators_alone(world: World) -> None:
    await world.show_command("feedback")

    refused = await world.reader.slash(world.channel, "feedback export")

    assert refused.ephemeral
    assert text_of(answered(refused)) == "Only the bot's operator can do that."


async def test_the_operator_sees_memory_and_version(operator: World) -> None:
    someone_else = operator.guild.add_member(operator.env.create_user("someone"))

    seen = text_of(await operator.slash("status"))
    by_others = text_of(answered(await someone_else.slash(operator.channel, "status")))

    assert "**Memory in use**: " in seen
    assert "**Version**: 0.1" in seen
    assert "**Index generation**: 3" in seen
    assert "Memory" not in by_others
    assert "Version" not in by_others


async def test_nobody_sees_what_others_ask_in_direct_messages(world: World) -> None:
    other = world.guild.add_member(world.env.create_user("other"))
    await other.send_dm("how many troops?")
    await world.reader.send_dm("which countries are involved?")

    here = text_of(await world.slash("status"))
    direct = text_of(answered(await world.reader.user.slash("status")))

    assert "**Questions in the last 24 hours**: 0" in here
    assert "**Questions in the last 24 hours**: 1" in direct


async def test_status_tells_how_the_bot_is_used(world: World) -> None:
    assert "**Questions in the last 24 hours**: 0\n**Median response time**: –" in text_of(
        await world.slash("status")
    )
    await world.mention("how many troops?")
    await world.slash("ask", question="which countries are involved?")

    text = text_of(await world.slash("status"))

    assert "**Questions in the last 24 hours**: 2" in text
    assert " ms\n" in text
    assert "**Last change**: " in text
    await world.pass_time(24 * 3600 + 1)
    assert "**Questions in the last 24 hours**: 0" in text_of(await world.slash("status"))
