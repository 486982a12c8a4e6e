"""Stories of questions about a time, and of the button that searches all dates."""

from datetime import date, timedelta

import pytest
import simcord

from bot.language import translator_for
from index import Article
from tests.bot.buttons.test_answers import FORGOTTEN, speak_spanish
from tests.bot.conftest import World, answered, labels_of, pressable, text_of, words_of

OLD = "The council of Korsvik voted for a new bridge."
RECENT = "The council of Korsvik voted for a new tram."


@pytest.fixture
async def council(world: World) -> World:
    """A server with a report of last week and one that is ten years old."""
    monday = await last_monday(world)
    world.bot.library.add(Article("Bridge", OLD, published=date(monday.year - 10, 3, 9)))
    world.bot.library.add(Article("Tram", RECENT, published=monday + timedelta(days=2)))
    return world


async def last_monday(world: World) -> date:
    """The first day of last week, by Discord's clock."""
    message = await world.reader.send(world.channel, "What time is it?")
    today = message.created_at.date()
    return today - timedelta(days=today.weekday() + 7)


def filter_of(monday: date, name: str = "en") -> str:
    return translator_for(name).days(monday, monday + timedelta(days=6))


async def test_words_for_a_period_are_a_filter_that_a_button_drops(council: World) -> None:
    days = filter_of(await last_monday(council))

    card = await council.mention("What did the council of Korsvik vote for last week?")

    assert RECENT in words_of(card)
    assert OLD not in words_of(card)
    said = text_of(card).splitlines()[-1]
    assert said == f"-# Searched one article · only articles {days} (“last week”)"
    assert labels_of(card)[-1] == "Search all dates"

    await council.restart()
    dropped = await council.reader.click(card, label="Search all dates")

    assert dropped.ephemeral
    every = answered(dropped)
    assert OLD in words_of(every)
    assert "Searched 5 articles" in text_of(every)
    assert "last week" not in text_of(every).splitlines()[-1]
    assert "Search all dates" not in labels_of(every)
    assert text_of(council.last()) == text_of(card)


async def test_further_pages_keep_to_the_period_and_to_its_absence(council: World) -> None:
    monday = await last_monday(council)
    for n in range(6):
        text = f"In the port of Halden, {n + 20} strikers sang about the council of Korsvik."
        added = Article(f"Strike {n}", text, published=monday + timedelta(days=n))
        council.bot.library.add(added)
    card = await council.mention("What did the council of Korsvik vote for last week?")
    every = answered(await council.reader.click(card, label="Search all dates"))
    assert "only articles from" in text_of(council.last())

    further = answered(await council.reader.click(card, label="More"))
    assert "singers" not in text_of(further)
    shown = [text_of(further)]
    while "Next" in pressable(further):
        await council.reader.click(further, label="Next")
        shown.append(text_of(further))
    assert not any(OLD in text.replace("**", "") for text in shown)

    assert "Searched 11 articles" in text_of(every)
    assert text_of(council.last()) == text_of(card)


async def test_anybody_may_drop_the_period_and_the_limit_holds(council: World) -> None:
    card = await council.mention("What did the council of Korsvik vote for last week?")
    someone_else = council.guild.add_member(council.env.create_user("someone"))
    council.bot.storage.server_settings.update(council.guild.id, questions=1, seconds=60)

    dropped = await someone_else.click(card, label="Search all dates")
    again = await someone_else.click(card, label="Search all dates")

    assert OLD in words_of(answered(dropped))
    assert text_of(answered(again)).startswith("You have asked too many questions")


async def test_where_the_period_has_nothing_all_dates_are_searched(council: World) -> None:
    card = await council.mention("How many troops are on their way to Israel since yesterday?")

    assert "About 200 American troops" in words_of(card)
    told = text_of(card).splitlines()[1]
    assert told.startswith("No article since ")
    assert told.endswith("(“since yesterday”) answers this, so I searched all dates.")
    assert "Search all dates" not in labels_of(card)
    nothing = await council.mention("Who won the World Cup in chess yesterday?")
    assert "I couldn't find that in the 5 articles" in text_of(nothing)
    assert text_of(nothing).splitlines()[-1].startswith("-# No article since ")


async def test_a_date_is_only_preferred_and_may_be_ignored(council: World) -> None:
    year = (await last_monday(council)).year - 10
    question = f"In {year}, what did the council of Korsvik vote for?"

    card = await council.mention(question)

    assert OLD in text_of(card).replace("**", "").splitlines()[2]
    assert f"{year}”)" in text_of(card).splitlines()[-1]
    assert labels_of(card)[-1] in ("Ignore the dates", "Search all dates")
    dropped = answered(await council.reader.click(card, label=labels_of(card)[-1]))
    assert "only articles" not in text_of(dropped)


async def test_a_filter_wins_over_words(council: World) -> None:
    card = await council.slash(
        "ask",
        question="What did the council of Korsvik vote for last week?",
        until=f"{(await last_monday(council)).year - 5}-12-31",
    )

    assert OLD in words_of(card)
    assert "last week”" not in text_of(card)
    assert "Search all dates" not in labels_of(card)


async def test_the_filter_is_told_in_spanish(
    council: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    speak_spanish(monkeypatch)
    days = filter_of(await last_monday(council), "es")

    card: simcord.ResponseMessage = await council.slash(
        "ask", question="What did the council of Korsvik vote for last week?"
    )

    assert f"solo artículos {days} («last week»)" in text_of(card)
    assert days.startswith("del ")
    dropped = await council.reader.click(card, label="Buscar en todas las fechas")
    assert OLD in words_of(answered(dropped))


async def test_a_button_of_a_purged_answer_says_so(council: World) -> None:
    card = await council.mention("What did the council of Korsvik vote for last week?")
    later = council.last().created_at + timedelta(days=1000)
    council.bot.storage.question_log.purge(later)

    pressed = await council.reader.click(card, label="Search all dates")

    assert text_of(answered(pressed)) == FORGOTTEN
