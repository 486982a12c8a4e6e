"""Stories of people who look around in the library: ``/articles``."""

from datetime import date, timedelta

from index import Article
from tests.bot.conftest import World, answered, buttons_of, labels_of, text_of

FERRIES = "Four countries agree on night ferries across the Marl Strait"


async def test_the_list_shows_the_newest_first(world: World) -> None:
    result = await world.reader.slash(world.channel, "articles list")

    assert result.ephemeral
    lines = text_of(answered(result)).splitlines()
    assert lines[0] == f"1\\. **{FERRIES}**"
    assert lines[1] == "-# Coastal Gazette, 20 November 2025"
    assert lines[2].startswith("2\\. **Army engineers")
    assert lines[-1] == "-# Page 1 of 1 · 3 articles"
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

    assert "Page 1 of 1 · 3 articles" in text_of(first)


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
    assert all(choice["name"].endswith("…") for choice in choices)


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


async def test_a_very_long_article_is_cut_with_an_ellipsis(world: World) -> None:
    text = "\n\n".join(f"This is paragraph number {n}, and it *goes* on." for n in range(500))
    article = world.bot.library.add(Article("Long", text)).article

    shown = text_of(await world.slash("articles show", article=article.id))

    assert len(shown) <= 4000
    assert shown.endswith("\n\n…")
