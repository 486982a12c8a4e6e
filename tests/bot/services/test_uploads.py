"""Editors paste links: a page becomes an article, or they are told why not."""

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
    result = await world.reader.slash(world.channel, "manage articles add", url=url)
    assert result.ephemeral
    return text_of(answered(result))


async def menu(world: World, text: str) -> str:
    """Use "Add to the library" on a message."""
    message = await world.reader.send(world.channel, text)
    result = await world.reader.context_menu(world.channel, "Add to the library", message)
    assert result.ephemeral
    return text_of(answered(result))


async def test_an_answer_links_to_the_sentence_on_its_page(editor: World, site: Site) -> None:
    url = site.put("/otters", PAGE)

    assert (await add(editor, url)).startswith("Added “Otters”: ")

    card = text_of(await editor.mention("how many otters?"))
    assert "Zoo Post" in card
    assert f"{url}#:~:text=" in card
    assert await add(editor, url) == "“Otters” is already in the library, word for word."
    site.put("/otters", PAGE.replace("nine", "ten"))
    assert (await add(editor, url)).startswith("Updated “Otters”: ")
    assert own(editor) == ["Otters"]


async def test_the_links_of_a_message_are_added(editor: World, site: Site) -> None:
    numbered = [PAGE.replace("Otters", f"Otters {n}").replace("nine", f"{n + 7}") for n in range(3)]
    links = [site.put(f"/{n}", page) for n, page in enumerate(numbered)]

    told = await menu(editor, f"Read [this]({links[0]}), <{links[1]}> and {links[2]}. {links[0]}!")

    assert told == "3 added, 0 updated, 0 unchanged (9 sentences)."
    assert sorted(own(editor)) == ["Otters 0", "Otters 1", "Otters 2"]


async def test_a_message_that_is_an_article_with_a_link_is_itself_added(
    editor: World, site: Site
) -> None:
    told = await menu(editor, f"The otters are back\n\n{OTTERS * 3}\n\nSource: {site.url('/a')}")

    assert told.startswith("Added “The otters are back”")
    assert site.asked == []


async def test_a_feed_is_not_an_article(editor: World, site: Site) -> None:
    url = site.put("/feed", "<rss></rss>", "application/rss+xml")
    assert "this is a feed, which /manage feeds add follows." in await add(editor, url)


async def test_of_several_links_the_good_are_added_and_the_others_explained(
    editor: World, site: Site
) -> None:
    site.pages["/broken"] = Page(b"", status=500)
    good, gone, broken = site.put("/a", PAGE), site.url("/gone"), site.url("/broken")

    told = await menu(editor, f"{gone} {good} {broken}")

    added, later, refused = told.replace("\\:", ":").splitlines()
    assert added.startswith("Added “Otters”")
    assert later.endswith(
        f"I'll keep trying for a day: {broken}: the site answered with an error (500)."
    )
    assert refused == f"Not added. {gone}: it does not exist (404)."


@pytest.mark.parametrize(
    ("link", "reason"),
    [
        ("http://127.0.0.1/", "it is in a private network"),
        ("http://localhost:6379/", "port 6379 is not allowed"),
        ("ftp://coast.example/a", "only http:// and https:// links can be fetched."),
        ("127.0.0.1/a", "it is in a private network"),
        ("http://a:b@coast.example/", "Links with a user name or password"),
        ("what?", "only http:// and https:// links can be fetched."),
        ("[x](http://10.0.0.1/) @everyone", "this is not a web address."),
    ],
)
async def test_a_forbidden_link_is_refused_with_the_reason(
    editor: World, link: str, reason: str
) -> None:
    told = await add(editor, link)

    assert told.startswith("Not added. ")
    assert reason in told.replace("\\:", ":")
    assert "[x](" not in told
    assert own(editor) == []


async def test_nothing_is_fetched_for_someone_who_may_not_add(editor: World, site: Site) -> None:
    url = site.put("/a", PAGE)
    editor.reader = editor.guild.add_member(editor.env.create_user("reader"))
    await editor.show_command("manage")

    assert "Manage Server" in await add(editor, url)
    assert site.asked == []


async def test_questions_are_answered_during_a_slow_fetch(editor: World, site: Site) -> None:
    asked, answered_ = threading.Event(), threading.Event()

    def slow(_: object) -> Page:
        asked.set()
        assert answered_.wait(60)
        return Page(PAGE.encode())

    site.pages["/slow"] = slow
    adding = asyncio.create_task(
        editor.reader.slash(editor.channel, "manage articles add", url=site.url("/slow"))
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
