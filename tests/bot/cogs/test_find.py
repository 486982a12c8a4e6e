"""Stories of ``/find``, and of what narrows a question."""

import re
from datetime import UTC, date, datetime

import pytest

from bot.errors import Refusal
from bot.services.filters import parse_since, parse_until
from index import Article
from tests.bot.conftest import World, answered, buttons_of, labels_of, pressable, text_of, words_of

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)


@pytest.fixture
def night(world: World) -> World:
    """Twelve short stories of nights, by two publishers."""
    for n in range(1, 13):
        publisher = "Harbor Wire" if n % 2 else "Night Post"
        text = f"The night of day {n} was long. Nothing else happened."
        added = Article(f"Story {n}", text, publisher, date(2025, 1, n), f"https://n.example/{n}")
        world.bot.library.add(added)
    return world


# Looking words up


async def test_words_are_looked_up_newest_first_in_pages(night: World) -> None:
    found = await night.reader.slash(night.channel, "find", words='"the night of" long')

    assert found.ephemeral
    card = answered(found)
    text = text_of(card)
    assert text.startswith('12 sentences contain **"the night of" long**')
    assert "> **The night of** day 12 was **long**." in text
    assert "-# 1 · Night Post · [Story 12](https://n.example/12#:~:text=" in text
    assert [n for n in range(1, 13) if f"day {n} was" in text] == [8, 9, 10, 11, 12]
    assert text.endswith("-# Page 1 of 3")
    assert [b.get("disabled", False) for b in buttons_of(card)][-2:] == [True, False]

    await night.restart()
    await night.reader.click(card, label="Next")
    await night.reader.click(card, label="Next")
    assert "\n-# 12 · " in text_of(card)
    assert "day 1 was" in text_of(card)
    assert [b.get("disabled", False) for b in buttons_of(card)][-2:] == [False, True]


async def test_words_are_taken_as_they_are_written(night: World) -> None:
    card = await night.slash("find", words="nights")

    assert text_of(card).startswith(
        "No sentence contains **nights**. This command searches for the exact words"
    )
    assert "</ask:" in text_of(card)


async def test_what_was_found_has_its_context(night: World) -> None:
    card = await night.slash("find", words='"day 7"')
    assert labels_of(card) == ["Context"]

    shown = await night.reader.click(card, label="Context")

    assert "**The night of day 7 was long.** Nothing else happened." in text_of(answered(shown))


async def test_without_a_word_there_is_nothing_to_look_up(night: World) -> None:
    refused = await night.reader.slash(night.channel, "find", words="?!")

    assert refused.ephemeral
    assert text_of(answered(refused)).startswith("Enter some words")


async def test_pages_that_are_gone_turn_into_the_last_one(night: World) -> None:
    card = await night.slash("find", words="night long")
    await night.reader.click(card, label="Next")
    for article in night.bot.library.articles():
        if article.title.startswith("Story") and article.title != "Story 3":
            night.bot.library.remove(article.id)

    await night.reader.click(card, label="Next")
    assert text_of(card).startswith("One sentence contains")
    assert "day 3 was" in text_of(card)


async def test_nothing_of_another_server_is_looked_up(night: World) -> None:
    secret = Article("Secret", "The night of the vault was long.", collection="server-1")
    night.bot.library.add(secret)

    card = await night.slash("find", words='"night of" long')

    assert text_of(card).startswith("12 sentences contain")
    assert "vault" not in text_of(await night.slash("find", words="vault"))[60:]


async def test_a_paragraph_of_one_sentence_is_shown_with_those_beside_it(world: World) -> None:
    text = "Before it was day.\n\nThe otters came.\n\nAfter it was night.\n\nThen nothing."
    world.bot.library.add(Article("Otters", text))
    card = await world.slash("find", words="otters came")

    shown = await world.reader.click(card, label="Context")

    assert text_of(answered(shown)).splitlines()[:4] == [
        "**Otters**",
        "> Before it was day.",
        "> **The otters came.**",
        "> After it was night.",
    ]


# Narrowing


async def test_a_question_may_be_about_one_article(night: World) -> None:
    typed = await night.reader.autocomplete(night.channel, "ask", "article", "story 7")
    assert [c["name"] for c in typed] == ["Story 7 (Harbor Wire, 7 January 2025)"]

    question = "Which night was long?"
    card = await night.slash("ask", question=question, article=typed[0]["value"])

    assert "The night of day 7" in words_of(card)
    assert text_of(card).endswith("-# Searched one article · filtered by article")
    by_title = await night.slash("ask", question=question, article="story 7")
    assert text_of(by_title) == text_of(card)


async def test_what_narrowed_a_search_that_found_nothing_is_told(night: World) -> None:
    found = await night.slash("ask", question="Who won the World Cup?", publisher="night post")
    assert text_of(found).endswith("articles that I searched.\n-# by Night Post")
    nothing = await night.slash("ask", question="Who won?", publisher="Post", since="2025-11-01")
    assert text_of(nothing).endswith(
        "match these filters.\n-# by Night Post · since 1 November 2025"
    )
    words = await night.slash("find", words="otters", article="story 7")
    assert text_of(words).endswith("\n-# filtered by article")


async def test_a_question_may_be_about_a_publisher_and_a_time(night: World) -> None:
    typed = await night.reader.autocomplete(night.channel, "ask", "publisher", "night")
    assert [c["value"] for c in typed] == ["Night Post"]

    card = await night.slash(
        "ask", question="Which night was long?", publisher="night post", since="2025-01-09"
    )

    quotes = [line for line in words_of(card).splitlines() if line.startswith("> ")]
    assert quotes
    assert all("day 10" in quote or "day 12" in quote for quote in quotes)
    assert "-# Searched 2 articles · by Night Post · since 9 January 2025" in text_of(card)


async def test_a_question_may_be_about_a_time_that_has_ended(night: World) -> None:
    asked = {"since": "2025-01-03", "until": "2025-01-05"}
    card = await night.slash("ask", question="Which night was long?", **asked)

    quotes = [line for line in words_of(card).splitlines() if line.startswith("> ")]
    assert quotes
    assert all(re.search(r"day [345] ", quote) for quote in quotes)
    said = "Searched 3 articles · since 3 January 2025 · until 5 January 2025"
    assert said in text_of(card)
    listed = await night.slash("articles list", **asked)
    assert re.findall(r"Story (\d+)", text_of(listed)) == ["5", "4", "3"]
    found = await night.slash("find", words="night", **asked)
    assert text_of(found).startswith("3 sentences contain")
    nothing = await night.slash("find", words="otters", until="2025-01-05")
    assert text_of(nothing).endswith("\n-# until 5 January 2025")


async def test_a_time_that_ends_before_it_begins_is_refused(night: World) -> None:
    for command, asked in {"ask": {"question": "Why?"}, "find": {"words": "night"}}.items():
        times = {"since": "2025-01-05", "until": "2025-01-03"}
        refused = await night.reader.slash(night.channel, command, **asked, **times)

        assert answered(refused).ephemeral
        assert text_of(answered(refused)) == (
            "`until:` (3 January 2025) is before `since:` (5 January 2025),"
            " so no article can match."
        )


async def test_where_nothing_is_left_to_search_that_is_said(night: World) -> None:
    card = await night.slash("ask", question="Which night?", publisher="Post", since="2025-11-01")

    assert "No articles match these filters." in text_of(card)


async def test_part_of_a_publishers_name_is_enough_if_it_means_one(night: World) -> None:
    for paper in ("Diário da Costa", "Harbor Wire Weekly", "Tide Wire"):
        night.bot.library.add(Article(f"In {paper}", "A night of otters.", paper))

    async def asked(publisher: str) -> str:
        return text_of(await night.slash("ask", question="Which night?", publisher=publisher))

    assert "by Diário da Costa" in await asked("diario")
    assert "by Harbor Wire\n" in await asked("HARBOR WIRE") + "\n"
    unclear = await asked("wire")
    assert unclear.startswith("More than one publisher matches “wire”.")
    assert {line for line in unclear.splitlines() if line.startswith("- ")} == {
        "- Harbor Wire",
        "- Harbor Wire Weekly",
        "- Tide Wire",
    }
    assert (await asked("BBC")).startswith("No article here is by a publisher called “BBC”.")


async def test_a_narrowed_answer_keeps_to_it_on_its_further_pages(night: World) -> None:
    card = await night.slash("ask", question="Which night was long?", publisher="Night Post")
    assert "by Night Post" in text_of(card)
    further = answered(await night.reader.click(card, label="More"))
    while True:
        assert "Night Post" in text_of(further)
        assert "Harbor Wire" not in text_of(further)
        if "Next" not in pressable(further):
            break
        await night.reader.click(further, label="Next")


@pytest.mark.parametrize("option", ["article", "publisher", "since", "until"])
async def test_what_cannot_be_understood_is_told_in_private(night: World, option: str) -> None:
    for command, asked in {"ask": {"question": "Why?"}, "find": {"words": "night"}}.items():
        refused = await night.reader.slash(
            night.channel, command, **asked, **{option: "the *moon*"}
        )

        assert answered(refused).ephemeral
        told = text_of(answered(refused))
        assert "“the \\*moon\\*”" in told
        assert ("</articles list:" in told) == (option in ("article", "publisher"))


async def test_articles_and_publishers_of_others_are_not_completed(night: World) -> None:
    theirs = Article("Secret", "It is secret.", "Secret Press", collection="server-1")
    night.bot.library.add(theirs)

    for command in ("ask", "find"):
        for option in ("article", "publisher"):
            offered = await night.reader.autocomplete(night.channel, command, option, "secret")
            assert offered == []
            every = await night.reader.autocomplete(night.channel, command, option, "")
            assert 0 < len(every) <= 25
            assert "Secret" not in str(every)
    refused = await night.reader.slash(
        night.channel, "ask", question="What is secret?", article=theirs.id
    )
    assert text_of(answered(refused)).startswith("There is no article")


async def test_a_message_may_be_asked_about_with_its_menu(world: World) -> None:
    message = await world.reader.send(world.channel, "how many troops?")

    answer = await world.reader.context_menu(world.channel, "Ask the library about this", message)

    assert answer.ephemeral
    assert "About 200" in words_of(answered(answer))


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("2025-10-09", date(2025, 10, 9)),
        ("9 October 2025", date(2025, 10, 9)),
        ("9.10.2025", date(2025, 10, 9)),
        ("October 2025", date(2025, 10, 1)),
        ("7d", date(2026, 11, 16)),
        ("2 W", date(2026, 11, 9)),
        ("3m", date(2026, 8, 23)),
        ("1y", date(2025, 11, 23)),
        ("yesterday", date(2026, 11, 22)),
        ("last week", date(2026, 11, 16)),
        ("ayer", date(2026, 11, 22)),
        ("hace 3 días", date(2026, 11, 20)),
    ],
)
def test_days_are_read_as_people_write_them(typed: str, day: date) -> None:
    assert parse_since(typed, NOW) == day


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("2025-10-09", date(2025, 10, 9)),
        ("October 2025", date(2025, 10, 31)),
        ("febrero 2024", date(2024, 2, 29)),
        ("2025", date(2025, 12, 31)),
        ("7d", date(2026, 11, 16)),
        ("yesterday", date(2026, 11, 22)),
    ],
)
def test_the_last_day_of_a_month_or_a_year_is_meant(typed: str, day: date) -> None:
    assert parse_until(typed, NOW) == day


@pytest.mark.parametrize("typed", ["soon", "2099-01-01", "-", "9999y", "the moon", "2025-13-45"])
def test_what_is_no_day_is_refused(typed: str) -> None:
    for parse in (parse_since, parse_until):
        with pytest.raises(Refusal):
            parse(typed, NOW)
