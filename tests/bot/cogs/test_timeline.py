"""Stories of ``/timeline``."""

import re
from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import date, timedelta
from io import BytesIO
from typing import Any

import pytest
from PIL import Image

from index import Article, Library
from tests.bot.conftest import (
    Card,
    World,
    answered,
    buttons_of,
    components_of,
    labels_of,
    text_of,
    words_of,
)
from tests.flood import QUESTION, TOPIC, flood_reports


@pytest.fixture
def flood(world: World) -> World:
    """The reports of a flood, among other articles."""
    list(world.bot.library.add_all(flood_reports()))
    return world


@pytest.fixture
def long_flood(world: World) -> World:
    """Nine reports of a flood."""
    first = date(2025, 3, 1)
    reports = (
        Article(
            f"Sarn flood, day {day}",
            f"In the Sarn flood, {10 + day} people died by day {day}. Mud is in every street.",
            "Harbor Wire",
            first + timedelta(days=day),
        )
        for day in range(1, 10)
    )
    list(world.bot.library.add_all(reports))
    return world


def galleries_of(card: Card) -> list[dict[str, Any]]:
    return [component for component in components_of(card) if component["type"] == 12]


def days_of(card: Card) -> list[str]:
    """The dates above the quotes."""
    return re.findall(r"^\*\*(\d+ \w+ 20\d\d)\*\*\n>", text_of(card), re.MULTILINE)


async def test_the_figures_of_a_story_come_oldest_first_with_a_picture(flood: World) -> None:
    card = await flood.slash("timeline", about=QUESTION)

    assert days_of(card) == ["2 March 2025", "4 March 2025", "12 March 2025"]
    text = words_of(card)
    assert text.startswith(QUESTION)
    assert "> At least nine people have died, police said." in text
    assert "> **At least nine people** have died, police said." in text_of(card)
    assert "[Flood on the Sarn: bridge gone](https://flood.example/2#:~:text=" in text
    assert "also in" not in text
    assert text.endswith("-# 3 articles, oldest first · Searched 7 articles")
    assert labels_of(card) == ["Context"] * 3
    ((item,),) = [gallery["items"] for gallery in galleries_of(card)]
    assert item["description"] == (
        "The figures by date. 2 March 2025, Harbor Wire: Four people; 4 March 2025, Valley News:"
        " At least nine people; 12 March 2025, Harbor Wire: 12."
    )
    (picture,) = card.attachments
    assert picture.filename == "timeline.png"
    with Image.open(BytesIO(await picture.read())) as image:
        assert image.format == "PNG"


async def test_a_topic_gets_openings_and_no_picture(flood: World) -> None:
    card = await flood.slash("timeline", about=TOPIC)

    assert days_of(card) == ["2 March 2025", "4 March 2025", "6 March 2025", "12 March 2025"]
    assert galleries_of(card) == []
    assert list(card.attachments) == []


async def test_a_reprint_is_named_below_the_first_print(flood: World) -> None:
    first = flood_reports()[-1]
    again = replace(first, publisher="Coast Post", published=date(2025, 3, 3), url=None)
    flood.bot.library.add(again)

    card = await flood.slash("timeline", about=QUESTION)

    assert len(days_of(card)) == 3
    assert "· paragraph 1, sentence 2 · also in Coast Post\n" in text_of(card)


async def test_a_quote_has_its_context(flood: World) -> None:
    card = await flood.slash("timeline", about=QUESTION)

    first = buttons_of(card)[0]["custom_id"]
    context = answered(await flood.reader.click(card, custom_id=first))

    assert text_of(context).startswith("**Sarn bursts its banks**")


async def test_pages_are_turned_after_a_restart(long_flood: World) -> None:
    card = await long_flood.slash("timeline", about=QUESTION)
    first = days_of(card)
    assert [b.get("disabled", False) for b in buttons_of(card)][-2:] == [True, False]
    assert text_of(card).endswith("9 articles, oldest first · Searched 12 articles · Page 1 of 2")
    assert len(galleries_of(card)) == 1

    await long_flood.restart()
    await long_flood.reader.click(card, label="Next")

    assert len(first) == 6
    assert [*first, *days_of(card)] == [f"{day} March 2025" for day in range(2, 11)]
    assert "-# 7 · " in text_of(card)
    assert galleries_of(card) == []
    assert list(card.attachments) == []

    await long_flood.reader.click(card, label="Previous")
    assert days_of(card) == first
    assert len(galleries_of(card)) == len(card.attachments) == 1


async def test_only_who_asked_turns_the_pages(long_flood: World) -> None:
    card = await long_flood.slash("timeline", about=QUESTION)
    other = long_flood.guild.add_member(long_flood.env.create_user("other"))

    (refused,) = (await other.click(card, label="Next")).followups

    assert text_of(refused).startswith("Only the person who asked can turn these pages.")
    assert "</timeline:" in text_of(refused)
    assert "Page 1 of 2" in text_of(card)


async def test_it_can_be_seen_by_one_person_only(flood: World) -> None:
    private = await flood.reader.slash(flood.channel, "timeline", about=QUESTION, private=True)
    public = await flood.reader.slash(flood.channel, "timeline", about=QUESTION)

    assert (private.ephemeral, public.ephemeral) == (True, False)


async def test_filters_limit_a_timeline_and_are_shown(flood: World) -> None:
    card = await flood.slash(
        "timeline", about=QUESTION, publisher="Valley News", until="2025-03-05"
    )

    assert days_of(card) == ["4 March 2025"]
    assert text_of(card).endswith(
        "I found one article that says something about this · Searched one article · by Valley News"
        " · until 5 March 2025"
    )


async def test_days_that_cannot_be_read_are_refused(flood: World) -> None:
    refused = await flood.slash("timeline", about=QUESTION, since="someday")

    assert "someday" in text_of(refused)
    assert days_of(refused) == []


async def test_a_timeline_that_no_article_contributes_to_is_not_found(flood: World) -> None:
    card = await flood.slash("timeline", about="Who won the World Cup?")

    assert text_of(card) == (
        "**Who won the World Cup?**\nI couldn't find that in the 7 articles that I searched."
    )
    assert buttons_of(card) == []


async def test_an_empty_library_says_so(
    library: Library, run_bot: Callable[..., Awaitable[World]]
) -> None:
    world = await run_bot(library)

    card = await world.slash("timeline", about=QUESTION)

    assert "The library is empty" in text_of(card)


async def test_a_timeline_without_words_says_what_to_type(flood: World) -> None:
    refused = await flood.slash("timeline", about="???")

    assert text_of(refused).startswith("Type what the timeline should be about")


async def test_another_server_reads_nothing_of_it(flood: World) -> None:
    for article in flood_reports(f"server-{flood.guild.id}"):
        text = article.text.replace("Sarn", "Merrow")
        flood.bot.library.add(replace(article, text=text, title="Merrow", url=None))
    about = "How many people died in the Merrow flood?"
    elsewhere = flood.env.create_guild("Elsewhere")
    stranger = elsewhere.add_member(flood.env.create_user("stranger"))

    here = await flood.slash("timeline", about=about)
    there = answered(
        await stranger.slash(elsewhere.create_text_channel("general"), "timeline", about=about)
    )

    assert len(days_of(here)) == 3
    assert "Merrow" not in text_of(there).removeprefix(f"**{about}**")
