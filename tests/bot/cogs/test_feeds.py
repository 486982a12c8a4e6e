"""Stories of feeds: what they bring is added by itself, nothing twice and nothing lost."""

import random
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import replace
from datetime import timedelta
from functools import partial

import discord
import pytest

from bot.ingest.feed_follower import MAX_INITIAL_ENTRIES
from bot.ingest.poll_interval import MAX_POLL_INTERVAL, MIN_POLL_INTERVAL, poll_interval
from bot.settings import parse_urls
from bot.storage import FollowedFeed
from index import Library, Scope
from index.fetching.guard import Guard
from tests.bot.conftest import World, buttons_of, text_of, words_of
from tests.index.feeds import PARAGRAPHS, item, rss
from tests.index.site import Page, Site

RunBot = Callable[..., Awaitable[World]]


def body(number: int, edited: str = "") -> str:
    """The text of an article, of its own and long enough to be whole."""
    lines = [f"Of otter number {number}{edited}: {line}" for line in PARAGRAPHS]
    return "".join(f"<p>{line}</p>" for line in lines)


def entry(
    number: int,
    *,
    edited: str = "",
    link: str | None = None,
    whole: bool = True,
    dated: bool = True,
) -> str:
    return item(
        f"Otter {number}{edited}",
        link or f"/otters/{number}",
        guid=f"otter-{number}",
        date=f"Thu, 09 Oct 2025 10:{number % 60:02}:00 GMT" if dated else None,
        content=body(number, edited) if whole else None,
    )


def page(number: int, edited: str = "") -> str:
    return (
        f"<html><head><title>Otter {number}{edited}</title>"
        '<meta property="og:type" content="article"></head>'
        f"<body><article><h1>Otter {number}{edited}</h1>{body(number, edited)}</article></body>"
    )


def feed(site: Site, *entries: str, title: str = "Otter News") -> str:
    return site.put("/feed", rss(*entries, title=title), "application/rss+xml")


def shown(url: str) -> str:
    """An address as it is shown: it leads nowhere."""
    return url.replace("://", "\\://")


def own(world: World) -> list[str]:
    scope = Scope((f"server-{world.guild.id}",))
    return sorted(article.title for article in world.bot.library.articles(scope))


def own_feeds(world: World) -> list[FollowedFeed]:
    return world.bot.storage.feeds.in_collection(f"server-{world.guild.id}")


def addresses(world: World) -> list[str]:
    return [feed.url for feed in own_feeds(world)]


def titles(*numbers: int) -> list[str]:
    return sorted(f"Otter {number}" for number in numbers)


async def use(world: World, command: str, **options: object) -> str:
    group = "feeds" if command == "list" else "manage feeds"
    return words_of(await world.slash(f"{group} {command}", **options))


async def add(world: World, url: str, **options: object) -> str:
    told = await use(world, "add", url=url, **options)
    await world.env.settle()
    return told


async def check(world: World) -> str:
    """Look for new articles, as a person does; returns what they are told."""
    told = await use(world, "check")
    await world.env.settle()
    return told


def waiting(world: World) -> tuple[int, int]:
    return world.bot.storage.ingest_jobs.count([f"server-{world.guild.id}"])


async def test_a_feed_is_followed_and_answered_from(editor: World, site: Site) -> None:
    url = feed(site, entry(1), entry(2))

    assert await add(editor, url) == (
        f"Following “Otter News” ({shown(url)}). 2 articles are being added."
    )
    assert own(editor) == titles(1, 2)
    card = text_of(await editor.mention("What broke the pier of otter number 2?"))
    assert f"{site.url('/otters/2')}#:~:text=" in card
    assert "Otter News" in card


async def test_what_is_new_comes_by_itself(editor: World, site: Site) -> None:
    await add(editor, feed(site, entry(1)))
    feed(site, entry(1), entry(2))

    await editor.pass_time(MIN_POLL_INTERVAL.total_seconds() * 1.2 + 60)

    assert own(editor) == titles(1, 2)


async def test_entries_without_their_text_are_fetched(editor: World, site: Site) -> None:
    site.put("/otters/1", page(1))
    await add(editor, feed(site, entry(1, whole=False)))

    (article,) = editor.bot.library.articles(Scope((f"server-{editor.guild.id}",)))
    assert article.text.startswith("Of otter number 1: ")
    assert article.publisher == "Otter News"
    assert str(article.published) == "2025-10-09 10:01:00+00:00"


async def test_at_first_only_the_newest_are_taken(editor: World, site: Site) -> None:
    numbers = list(range(MAX_INITIAL_ENTRIES + 10))
    random.Random(7).shuffle(numbers)
    await add(editor, feed(site, *map(entry, numbers)))
    assert own(editor) == titles(*range(10, MAX_INITIAL_ENTRIES + 10))

    feed(site, *map(entry, [*numbers, 55]))
    assert await check(editor) == "“Otter News”: one new or edited article is being added."
    assert own(editor) == titles(*range(10, MAX_INITIAL_ENTRIES + 10), 55)


async def test_later_all_are_taken_however_many(editor: World, site: Site) -> None:
    await add(editor, feed(site, entry(0)))
    feed(site, *map(entry, range(1, 41)))
    await check(editor)
    assert own(editor) == titles(*range(41))


async def test_nothing_twice_and_nothing_lost(editor: World, site: Site) -> None:
    """A feed on a bad day after another: out of order, edited, deleted, broken, away."""
    rng = random.Random(3)
    present: dict[int, str] = {}  # what each entry says
    everything = {0: ""}  # what the feed has said so far
    await add(editor, feed(site, entry(0)))
    for day in range(1, 20):
        for number in range(3 * day, 3 * day + rng.randrange(4)):
            present[number] = ""
        for number in [n for n in present if rng.random() < 0.2]:
            present[number] = f" of day {day}"
        for number in [n for n in present if rng.random() < 0.1]:
            del present[number]  # no longer in the feed: the article stays
        for number, edited in present.items():
            site.put(f"/otters/{number}", page(number, edited))
        some = [
            entry(n, edited=present[n], whole=n % 2 == 0)
            for n in rng.sample(sorted(present), len(present))
        ]
        whole = rss(*some, title="Otter News")
        misfortune = rng.choice(["none", "none", "500", "cut", "page", "304", "redirect"])
        match misfortune:
            case "500":
                site.pages["/feed"] = Page(b"", status=500)
            case "cut":
                cut = whole[: int(len(whole) * rng.uniform(0.3, 0.95))]
                site.put("/feed", cut, "application/rss+xml")
            case "page":
                site.put("/feed", "<html><body><p>Be right back.</p></body></html>")
            case "304":
                site.pages["/feed"] = Page(status=304)
            case "redirect":
                site.put("/moved", whole, "application/rss+xml")
                site.redirect("/feed", "/moved")
            case _:
                feed(site, *some)
        told = await check(editor)
        assert ("cannot be read" in told) == (misfortune in ("500", "cut", "page")), misfortune
        if misfortune not in ("none", "redirect"):
            continue
        everything |= present
        assert own(editor) == sorted(f"Otter {n}{e}" for n, e in everything.items())
    assert waiting(editor) == (0, 0)
    assert list(editor.bot.library.problems()) == []


async def test_what_cannot_be_reached_is_tried_again_and_not_lost(
    editor: World, site: Site
) -> None:
    site.put("/otters/1", page(1))
    site.pages["/otters/2"] = Page(b"", status=503)
    await add(editor, feed(site, entry(1, whole=False), entry(2, whole=False)))
    assert own(editor) == titles(1)
    assert waiting(editor) == (1, 0)

    site.put("/otters/2", page(2))
    site.pages["/feed"] = Page(b"", status=404)  # what was in it is known already
    await editor.restart()
    await editor.pass_time(120)

    assert own(editor) == titles(1, 2)
    assert waiting(editor) == (0, 0)


@pytest.mark.parametrize("status", [301, 308])
async def test_a_feed_that_has_moved_is_followed_once(
    editor: World, site: Site, status: int
) -> None:
    new = feed(site, entry(1))
    old = site.redirect("/old", "/feed", status)
    await add(editor, old)
    await add(editor, new)
    assert addresses(editor) == [new]
    await add(editor, old)
    assert addresses(editor) == [new]
    assert own(editor) == titles(1)


async def test_a_feed_that_moves_later_is_followed_once(editor: World, site: Site) -> None:
    feed(site, entry(1))
    site.pages["/old"] = site.pages["/feed"]
    old, new = site.url("/old"), site.url("/feed")
    await add(editor, old)
    site.redirect("/old", "/feed", 301)
    await add(editor, new)
    assert addresses(editor) == [new]


async def test_a_poll_follows_a_permanent_redirect_and_merges_the_feeds(
    editor: World, site: Site
) -> None:
    new = feed(site, entry(1), title="Otters Today")
    old = site.put("/old", rss(entry(1), entry(2), title="Otter News"), "application/rss+xml")
    await add(editor, old)
    await add(editor, new, channel=editor.channel)
    assert len(addresses(editor)) == 2
    site.redirect("/old", "/feed", 308)
    site.pages["/otters/3"] = Page(b"", status=503)
    feed(site, entry(1), entry(3, whole=False), title="Otters Today")
    await check(editor)

    assert addresses(editor) == [new]
    (followed,) = own_feeds(editor)
    assert followed.channel_id == editor.channel.id, "what was set for either holds for both"
    site.put("/otters/3", page(3))
    await editor.pass_time(120)
    assert own(editor) == titles(1, 2, 3), "no job is lost"


async def test_a_feed_moves_although_nothing_in_it_has_changed(editor: World, site: Site) -> None:
    text = rss(entry(1), title="Otter News").encode()

    def answer(headers: Mapping[str, str]) -> Page:
        known = headers.get("If-None-Match")
        return Page(status=304) if known else Page(text, "text/xml", headers={"ETag": '"a"'})

    site.pages["/old"] = site.pages["/new"] = answer
    await add(editor, site.url("/old"))
    site.redirect("/old", "/new", 301)
    assert await check(editor) == "“Otter News”: no new articles."
    assert addresses(editor) == [site.url("/new")]

    site.asked.clear()
    assert await check(editor) == "“Otter News”: no new articles."
    assert site.asked == ["/new"]
    assert site.headers[-1]["If-None-Match"] == '"a"'


@pytest.mark.parametrize("status", [302, 303, 307])
async def test_a_temporary_redirect_does_not_move_a_feed(
    editor: World, site: Site, status: int
) -> None:
    feed(site, entry(1))
    await add(editor, site.redirect("/old", "/feed", status))
    await check(editor)
    assert addresses(editor) == [site.url("/old")]


async def test_a_shared_feed_that_has_moved_is_kept(editor: World, site: Site) -> None:
    new, old = feed(site, entry(1)), site.redirect("/old", "/feed", 301)
    follower = editor.bot.feed_follower
    follower._shared_feeds = [old]
    await follower.follow_shared()
    shared = editor.bot.storage.feeds.in_collection("shared")
    await follower.poll_all(shared)
    await follower.follow_shared()
    moved = editor.bot.storage.feeds.in_collection("shared")
    assert [(one.key, one.url) for one in moved] == [(shared[0].key, new)]
    follower._shared_feeds = []
    await follower.follow_shared()
    assert editor.bot.storage.feeds.in_collection("shared") == []


async def test_an_entry_that_moved_is_one_article_still(editor: World, site: Site) -> None:
    await add(editor, feed(site, entry(1)))
    feed(site, entry(1, link="/otters/one"))
    await check(editor)

    (article,) = editor.bot.library.articles(Scope((f"server-{editor.guild.id}",)))
    assert article.url == site.url("/otters/one")


async def test_a_removed_article_does_not_come_back(editor: World, site: Site) -> None:
    await add(editor, feed(site, entry(1), entry(2)))
    (first,) = editor.bot.library.articles(Scope((f"server-{editor.guild.id}",)), title="Otter 1")
    editor.bot.library.remove(first.id)
    feed(site, entry(2))
    await check(editor)
    feed(site, entry(1), entry(2))
    await check(editor)
    assert own(editor) == titles(2)


async def test_a_feed_that_has_not_changed_is_not_sent(editor: World, site: Site) -> None:
    text = rss(entry(1), title="Otter News").encode()
    sent = []

    def answer(headers: Mapping[str, str]) -> Page:
        sent.append(headers.get("If-None-Match"))
        return Page(status=304) if sent[-1] else Page(text, "text/xml", headers={"ETag": '"a"'})

    site.pages["/feed"] = answer
    await add(editor, site.url("/feed"))
    assert await check(editor) == "“Otter News”: no new articles."
    await editor.restart()
    assert await check(editor) == "“Otter News”: no new articles."
    assert sent == [None, '"a"', '"a"']


async def test_new_articles_are_announced_together_and_quietly(editor: World, site: Site) -> None:
    news = editor.guild.create_text_channel("news")
    undated = partial(entry, dated=False)  # which makes it news
    told = await add(editor, feed(site, *map(undated, reversed(range(12)))), channel=news)
    assert told.endswith(f"Its articles are announced in {news.mention}.")

    await editor.pass_time(31)
    (message,) = news.history()
    lines = text_of(message).splitlines()
    assert len(lines) == 11
    assert lines[0].startswith(f"-# Otter News · [Otter 11]({site.url('/otters/11')})")
    assert lines[-1] == "-# … and 2 more"
    assert message.flags.suppress_notifications

    feed(site, undated(3, edited=" again"), undated(20))
    await check(editor)
    await editor.pass_time(31)
    assert len(news.history()) == 2
    assert "Otter 20" in text_of(news.history()[-1])
    assert "Otter 3" not in text_of(news.history()[-1])  # it is not new
    await editor.pass_time(31)
    assert len(news.history()) == 2


async def test_an_announcement_mentions_nobody(editor: World, site: Site) -> None:
    news = editor.guild.create_text_channel("news")
    title = "@everyone &lt;@1&gt; **otters** [here](https://evil.example)"
    text = item(title, "/1", content=body(1))
    await add(editor, feed(site, text, title="@here"), channel=news)
    await editor.pass_time(31)

    (message,) = news.history()
    assert not message.mention_everyone
    assert "\\@everyone" in text_of(message)
    assert "](https://evil" not in text_of(message)


async def test_a_channel_that_is_gone_stops_nothing(editor: World, site: Site) -> None:
    news = editor.guild.create_text_channel("news")
    await add(editor, feed(site, entry(1)), channel=news)
    await editor.pass_time(31)
    editor.env.backend.delete_channel(news.id)
    feed(site, entry(1), entry(2))
    await check(editor)
    await editor.pass_time(31)
    assert own(editor) == titles(1, 2)
    assert editor.bot.storage.feeds.pending_announcements(editor.env.now()) == []


async def test_a_feed_that_fails_for_a_day_is_reported_once(editor: World, site: Site) -> None:
    await add(editor, feed(site, entry(1)))
    site.pages["/feed"] = Page(b"", status=500)
    user = editor.reader.user

    await editor.pass_time(20 * 3600)
    assert user.dm_channel.history(viewer=user) == []
    assert "failing since" in await use(editor, "list")
    await editor.pass_time(9 * 3600)
    (message,) = user.dm_channel.history(viewer=user)
    assert "The feed “Otter News”" in words_of(message)
    assert "answered with an error (500)" in words_of(message)
    await editor.pass_time(30 * 3600)
    assert len(user.dm_channel.history(viewer=user)) == 1

    feed(site, entry(1), entry(2))
    await editor.pass_time(MAX_POLL_INTERVAL.total_seconds() * 1.3)
    assert own(editor) == titles(1, 2)
    assert "checked <t:" in await use(editor, "list")
    assert len(site.asked) < 40, "it is asked ever more seldom"


async def test_a_mistake_of_our_own_is_a_failure_too(
    editor: World, site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A feed that cannot be read for a reason that nobody thought of is asked ever more seldom."""
    tries: list[object] = []
    await add(editor, feed(site, entry(1)))
    monkeypatch.setattr("bot.ingest.feed_follower.fetch_feed", partial(_fail, tries))
    await editor.pass_time(4 * 3600)
    assert 2 <= len(tries) <= 5
    told = await use(editor, "list")
    assert "something went wrong inside Dateline; its log has the details." in told


async def _fail(tries: list[object], *_: object) -> None:
    tries.append(None)
    raise ZeroDivisionError


async def test_the_list_and_its_pages(editor: World, site: Site) -> None:
    assert await use(editor, "list") == "This server doesn't follow any feeds yet."
    feed(site, entry(1))
    for number in range(9):
        site.pages[f"/feed{number}"] = site.pages["/feed"]
        await add(editor, site.url(f"/feed{number}"))
    card = await editor.slash("feeds list")
    assert words_of(card).count("Otter News") == 8
    assert "Page 1 of 2 · 9 feeds" in words_of(card)
    turned = await editor.reader.click(card, label="Next")
    assert turned.response is not None
    assert words_of(turned.response).count("Otter News") == 1
    assert [button["disabled"] for button in buttons_of(turned.response)] == [False, True]


async def test_a_feed_is_followed_no_longer(editor: World, site: Site) -> None:
    url = feed(site, entry(1), entry(2, whole=False))
    site.pages["/otters/2"] = Page(b"", status=503)
    await add(editor, url)
    assert waiting(editor) == (1, 0)
    choices = await editor.reader.autocomplete(
        editor.channel, "manage feeds remove", "feed", "otter"
    )
    assert [choice["name"] for choice in choices] == ["Otter News"]

    told = await use(editor, "remove", feed=choices[0]["value"])

    assert told == "No longer following “Otter News”. Its articles stay in the library."
    assert own(editor) == titles(1)
    assert waiting(editor) == (0, 0)
    assert await use(editor, "list") == "This server doesn't follow any feeds yet."
    assert "doesn't follow a feed called “Otter News”" in await use(
        editor, "remove", feed="Otter News"
    )


async def test_adding_a_feed_again_changes_its_channel_only(editor: World, site: Site) -> None:
    url = feed(site, entry(1))
    news = editor.guild.create_text_channel("news")
    await add(editor, url)
    assert await add(editor, url, channel=news) == (
        f"Following “Otter News” ({shown(url)}). It has no new articles."
        f" Its articles are announced in {news.mention}."
    )
    assert words_of(await editor.slash("feeds list")).count("Otter News") == 1


async def test_a_feed_is_announced_elsewhere_or_nowhere(editor: World, site: Site) -> None:
    url = feed(site, entry(1, dated=False))
    news, quiet = (editor.guild.create_text_channel(name) for name in ("news", "quiet"))
    await add(editor, url, channel=news)
    assert await add(editor, url) == (
        f"Following “Otter News” ({shown(url)}). It has no new articles."
    )
    assert news.mention in await use(editor, "list"), "it is still announced there"

    assert "announced in" in await use(editor, "announce", feed="Otter News", channel=quiet)
    feed(site, entry(1, dated=False), entry(2, dated=False))
    await check(editor)
    assert (len(news.history()), len(quiet.history())) == (1, 1)
    assert "no longer announced" in await use(editor, "announce", feed="Otter News")
    feed(site, entry(1, dated=False), entry(2, dated=False), entry(3, dated=False))
    await check(editor)
    assert (len(news.history()), len(quiet.history())) == (1, 1)
    assert own(editor) == titles(1, 2, 3)


async def test_the_list_tells_where_nothing_can_be_announced(editor: World, site: Site) -> None:
    news = editor.guild.create_text_channel("news")
    await add(editor, feed(site, entry(1)), channel=news)
    assert "can't write" not in await use(editor, "list")
    editor.env.backend.delete_channel(news.id)
    await editor.env.settle()
    assert f"{news.mention} (I can't write there)" in await use(editor, "list")


async def test_what_is_typed_must_mean_one_feed(editor: World, site: Site) -> None:
    for name in ("Alpha Otters", "Beta Otters", "Gamma"):
        site.put(f"/{name[0]}", rss(entry(1), title=name), "application/rss+xml")
        await add(editor, site.url(f"/{name[0]}"))
    assert "More than one feed matches" in await use(editor, "remove", feed="otters")
    for wrong in ("feed:99", "Delta"):
        assert "doesn't follow a feed" in await use(editor, "remove", feed=wrong)
    assert len(editor.bot.storage.feeds.in_collection(f"server-{editor.guild.id}")) == 3
    assert "No longer following “Gamma”" in await use(editor, "remove", feed="gam")


async def test_feeds_with_one_title_are_told_apart(editor: World, site: Site) -> None:
    feed(site, entry(1))
    site.pages["/other"] = site.pages["/feed"]
    await add(editor, site.url("/feed"))
    await add(editor, site.url("/other"))
    choices = await editor.reader.autocomplete(editor.channel, "manage feeds remove", "feed", "")
    assert [c["name"] for c in choices] == [
        f"Otter News ({site.url(path)})" for path in ("/feed", "/other")
    ]


async def test_a_feed_whose_ids_change_brings_nothing_back(editor: World, site: Site) -> None:
    def renamed(run: int) -> str:
        return feed(
            site,
            *(
                item(f"Otter {n}", f"/otters/{n}", guid=f"{run}-{n}", content=body(n))
                for n in range(MAX_INITIAL_ENTRIES + 5)
            ),
        )

    await add(editor, renamed(1))
    before = own(editor)
    assert len(before) == MAX_INITIAL_ENTRIES
    (gone,) = editor.bot.library.articles(Scope((f"server-{editor.guild.id}",)), title="Otter 1")[
        :1
    ]
    editor.bot.library.remove(gone.id)
    renamed(2)
    assert await check(editor) == "“Otter News”: no new articles."
    assert own(editor) == [title for title in before if title != gone.title]


async def test_parts_of_one_page_are_all_added(editor: World, site: Site) -> None:
    await add(editor, feed(site, *(entry(n, link=f"/notes#{n}") for n in range(3))))
    assert own(editor) == titles(0, 1, 2)
    feed(site, *(entry(n, link=f"/notes#{n}", edited=" again" if n else "") for n in range(3)))
    await check(editor)
    assert own(editor) == ["Otter 0", "Otter 1 again", "Otter 2 again"]


async def test_the_operator_sees_the_feeds_for_everybody(editor: World, site: Site) -> None:
    editor.bot.storage.feeds.add("shared", feed(site, entry(1)), "Wire", editor.env.now())
    assert await use(editor, "list") == "This server doesn't follow any feeds yet."
    editor.bot.owner_id = editor.reader.id
    assert "for every server" in await use(editor, "list")
    assert await check(editor) == "“Wire”: one new or edited article is being added."
    assert "doesn't follow a feed" in await use(editor, "remove", feed="Wire")
    assert await editor.reader.autocomplete(editor.channel, "manage feeds remove", "feed", "") == []


async def test_an_address_needs_no_scheme(editor: World) -> None:
    told = await add(editor, " harbor.invalid/feed ")
    assert f"Not added. {shown('https://harbor.invalid/feed')}" in told


async def test_of_many_feeds_the_totals_are_told(editor: World, site: Site) -> None:
    for number in range(12):
        site.put(f"/{number}", rss(entry(number), title=f"F{number}"), "text/xml")
        await add(editor, site.url(f"/{number}"))
        site.put(f"/{number}", rss(entry(number), entry(50 + number)), "text/xml")
    assert (await check(editor)).endswith("… and 2 more, with 2 new or edited articles.")


@pytest.mark.parametrize(
    ("path", "reason"),
    [
        ("/gone", "it does not exist (404)"),
        ("/bare", "this is not a feed"),
        ("/cut", "this feed is truncated"),
    ],
)
async def test_what_is_no_feed_is_refused(
    editor: World, site: Site, path: str, reason: str
) -> None:
    site.put("/bare", page(1))
    site.put("/cut", rss(entry(1), entry(2))[:-300], "application/rss+xml")
    told = await add(editor, site.url(path))
    assert told.startswith("Not added. ")
    assert reason in told
    assert editor.bot.storage.feeds.in_collection(f"server-{editor.guild.id}") == []


async def test_private_addresses_are_refused(editor: World) -> None:
    told = await add(editor, "http://127.0.0.1:1/feed")
    assert told.startswith("Not added. ")


async def test_only_editors_keep_feeds(editor: World, site: Site) -> None:
    url = feed(site, entry(1))
    reader = editor.guild.add_member(editor.env.create_user("somebody"))
    world = replace(editor, reader=reader)
    await world.show_command("manage")
    commands: dict[str, dict[str, object]] = {
        "add": {"url": url},
        "check": {},
        "remove": {"feed": "x"},
        "import": {"file": ("a.opml", b"")},
        "export": {},
    }
    for command, options in commands.items():
        assert "Only members with the permission “Manage Server”" in await use(
            world, command, **options
        )
    assert await reader.autocomplete(world.channel, "manage feeds remove", "feed", "") == []
    assert own(editor) == []


async def test_everybody_sees_which_feeds_are_followed_but_not_their_keys(
    editor: World, site: Site
) -> None:
    feed(site, entry(1))
    site.pages["/feed?key=s3cret"] = site.pages["/feed"]
    await add(editor, site.url("/feed?key=s3cret"))
    (followed,) = editor.bot.storage.feeds.in_collection(f"server-{editor.guild.id}")
    later = editor.env.now() + timedelta(days=1)
    editor.bot.storage.feeds.record_failure(followed.key, "no key=s3cret", later, later)
    reader = editor.guild.add_member(editor.env.create_user("somebody"))
    assert "key=s3cret" in await use(editor, "list")
    told = await use(replace(editor, reader=reader), "list")
    assert told.startswith("Otter News\n-# 127.0.0.1\n-# failing since")
    assert "s3cret" not in told


async def test_nothing_is_announced_where_its_editor_may_not_write(
    editor: World, site: Site
) -> None:
    role = editor.guild.create_role("Desk")
    await editor.show_command("manage", role)
    desk = editor.guild.add_member(editor.env.create_user("desk"), roles=[role])
    editor.bot.storage.server_settings.update(editor.guild.id, editors=role.id)
    denied = discord.PermissionOverwrite(send_messages=False)
    news = editor.guild.create_text_channel("news", overwrites={role: denied})
    told = await add(replace(editor, reader=desk), feed(site, entry(1)), channel=news)
    assert "I only announce articles in channels that you can write in yourself" in told


async def test_the_operators_feeds_are_for_everybody(
    sample: Library, run_bot: RunBot, site: Site
) -> None:
    url = feed(site, entry(1))
    guard = Guard({("127.0.0.1", site.port)})
    world = await run_bot(sample, guard=guard, feeds=[url])
    await world.pass_time(31)
    assert [a.title for a in world.bot.library.articles(title="Otter")] == ["Otter 1"]
    assert world.bot.storage.feeds.in_collection("shared") != []

    await world.restart()  # without the setting
    await world.env.settle()
    assert world.bot.storage.feeds.in_collection("shared") == []


async def test_a_server_that_was_left_is_not_read_for(editor: World, site: Site) -> None:
    await add(editor, feed(site, entry(1)))
    before = len(site.asked)
    editor.env.backend.remove_guild(editor.guild.id)
    await editor.pass_time(MAX_POLL_INTERVAL.total_seconds() * 2)
    assert len(site.asked) == before


async def test_deleting_everything_ends_the_feeds(editor: World, site: Site) -> None:
    await add(editor, feed(site, entry(1)))
    collection, storage = f"server-{editor.guild.id}", editor.bot.storage
    (added,) = editor.bot.library.articles(Scope((collection,)))
    assert storage.feed_articles.contains(added.id)
    await editor.bot.delete_server(editor.guild.id)
    assert storage.feeds.in_collection(collection) == []
    assert own(editor) == []
    assert not storage.feed_articles.contains(added.id)


def test_pauses_grow_and_are_never_the_same() -> None:
    assert {
        MIN_POLL_INTERVAL <= poll_interval() <= MIN_POLL_INTERVAL * 1.2 for _ in range(100)
    } == {True}
    assert len({poll_interval() for _ in range(10)}) == 10
    assert poll_interval(seconds=3600) >= timedelta(hours=1)
    assert poll_interval(seconds=10**9) <= MAX_POLL_INTERVAL * 1.2
    assert poll_interval(3) >= MIN_POLL_INTERVAL * 8
    assert poll_interval(10**6) <= MAX_POLL_INTERVAL * 1.2


@pytest.mark.parametrize("wrong", ["harbor.example/feed", "ftp://x.example/", "https://", "x y"])
def test_only_addresses_are_feeds(wrong: str) -> None:
    assert parse_urls("https://a.example/x, http://b.example\nhttps://a.example/x") == (
        "https://a.example/x",
        "http://b.example",
    )
    with pytest.raises(ValueError, match="is not a web address"):
        parse_urls(wrong)
