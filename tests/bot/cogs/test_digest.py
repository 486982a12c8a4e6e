"""Stories of ``/digest`` and of the digests that are posted every day or week."""

import re
from datetime import date, datetime, timedelta
from typing import Any

import pytest

from index import Article
from index.store.sqlite import articles as sqlite_articles
from tests.bot.conftest import World, answered, buttons_of, text_of


class Clock(datetime):
    """A ``datetime`` whose present is set by the test."""

    present: datetime

    @classmethod
    def now(cls, tz: Any = None) -> "Clock":
        return cls.fromisoformat(cls.present.isoformat())


@pytest.fixture
def added_at(monkeypatch: pytest.MonkeyPatch) -> type[Clock]:
    """The clock by which articles are added."""
    monkeypatch.setattr(sqlite_articles, "datetime", Clock)
    return Clock


def story(title: str, text: str, publisher: str, day: int, collection: str = "shared") -> Article:
    url = f"https://{publisher.split()[0].lower()}.example/{day}"
    return Article(title, text, publisher, date(2026, 3, day), url, collection)


FLOOD = story(
    "Orla bursts its banks",
    "The river Orla flooded the lower streets of Brenn on Monday. Four people died in the Orla"
    " flood, the rescue service said.",
    "Valley Courier",
    2,
)
TOLL = story(
    "Orla flood: toll rises",
    "Divers searched the cellars of Brenn beside the river Orla. Nine people died in the Orla"
    " flood, the rescue service said.",
    "Harbor Wire",
    3,
)
CLEARING = story(
    "Brenn clears mud after Orla flood",
    "Residents of Brenn on the river Orla cleared mud from their homes.",
    "Brenn Post",
    4,
)
STRIKE = story(
    "Meridian ferries stay in port",
    "Crews of Meridian Lines began a strike over pay.",
    "Harbor Wire",
    5,
)


@pytest.fixture
def news(world: World, added_at: type[Clock]) -> World:
    """A library to which three articles were added today, and one a week ago."""
    library = world.bot.library
    for article in library.articles():
        library.remove(article.id)
    now = world.env.now() - timedelta(minutes=1)
    added_at.present = now - timedelta(days=7)
    library.add(FLOOD)
    added_at.present = now
    for article in (TOLL, CLEARING, STRIKE):
        library.add(article)
    return world


# /digest


async def test_new_articles_are_shown_by_story_with_changed_statements(news: World) -> None:
    card = await news.slash("digest")

    text = text_of(card)
    assert text.startswith("**New since <t:")
    flood, strike = text.index("> Residents of Brenn"), text.index("> Crews of Meridian Lines")
    assert flood < strike  # more papers tell of the flood
    assert "Valley Courier" not in text[:strike]
    assert "Harbor Wire" in text[flood:strike]
    assert "> **Nine** people died in the Orla flood, the rescue service said." in text
    assert re.search(r"-# before: \*\*Four\*\* · Valley Courier · \[Orla bursts its banks\]", text)
    assert text.endswith("-# 3 articles · 2 stories")


async def test_a_first_day_can_be_given(news: World) -> None:
    card = await news.slash("digest", since="30d")

    assert "-# 4 articles · 2 stories" in text_of(card)
    assert "before: " not in text_of(card)  # both figures are new


async def test_a_corrected_statement_is_shown_with_the_former_one(
    news: World, added_at: type[Clock]
) -> None:
    now = added_at.present
    added_at.present = now - timedelta(days=5)
    said = "“The dam will hold until May,” the minister said."
    first = story("Dam inspected", said, "Valley Courier", 9)
    news.bot.library.add(first)
    added_at.present = now
    held = said.replace("hold until May", "not hold until May")
    news.bot.library.add(story("Dam inspected", held, "Valley Courier", 9))

    text = text_of(await news.slash("digest"))

    assert "> **“The dam will not hold until May,”** the minister said." in text
    assert "-# before: **“The dam will hold until May,”** · Valley Courier" in text


async def test_a_story_is_opened_by_its_button_even_after_a_restart(news: World) -> None:
    card = await news.slash("digest")
    await news.restart()
    read = next(b["custom_id"] for b in buttons_of(card) if b["label"] == "Read")

    shown = answered(await news.reader.click(card, custom_id=read))

    assert text_of(shown).startswith("**Brenn clears mud after Orla flood**")
    assert "cleared mud from their homes" in text_of(shown)
    assert shown.ephemeral

    news.bot.library.remove(CLEARING.id)
    gone = answered(await news.reader.click(card, custom_id=read))
    assert text_of(gone) == "That article is no longer in the library."


async def test_many_stories_have_pages_which_outlast_a_restart(news: World) -> None:
    places = "library school bridge harbor bakery museum stadium tunnel".split()
    towns = "Ashford Belmar Corvik Dunster Elgin Farsund Gorey Hasle".split()
    for n, town in enumerate(towns, 10):
        text = f"{town} has a new {places[n - 10]}."
        news.bot.library.add(story(f"Opening in {town}", text, f"{town} Post", n))
    card = await news.slash("digest")
    first = text_of(card)
    assert "Page 1 of " in first
    assert len(buttons_of(card)) <= 40

    await news.restart()
    await news.reader.click(card, label="Next")
    assert "Page 2 of " in text_of(card)
    assert not set(re.findall("^> .*", first, re.M)) & set(re.findall("^> .*", text_of(card), re.M))


async def test_nothing_new_is_said(news: World, added_at: type[Clock]) -> None:
    for article in (TOLL, CLEARING, STRIKE):
        news.bot.library.remove(article.id)
    card = await news.slash("digest")
    assert text_of(card).startswith("Nothing has been added or corrected since <t:")


async def test_another_server_s_articles_are_not_in_it(news: World) -> None:
    news.bot.library.add(story("Secret", "A secret was told in Hush.", "Hush Post", 8, "server-1"))
    assert "secret" not in text_of(await news.slash("digest"))


async def test_it_can_be_private(news: World) -> None:
    result = await news.reader.slash(news.channel, "digest", private=True)
    assert answered(result).ephemeral


# Digests every day or week


async def order(world: World, **options: Any) -> str:
    await world.show_command("settings")
    options.setdefault("every", "day")
    return text_of(await world.slash("settings digest", **options))


@pytest.fixture
async def morning(editor: World) -> World:
    """Six in the morning (UTC) of a day on which somebody who manages the server orders digests."""
    now = editor.env.now()
    await editor.pass_time((timedelta(hours=30 - now.hour) % timedelta(days=1)).total_seconds())
    return editor


async def test_a_daily_digest_is_posted_at_its_time_and_again_the_next_day(
    morning: World, added_at: type[Clock]
) -> None:
    ordered = await order(morning, channel=morning.channel, at="8:00")
    assert "every day at 08:00 (UTC)" in ordered
    added_at.present = morning.env.now() + timedelta(minutes=5)
    morning.bot.library.add(STRIKE)
    before = len(morning.channel.history())

    await morning.pass_time(3600)
    assert len(morning.channel.history()) == before
    await morning.pass_time(3700)
    assert "> Crews of Meridian Lines began a strike over pay." in text_of(morning.last())
    assert "-# one article · one story" in text_of(morning.last())
    assert len(morning.channel.history()) == before + 1

    added_at.present = morning.env.now() + timedelta(minutes=5)
    morning.bot.library.add(CLEARING)
    await morning.pass_time(24 * 3600)
    assert "Residents of Brenn" in text_of(morning.last())
    assert "Meridian" not in text_of(morning.last())
    assert len(morning.channel.history()) == before + 2


async def test_when_nothing_is_new_nothing_is_posted(morning: World) -> None:
    await order(morning, channel=morning.channel)
    before = len(morning.channel.history())
    await morning.pass_time(25 * 3600)
    assert len(morning.channel.history()) == before


async def test_a_digest_that_was_due_while_the_bot_was_off_is_posted_when_it_is_back(
    morning: World, added_at: type[Clock]
) -> None:
    await order(morning, channel=morning.channel)
    added_at.present = morning.env.now() + timedelta(minutes=5)
    morning.bot.library.add(STRIKE)
    polling: Any = morning.bot.get_cog("DigestCog")
    polling.poll.cancel()
    await morning.pass_time(4 * 3600)
    before = len(morning.channel.history())

    await morning.restart()
    await morning.pass_time(60)

    assert "Meridian Lines" in text_of(morning.last())
    assert len(morning.channel.history()) == before + 1


async def test_the_time_is_that_of_the_zone(morning: World) -> None:
    ordered = await order(morning, channel=morning.channel, every="mon", at="7.30", zone="madrid")
    assert "every Monday at 07:30 (Europe/Madrid)" in ordered
    changed = await order(morning, every="day")  # the channel, time and zone stay
    assert f"every day at 07:30 (Europe/Madrid) in <#{morning.channel.id}>" in changed
    shown = text_of(await morning.slash("settings show"))
    assert "**Digest**: every day at 07:30 (Europe/Madrid)" in shown


async def test_a_digest_can_be_canceled(morning: World, added_at: type[Clock]) -> None:
    assert await order(morning, every="never") == "This server has no digest."
    await order(morning, channel=morning.channel)
    assert await order(morning, every="never") == "The digest is no longer posted."
    added_at.present = morning.env.now() + timedelta(minutes=5)
    morning.bot.library.add(STRIKE)
    before = len(morning.channel.history())
    await morning.pass_time(25 * 3600)
    assert len(morning.channel.history()) == before


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ({}, "Choose the channel with `channel:`."),
        ({"channel": True, "at": "late"}, "I don't understand the time “late”."),
        ({"channel": True, "at": "24:10"}, "I don't understand the time “24:10”."),
        ({"channel": True, "zone": "Mars/Base"}, "I don't know the time zone “Mars/Base”."),
        ({"channel": True, "zone": "america"}, "I don't know the time zone “america”."),
    ],
)
async def test_a_schedule_that_cannot_be_read_is_refused(
    editor: World, options: dict[str, Any], said: str
) -> None:
    if options.get("channel"):
        options = options | {"channel": editor.channel}
    assert (await order(editor, **options)).startswith(said)
    assert editor.bot.storage.digests.all() == []


async def test_only_managers_schedule_digests(world: World) -> None:
    said = await order(world, channel=world.channel)
    assert said.startswith("Only members with the permission “Manage Server”")


async def test_a_channel_that_is_gone_is_left_out(morning: World, added_at: type[Clock]) -> None:
    other = morning.guild.create_text_channel("news")
    await order(morning, channel=other)
    added_at.present = morning.env.now() + timedelta(minutes=5)
    morning.bot.library.add(STRIKE)
    await morning.bot.get_channel(other.id).delete()  # type: ignore[union-attr]
    await morning.pass_time(25 * 3600)
    assert morning.bot.loop_health.failures == {}
    assert morning.bot.storage.digests.all()[0].until > morning.env.now() - timedelta(hours=24)


async def test_it_is_deleted_with_the_server_s_data(editor: World) -> None:
    await order(editor, channel=editor.channel)
    await editor.bot.delete_server(editor.guild.id)
    assert editor.bot.storage.digests.all() == []


async def test_time_zones_are_suggested(editor: World) -> None:
    choices = await editor.reader.autocomplete(editor.channel, "settings digest", "zone", "new y")
    assert [choice["value"] for choice in choices] == ["America/New_York"]
