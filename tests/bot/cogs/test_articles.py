"""Stories of people who look around in the library: ``/articles``."""

import re
from datetime import date, timedelta

import simcord

from index import Article
from tests.bot.conftest import World, answered, buttons_of, components_of, labels_of, text_of

FERRIES = "Four countries agree on night ferries across the Marl Strait"


async def test_the_list_shows_the_newest_first(world: World) -> None:
    result = await world.reader.slash(world.channel, "articles list")

    assert result.ephemeral
    lines = text_of(answered(result)).splitlines()
    assert lines[0] == f"1\\. **{FERRIES}**"
    assert lines[1] == "-# Coastal Gazette, 20 November 2025"
    assert lines[2].startswith("2\\. **Army engineers")
    assert lines[-1] == "-# 3 articles"
    assert not labels_of(answered(result))


async def test_pages_of_the_list_are_turned_with_buttons(world: World) -> None:
    for day in range(22):
        added = date(2024, 1, 1) + timedelta(days=day)
        world.bot.library.add(
            Article(f"Old story {day}", f"It happened on day {day}.", None, added)
        )

    first = answered(await world.reader.slash(world.channel, "articles list"))
    assert "Page 1 of 3 · 25 articles" in text_of(first)
    assert [b.get("disabled", False) for b in buttons_of(first)] == [True, False]

    await world.reader.click(first, label="Next")
    await world.reader.click(first, label="Next")
    assert "Page 3 of 3" in text_of(first)
    assert "25\\. **Old story 0**" in text_of(first)
    assert [b.get("disabled", False) for b in buttons_of(first)] == [False, True]

    await world.reader.click(first, label="Previous")
    assert "Page 2 of 3" in text_of(first)


async def test_a_page_that_is_gone_turns_into_the_last_one(world: World) -> None:
    added = [
        world.bot.library.add(Article(f"Story {n}", f"It is story number {n}.")).article
        for n in range(10)
    ]
    first = answered(await world.reader.slash(world.channel, "articles list"))
    for article in added:
        world.bot.library.remove(article.id)

    await world.reader.click(first, label="Next")

    assert text_of(first).endswith("-# 3 articles")


async def test_an_article_is_found_as_its_title_is_typed(world: World) -> None:
    choices = await world.reader.autocomplete(world.channel, "articles show", "article", "FERR")
    assert [c["name"] for c in choices] == [f"{FERRIES} (Coastal Gazette, 20 November 2025)"]

    shown = await world.reader.slash(world.channel, "articles show", article=choices[0]["value"])

    assert shown.ephemeral
    text = text_of(answered(shown))
    assert text.startswith(f"**{FERRIES}**\n-# Coastal Gazette · [Open the page](https://coastal")
    assert "Ferries will cross the Marl Strait by night from 1 March" in text
    assert "after the first winter." in text


async def test_a_title_may_be_typed_without_choosing(world: World) -> None:
    shown = await world.slash("articles show", article="ferries night")

    assert text_of(shown).startswith(f"**{FERRIES}**")


async def test_a_title_that_is_not_there_is_told_so(world: World) -> None:
    shown = await world.slash("articles show", article="The *moon* landing")

    assert "There is no article called “The \\*moon\\* landing”." in text_of(shown)


async def test_no_more_choices_are_offered_than_discord_takes(world: World) -> None:
    for number in range(40):
        world.bot.library.add(Article(f"{'A very long title ' * 20} {number}", f"Story {number}."))

    choices = await world.reader.autocomplete(world.channel, "articles show", "article", "long")

    assert len(choices) == 25
    assert all(1 <= len(choice["name"]) <= 100 for choice in choices)
    assert all("… (“Story" in choice["name"] for choice in choices)
    assert len({choice["name"] for choice in choices}) == 25


async def test_articles_of_another_server_are_neither_listed_nor_completed_nor_shown(
    world: World,
) -> None:
    secret = Article("The secret vault", "It is in Korsvik.", collection="server-1")
    world.bot.library.add(secret)

    listed = await world.slash("articles list")
    choices = await world.reader.autocomplete(world.channel, "articles show", "article", "vault")
    by_id = await world.slash("articles show", article=secret.id)
    by_title = await world.slash("articles show", article=secret.title)

    assert "vault" not in text_of(listed)
    assert "3 articles" in text_of(listed)
    assert choices == []
    assert text_of(by_id).startswith("There is no article")
    assert text_of(by_title).startswith("There is no article")


async def test_an_empty_library_lists_nothing(world: World) -> None:
    for article in world.bot.library.articles():
        world.bot.library.remove(article.id)

    assert text_of(await world.slash("articles list")) == "There are no articles yet."


LONG = "\n\n".join(f"This is paragraph number {n}, and it *goes* on." for n in range(500))


def paragraphs_of(card: simcord.ResponseMessage) -> list[str]:
    return re.findall(r"^This is paragraph number .*$", text_of(card).replace("\\", ""), re.M)


async def test_a_long_article_is_read_page_by_page_to_its_end(world: World) -> None:
    article = world.bot.library.add(Article("Long", LONG, author="Ida Holm")).article

    card = await world.slash("articles show", article=article.id)
    assert "Ida Holm" in text_of(card)
    read = paragraphs_of(card)
    while not next(b for b in buttons_of(card) if b["label"] == "Next").get("disabled", False):
        await world.restart()
        await world.reader.click(card, label="Next")
        assert len(text_of(card)) <= 4000
        read += paragraphs_of(card)

    assert "\n\n".join(read) == LONG
    await world.reader.click(card, label="Previous")
    assert paragraphs_of(card)[-1] < read[-1]


async def test_an_article_that_changes_while_it_is_read_says_so(world: World) -> None:
    article = world.bot.library.add(Article("Long", LONG, url="https://tide.example/a")).article
    card = await world.slash("articles show", article=article.id)

    world.bot.library.add(article.edited(text=LONG.replace("goes", "went")))
    await world.reader.click(card, label="Next")
    assert text_of(card).startswith("This article has been changed since you opened it.")
    assert "went" in text_of(card)
    await world.reader.click(card, label="Next")
    assert text_of(card).startswith("**Long**"), "it is told once"

    world.bot.library.remove(article.id)
    gone = await world.reader.click(card, label="Next")
    assert text_of(gone.followups[-1]) == "That article is no longer in the library."


async def test_an_article_of_the_list_is_opened_with_the_menu(world: World) -> None:
    listed = await world.slash("articles list")
    (menu,) = [c for c in components_of(listed) if c["type"] == 3]
    assert menu["options"][0]["label"].startswith(FERRIES)
    await world.restart()

    opened = await world.reader.select(
        listed, [menu["options"][0]["value"]], custom_id=menu["custom_id"]
    )

    assert opened.ephemeral
    assert text_of(answered(opened)).startswith(f"**{FERRIES}**")
    assert text_of(listed).startswith("1\\. **"), "the list stays"
    world.bot.library.remove(menu["options"][0]["value"])
    gone = await world.reader.select(
        listed, [menu["options"][0]["value"]], custom_id=menu["custom_id"]
    )
    assert text_of(answered(gone)) == "That article is no longer in the library."


async def test_articles_with_one_title_are_told_apart(world: World) -> None:
    for text in ("Nine otters came.", "Ten otters left."):
        for paper in ("Harbor Wire", None):
            world.bot.library.add(Article("Otters", text, paper, date(2025, 10, 9)))

    choices = await world.reader.autocomplete(world.channel, "articles show", "article", "otter")
    names = [choice["name"] for choice in choices]
    told = text_of(await world.slash("articles show", article="otters"))
    listed = text_of(await world.slash("articles list"))

    assert len(set(names)) == 4
    assert "Otters (Harbor Wire, 9 October 2025 · “Ten otters left.”)" in names
    assert told.startswith("More than one article matches “otters”.")
    assert {line.removeprefix("- ") for line in told.splitlines()[1:]} == set(names)
    assert "Harbor Wire, 9 October 2025 · “Nine otters came.”" in listed
    assert "-# 9 October 2025 · “Ten otters left.”" in listed


async def test_a_title_that_is_typed_in_full_is_taken(world: World) -> None:
    for title in ("Otters", "Otters again", "Otters *at* last"):
        world.bot.library.add(Article(title, f"It is {title}."))

    assert text_of(await world.slash("articles show", article="OTTERS")).startswith("**Otters**")
    shown = text_of(await world.slash("articles show", article="at last"))
    assert shown.startswith("**Otters \\*at\\* last**")
