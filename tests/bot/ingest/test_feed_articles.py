"""Feeds that reuse ids and links: no article is lost, and none that somebody added is replaced."""

from collections.abc import Sequence
from datetime import timedelta

import pytest

from bot.storage import IngestJob
from index import Article, Scope
from tests.bot.conftest import World, text_of
from tests.index.feeds import item, rss
from tests.index.site import Page, Site

STORIES = {
    "Ferry": "The ferry to Lindholm runs again after nine days, since divers freed its propeller"
    " from a net. Its captain thanked them with a cake, and sailed at noon with forty people.",
    "Otters": "Nine otters were born at the zoo of Korsvik on Monday night. The keeper counted them"
    " twice by torchlight and will name each after a river that flows into the northern sea.",
    "Bridge": "Engineers closed the old bridge in Redcliff to lorries because its middle pillar has"
    " sunk by eleven centimetres since spring. A new one would cost the town two million crowns.",
    "Library": "Readers in Hollin can borrow umbrellas beside novels from this week on, the council"
    " decided by a single vote. Whoever brings one back late pays as much as for a thick book.",
}
"""Texts that have nothing in common, by their titles."""


def html(title: str, edited: str = "") -> str:
    """The text of a story, long enough to be whole."""
    words = STORIES[title].split()
    paragraphs = [STORIES[title], " ".join(reversed(words)), " ".join(sorted(words)), edited]
    return "".join(f"<p>{paragraph}</p>" for paragraph in paragraphs if paragraph)


def story(title: str, link: str | None, guid: str | None = None, edited: str = "") -> str:
    """An entry with the text of a story."""
    return item(title, link, guid=guid, content=html(title, edited))


def page(title: str) -> str:
    return (
        f'<html><head><title>{title}</title><meta property="og:type" content="article"></head>'
        f"<body><article><h1>{title}</h1>{html(title)}</article></body></html>"
    )


def own(world: World) -> list[Article]:
    found = world.bot.library.articles(Scope((f"server-{world.guild.id}",)))
    return sorted(found, key=lambda article: article.title)


def titles(world: World) -> list[str]:
    return [article.title for article in own(world)]


async def poll(world: World, site: Site, *entries: str) -> None:
    """Follow a feed, or poll it again, with these entries."""
    url = site.put("/feed", rss(*entries), "application/rss+xml")
    if world.bot.storage.feeds.in_collection(f"server-{world.guild.id}"):
        await world.slash("manage feeds check")
    else:
        await world.slash("manage feeds add", url=url)
    await world.env.settle()


async def edit_by_hand(world: World, title: str, url: str, text: str = "") -> None:
    """Add an article with a URL by a file, as an editor does."""
    heading = f"---\ntitle: {title}\nurl: {url}\n---\n\n"
    file = (f"{title}.md", (heading + (text or STORIES[title])).encode())
    told = text_of(await world.slash("manage articles add", file=file))
    assert told.startswith(("Added", "Updated"))


OWN, ONE, HOME = ("/ferry", "/otters", "/bridge"), ("/news",) * 3, ("/",) * 3


@pytest.mark.parametrize(
    ("guid", "links"),
    [
        ("N/A", OWN),
        ("N/A", HOME),
        ("N/A", (None,) * 3),
        ("the site's address", OWN),
        ("the site's address", HOME),
        ("the site's address", (None,) * 3),
        (None, OWN),
        (None, ONE),
        (None, HOME),
        (None, (None,) * 3),
    ],
)
async def test_what_identifies_no_entry_costs_no_article(
    editor: World, site: Site, guid: str | None, links: Sequence[str | None]
) -> None:
    guid = site.url("/") if guid == "the site's address" else guid
    ferry, otters, bridge = (
        story(title, link, guid) for title, link in zip(STORIES, links, strict=False)
    )
    await poll(editor, site, ferry)
    await poll(editor, site, otters, ferry)
    assert titles(editor) == ["Ferry", "Otters"]
    await poll(editor, site, bridge, otters)
    await poll(editor, site, bridge)
    await poll(editor, site, ferry)

    assert titles(editor) == ["Bridge", "Ferry", "Otters"]
    for article in own(editor):
        assert STORIES[article.title] in article.text


async def test_a_reused_id_takes_no_article_away(editor: World, site: Site) -> None:
    for title in STORIES:
        site.put(f"/{title}", page(title))
        await poll(editor, site, item(title, f"/{title}", guid="today"))
    assert titles(editor) == sorted(STORIES)


async def test_a_reused_id_takes_no_article_out_of_the_queue(editor: World, site: Site) -> None:
    site.pages["/Ferry"] = Page(b"", status=503)
    await poll(editor, site, item("Ferry", "/Ferry", guid="today"))
    await poll(editor, site, story("Otters", "/Otters", guid="today"))
    assert titles(editor) == ["Otters"]

    site.put("/Ferry", page("Ferry"))
    await editor.pass_time(120)
    assert titles(editor) == ["Ferry", "Otters"]


@pytest.mark.parametrize(("first", "second"), [("1", "2"), (None, None)])
async def test_a_reused_link_replaces_no_other_article(
    editor: World, site: Site, first: str | None, second: str | None
) -> None:
    await poll(editor, site, story("Ferry", "/today", guid=first))
    await poll(editor, site, story("Otters", "/today", guid=second))
    ferry, otters = own(editor)
    assert (ferry.title, ferry.url) == ("Ferry", site.url("/today"))
    assert (otters.title, otters.url) == ("Otters", None), "one URL is one article"

    await poll(editor, site, story("Otters", "/today", guid=second, edited="A tenth was found."))
    assert titles(editor) == ["Ferry", "Otters"]
    assert "A tenth was found." in own(editor)[1].text


async def test_stories_with_one_link_are_told_apart_in_one_batch(editor: World, site: Site) -> None:
    collection, now = f"server-{editor.guild.id}", editor.env.now()
    feeds, url = editor.bot.storage.feeds, "https://harbor.example/today"
    feed = feeds.add(collection, site.url("/feed"), "A", now + timedelta(days=400))
    jobs = [
        IngestJob(collection, None, Article(title, text, url=url).as_record(), feed.key, title)
        for title, text in STORIES.items()
    ]
    editor.bot.storage.ingest_jobs.add(jobs, now)
    await editor.pass_time(31)
    assert titles(editor) == sorted(STORIES)


async def test_an_edited_entry_is_one_article_still(editor: World, site: Site) -> None:
    await poll(editor, site, story("Ferry", "/ferry", guid="1"), story("Otters", None))
    await poll(
        editor,
        site,
        story("Ferry", "/ferry-again", guid="1", edited="It was full."),  # it moved as well
        story("Otters", None, edited="A tenth was found."),
    )
    ferry, otters = own(editor)
    assert ferry.url == site.url("/ferry-again")
    assert "It was full." in ferry.text
    assert "A tenth was found." in otters.text

    rewritten = item("Sailing again", "/ferry-again", guid="1", content=html("Bridge"))
    await poll(editor, site, rewritten)
    assert titles(editor) == ["Otters", "Sailing again"], "with its id and its link, it is the same"


async def test_what_somebody_added_is_never_replaced_nor_removed(editor: World, site: Site) -> None:
    url = site.url("/ferry")
    await edit_by_hand(editor, "Ferry", url)
    (by_hand,) = own(editor)

    await poll(editor, site, story("Ferry", "/ferry", guid="1"))
    await poll(editor, site, story("Ferry", "/ferry", guid="1", edited="It was full."))
    assert own(editor) == [by_hand]

    await poll(editor, site, story("Ferry", "/moved", guid="1"))
    assert [article.url for article in own(editor)] == [url, site.url("/moved")]
    assert by_hand in own(editor)


async def test_the_same_word_for_word_belongs_to_who_added_it(editor: World, site: Site) -> None:
    site.put("/ferry", page("Ferry"))
    feed = rss(item("Ferry", "/ferry", guid="1"), title="127.0.0.1")
    await editor.slash("manage articles add", url=site.url("/ferry"))
    (by_hand,) = own(editor)

    url = site.put("/feed", feed, "application/rss+xml")
    await editor.slash("manage feeds add", url=url)
    await editor.env.settle()
    await poll(editor, site, story("Ferry", "/moved", guid="1"))
    assert by_hand in own(editor)


async def test_what_somebody_corrected_is_theirs(editor: World, site: Site) -> None:
    await poll(editor, site, story("Ferry", "/ferry", guid="1"))
    await edit_by_hand(editor, "Ferry", site.url("/ferry"), "The ferry runs again. Mind the step.")
    (corrected,) = own(editor)

    await poll(editor, site, story("Ferry", "/ferry", guid="1", edited="It was full."))
    assert own(editor) == [corrected]
    await poll(editor, site, story("Ferry", "/moved", guid="1", edited="It was full."))
    assert corrected in own(editor)


async def test_a_feed_that_is_followed_again_corrects_its_articles(
    editor: World, site: Site
) -> None:
    await poll(editor, site, story("Ferry", "/ferry", guid="1"))
    await editor.slash("manage feeds remove", feed="Harbor Wire")
    await poll(editor, site, story("Ferry", "/ferry", guid="1", edited="It was full."))
    (ferry,) = own(editor)
    assert "It was full." in ferry.text


async def test_an_article_that_was_removed_may_come_from_a_feed(editor: World, site: Site) -> None:
    await edit_by_hand(editor, "Ferry", site.url("/ferry"))
    (by_hand,) = own(editor)
    editor.bot.library.remove(by_hand.id)
    await poll(editor, site, story("Ferry", "/ferry", guid="1"))
    await poll(editor, site, story("Ferry", "/ferry", guid="1", edited="It was full."))
    (ferry,) = own(editor)
    assert "It was full." in ferry.text
