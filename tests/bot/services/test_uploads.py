"""Stories of editors who paste links: a page becomes an article, or they hear why not."""

import asyncio
import threading
from collections.abc import Awaitable, Callable

import pytest

from bot.services.uploads import MAX_LINKS, links_in
from index import Scope
from tests.bot.conftest import World, answered, text_of
from tests.index.site import Page, Site

RunBot = Callable[..., Awaitable[World]]

OTTERS = "The zoo of Korsvik has nine otters since Monday, said its keeper. " * 3
PAGE = f"""<html><head><title>Otters</title><meta property="og:site_name" content="Zoo Post">
<meta property="og:type" content="article"></head>
<body><article><h1>Otters</h1><p>{OTTERS}</p></article></body></html>"""


def own(world: World) -> list[str]:
    scope = Scope((f"server-{world.guild.id}",))
    return [article.title for article in world.bot.library.articles(scope)]


async def add(world: World, url: str) -> str:
    result = await world.reader.slash(world.channel, "articles add", url=url)
    assert result.ephemeral
    return text_of(answered(result))


async def menu(world: World, text: str) -> str:
    """Use "Add to the library" on a message."""
    message = await world.reader.send(world.channel, text)
    result = await world.reader.context_menu(world.channel, "Add to the library", message)
    assert result.ephemeral
    return text_of(answered(result))


async def test_a_link_is_answered_from_and_opens_the_page_at_the_sentence(
    editor: World, site: Site
) -> None:
    url = site.put("/otters", PAGE)

    assert (await add(editor, url)).startswith("Added “Otters”: ")

    card = text_of(await editor.mention("how many otters?"))
    assert "Zoo Post" in card
    assert f"{url}#:~:text=" in card
    assert await add(editor, url) == "“Otters” is in the library already, word for word."
    site.put("/otters", PAGE.replace("nine", "ten"))
    assert (await add(editor, url)).startswith("Updated “Otters”: ")
    assert own(editor) == ["Otters"]


async def test_the_links_of_a_message_are_added(editor: World, site: Site) -> None:
    links = [site.put(f"/{n}", PAGE.replace("Otters", f"Otters {n}")) for n in range(3)]

    told = await menu(editor, f"Read [this]({links[0]}), <{links[1]}> and {links[2]}. {links[0]}!")

    assert told == "3 added, 0 updated, 0 unchanged (9 sentences)."
    assert sorted(own(editor)) == ["Otters 0", "Otters 1", "Otters 2"]


async def test_a_message_that_is_an_article_with_a_link_in_it_is_added_itself(
    editor: World, site: Site
) -> None:
    told = await menu(editor, f"The otters are back\n\n{OTTERS * 3}\n\nSource: {site.url('/a')}")

    assert told.startswith("Added “The otters are back”")
    assert site.asked == []


async def test_a_feed_is_no_article(editor: World, site: Site) -> None:
    url = site.put("/feed", "<rss></rss>", "application/rss+xml")
    assert "this is a feed, which /feeds add follows." in await add(editor, url)


async def test_of_several_links_the_good_ones_are_added_and_the_others_explained(
    editor: World, site: Site
) -> None:
    site.pages["/broken"] = Page(b"", status=500)
    good, gone, broken = site.put("/a", PAGE), site.url("/gone"), site.url("/broken")

    told = await menu(editor, f"{gone} {good} {broken}")

    added, later, refused = told.replace("\\:", ":").splitlines()
    assert added.startswith("Added “Otters”")
    assert later.endswith(
        f"tried again by itself for a day: {broken}: the site answers with an error (500)."
    )
    assert refused == f"Refused: {gone}: it is not there (404)."


@pytest.mark.parametrize(
    ("link", "reason"),
    [
        ("http://127.0.0.1/", "it leads into a private network"),
        ("http://localhost:6379/", "nothing is fetched from port 6379"),
        ("ftp://coast.example/a", "only http:// and https:// links are fetched."),
        ("127.0.0.1/a", "it leads into a private network"),
        ("http://a:b@coast.example/", "Links with a user name or password in them"),
        ("what?", "only http:// and https:// links are fetched."),
        ("[x](http://10.0.0.1/) @everyone", "this is no web address."),
    ],
)
async def test_a_link_that_is_not_fetched_is_refused_with_the_reason(
    editor: World, link: str, reason: str
) -> None:
    told = await add(editor, link)

    assert told.startswith("Refused: ")
    assert reason in told.replace("\\:", ":")
    assert "[x](" not in told
    assert own(editor) == []


async def test_who_may_not_add_has_nothing_fetched(editor: World, site: Site) -> None:
    url = site.put("/a", PAGE)
    editor.reader = editor.guild.add_member(editor.env.create_user("reader"))

    assert "Manage Server" in await add(editor, url)
    assert site.asked == []


async def test_questions_are_answered_while_a_page_takes_its_time(
    editor: World, site: Site
) -> None:
    asked, answered_ = threading.Event(), threading.Event()

    def slow(_: object) -> Page:
        asked.set()
        assert answered_.wait(60)
        return Page(PAGE.encode())

    site.pages["/slow"] = slow
    adding = asyncio.create_task(
        editor.reader.slash(editor.channel, "articles add", url=site.url("/slow"))
    )
    assert await asyncio.to_thread(asked.wait, 60)
    found = await editor.bot.executors.run_db(editor.bot.library.ask, "how many troops?")
    answered_.set()

    assert "200" in found.passages[0].quote
    assert text_of(answered(await adding)).startswith("Added “Otters”")


def test_links_are_found_as_people_write_them() -> None:
    text = "See <https://a.example/b>, **https://c.example/d?e=f**; (https://g.example/h). http://"
    assert links_in(text) == [
        "https://a.example/b",
        "https://c.example/d?e=f",
        "https://g.example/h",
    ]
    assert links_in("no links") == []
    assert len(links_in(" ".join(f"https://a.example/{n}" for n in range(50)))) == MAX_LINKS
