"""Fetching: which documents are accepted, within which limits, and the errors for others."""

import asyncio
import gzip
import re
import zlib
from collections.abc import Iterator, Mapping
from itertools import repeat

import pytest
from aiohttp.abc import AbstractResolver
from hypothesis import given
from hypothesis import strategies as st
from protego import Protego

from index import SourceError
from index.fetching import fetcher as fetcher_module
from index.fetching.failures import MAX_HEADER_BYTES, MAX_HEADERS
from index.fetching.fetcher import MAX_BYTES, Fetcher, UnreachableError
from index.fetching.guard import ForbiddenError, Guard
from index.fetching.robots import _without_others
from tests.index.site import Page, Site

HTML = ["text/html"]


async def test_a_document_comes_as_it_is_with_what_is_said_of_it(
    fetcher: Fetcher, site: Site
) -> None:
    site.pages["/a"] = Page("Fähre".encode("latin-1"), "text/HTML; charset=ISO-8859-1")
    found = await fetcher.fetch(f" {site.url('/a#part')}\n", HTML)
    assert found is not None
    assert (found.url, found.content) == (site.url("/a"), "Fähre".encode("latin-1"))
    assert (found.media_type, found.charset) == ("text/html", "ISO-8859-1")


async def test_it_says_who_it_is_and_keeps_no_cookies(fetcher: Fetcher, site: Site) -> None:
    site.pages["/a"] = Page(b"hi", headers={"Set-Cookie": "a=b"})
    await fetcher.fetch(site.url("/a"), HTML)
    await fetcher.fetch(site.url("/a"), HTML)
    assert all(headers["User-Agent"].startswith("Dateline/") for headers in site.headers)
    assert not any("Cookie" in headers for headers in site.headers)


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
async def test_redirections_are_followed(fetcher: Fetcher, site: Site, status: int) -> None:
    site.put("/deep/b?c", "hi")
    found = await fetcher.fetch(site.redirect("/deep/a", "b?c", status), HTML)
    assert found is not None
    assert found.url == site.url("/deep/b?c")


async def test_five_redirections_are_followed_and_no_more(fetcher: Fetcher, site: Site) -> None:
    for step in range(6):
        site.redirect(f"/{step}", f"/{step + 1}")
    site.put("/6", "hi")
    assert await fetcher.fetch(site.url("/1"), HTML)
    with pytest.raises(SourceError, match="more than 5 times"):
        await fetcher.fetch(site.url("/0"), HTML)
    with pytest.raises(SourceError, match="more than 5 times"):
        await fetcher.fetch(site.redirect("/round", "/round"), HTML)


@pytest.mark.parametrize(
    "media_type", ["image/png", "application/zip", "text/javascript", "x", None]
)
async def test_other_media_types_are_refused(
    fetcher: Fetcher, site: Site, media_type: str | None
) -> None:
    site.pages["/a"] = Page(b"hi", media_type)
    with pytest.raises(SourceError, match=r"media type .* is not supported"):
        await fetcher.fetch(site.url("/a"), HTML)


BOMBS = {
    "large": Page(b" " * (MAX_BYTES + 1)),
    "endless": Page(repeat(b" " * 100_000)),
    "gzip": Page(gzip.compress(b" " * (200 << 20)), headers={"Content-Encoding": "gzip"}),
    "deflate": Page(zlib.compress(b" " * (200 << 20)), headers={"Content-Encoding": "deflate"}),
}


@pytest.mark.parametrize("name", BOMBS)
async def test_what_is_too_large_is_refused(fetcher: Fetcher, site: Site, name: str) -> None:
    site.pages["/a"] = BOMBS[name]
    with pytest.raises(SourceError, match="larger than 5 MiB"):
        await fetcher.fetch(site.url("/a"), HTML)


async def test_as_much_as_is_allowed_is_taken(fetcher: Fetcher, site: Site) -> None:
    content = b"Ferry. " * (MAX_BYTES // 7)
    site.pages["/a"] = Page(gzip.compress(content), headers={"Content-Encoding": "gzip"})
    found = await fetcher.fetch(site.url("/a"), HTML)
    assert found is not None
    assert found.content == content


@pytest.mark.parametrize(
    ("status", "again"),
    [*((status, False) for status in (204, 401, 403, 404, 410)), (429, True), (500, True)],
)
async def test_whether_to_ask_again_is_told(
    fetcher: Fetcher, site: Site, status: int, again: bool
) -> None:
    site.pages["/a"] = Page(b"", status=status)
    with pytest.raises(SourceError, match=str(status)) as refused:
        await fetcher.fetch(site.url("/a"), HTML)
    assert isinstance(refused.value, UnreachableError) == again


async def test_what_cannot_be_reached_may_be_there_later(fetcher: Fetcher, site: Site) -> None:
    with pytest.raises(UnreachableError, match="the host is unknown"):
        await fetcher.fetch("http://nobody.example/", HTML)

    site.pages["/a"] = Page(b"this is not compressed", headers={"Content-Encoding": "gzip"})
    with pytest.raises(UnreachableError, match="cannot be reached"):
        await fetcher.fetch(site.url("/a"), HTML)


async def test_what_trickles_is_given_up(
    fetcher: Fetcher, site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(fetcher_module, "TIMEOUT_SECONDS", 0.2)
    finished = False

    def trickle() -> Iterator[bytes]:
        while not finished:
            yield b"."

    site.pages["/a"] = Page(trickle())
    monkeypatch.setattr(fetcher_module, "MAX_BYTES", 1 << 40)
    try:
        with pytest.raises(UnreachableError, match="it took more than"):
            await fetcher.fetch(site.url("/a"), HTML)
    finally:
        finished = True


def preloads(number: int) -> dict[str, str]:
    return {f"Preload-{number}": "/style.css" for number in range(number)}


@pytest.mark.parametrize(
    ("taken", "refused"),
    [
        ({"Policy": "x" * (MAX_HEADER_BYTES - 100)}, {"Policy": "x" * (MAX_HEADER_BYTES + 100)}),
        (preloads(MAX_HEADERS - 100), preloads(MAX_HEADERS + 100)),
    ],
    ids=["long", "many"],
)
async def test_headers_are_taken_up_to_a_limit(
    fetcher: Fetcher, site: Site, taken: dict[str, str], refused: dict[str, str]
) -> None:
    site.pages["/a"] = Page(b"hi", headers=taken)
    assert await fetcher.fetch(site.url("/a"), HTML)

    site.pages["/a"] = Page(b"hi", headers=refused)
    with pytest.raises(SourceError, match="more than 500 headers, or one of more than 64") as error:
        await fetcher.fetch(site.url("/a"), HTML)
    assert not isinstance(error.value, UnreachableError)


@pytest.mark.parametrize(
    "response",
    [b"", b"nonsense\r\n\r\n", b"HTTP/1.1 200 OK\r\nContent-Length: x\r\n\r\n"],
    ids=["nothing", "no HTTP", "no length"],
)
async def test_why_nothing_came_is_said_in_words(names: AbstractResolver, response: bytes) -> None:
    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.read(1)
        writer.write(response)
        writer.close()

    async with await asyncio.start_server(answer, "127.0.0.1", 0) as server:
        port = server.sockets[0].getsockname()[1]
        for scheme in ("http", "https"):
            with pytest.raises(UnreachableError, match="cannot be reached") as refused:
                await Fetcher(Guard({("127.0.0.1", port)}), names).fetch(
                    f"{scheme}://127.0.0.1:{port}/", HTML
                )
            assert not re.search(r"[A-Z]\w+Error|0x", str(refused.value))


@pytest.mark.parametrize(
    ("statuses", "expected"),
    [((), 0), ((301, 308), 2), ((301, 302), 1), ((302, 301), 0), ((307, 303), 0)],
)
async def test_the_permanent_url_ends_at_the_first_temporary_redirect(
    fetcher: Fetcher, site: Site, statuses: tuple[int, ...], expected: int
) -> None:
    for step, status in enumerate(statuses):
        site.redirect(f"/{step}", f"/{step + 1}", status)
    site.put(f"/{len(statuses)}", "hi")
    found = await fetcher.fetch(site.url("/0"), HTML)
    assert found is not None
    assert found.permanent_url == site.url(f"/{expected}")


async def test_what_is_known_is_not_sent_again(fetcher: Fetcher, site: Site) -> None:
    def answer(headers: Mapping[str, str]) -> Page:
        if headers.get("If-None-Match") == '"1"':
            return Page(status=304)
        validators = {"ETag": '"1"', "Last-Modified": "Thu, 09 Oct 2025 08:05:00 GMT"}
        return Page(b"hi", headers=validators)

    site.pages["/a"] = answer
    first = await fetcher.fetch(site.url("/a"), HTML)
    assert first is not None
    assert first.validators == {
        "If-None-Match": '"1"',
        "If-Modified-Since": "Thu, 09 Oct 2025 08:05:00 GMT",
    }
    assert await fetcher.fetch(site.url("/a"), HTML, first.validators) is None


@pytest.mark.parametrize(("status", "expected"), [(301, None), (308, None), (302, '"1"')])
async def test_validators_are_not_sent_to_an_address_that_a_document_has_moved_to(
    fetcher: Fetcher, site: Site, status: int, expected: str | None
) -> None:
    site.redirect("/old", "/new", status)
    site.put("/new", "hi")
    await fetcher.fetch(site.url("/old"), HTML, {"If-None-Match": '"1"'})
    sent = [headers.get("If-None-Match") for headers in site.headers[-2:]]
    assert sent == ['"1"', expected]


# robots.txt


async def test_robots_txt_is_obeyed(fetcher: Fetcher, site: Site) -> None:
    site.put("/robots.txt", "User-agent: *\nDisallow: /secret\nAllow: /secret/but\n", "text/plain")
    for path in ("/secret", "/secret/but", "/open"):
        site.put(path, "hi")
    assert await fetcher.fetch(site.url("/open"), HTML)
    assert await fetcher.fetch(site.url("/secret/but"), HTML)
    with pytest.raises(ForbiddenError, match=r"robots\.txt does not allow it"):
        await fetcher.fetch(site.url("/secret"), HTML)
    with pytest.raises(ForbiddenError):
        await fetcher.fetch(site.redirect("/open", "/secret"), HTML)
    assert site.asked.count("/robots.txt") == 1
    assert "/secret" not in site.asked


async def test_rules_for_us_alone_come_first(fetcher: Fetcher, site: Site) -> None:
    site.put("/robots.txt", "User-agent: *\nDisallow: /\n\nUser-agent: dateline\nAllow: /\n")
    site.put("/a", "hi")
    assert await fetcher.fetch(site.url("/a"), HTML)


@pytest.mark.parametrize("status", [401, 403, 404, 410])
async def test_a_site_without_robots_txt_may_be_fetched(
    fetcher: Fetcher, site: Site, status: int
) -> None:
    site.pages["/robots.txt"] = Page(b"Disallow: /", status=status)
    site.put("/a", "hi")
    assert await fetcher.fetch(site.url("/a"), HTML)


@pytest.mark.parametrize("status", [429, 500, 503])
async def test_a_site_whose_robots_txt_is_not_there_now_is_asked_later(
    fetcher: Fetcher, site: Site, status: int
) -> None:
    site.pages["/robots.txt"] = Page(b"", status=status)
    site.put("/a", "hi")
    with pytest.raises(UnreachableError):
        await fetcher.fetch(site.url("/a"), HTML)
    assert "/a" not in site.asked
    del site.pages["/robots.txt"]
    assert await fetcher.fetch(site.url("/a"), HTML)


async def test_an_endless_robots_txt_is_read_as_far_as_anybody_does(
    fetcher: Fetcher, site: Site
) -> None:
    rules = b"User-agent: *\nDisallow: /secret\n"
    site.pages["/robots.txt"] = Page(iter([rules, *repeat(b"# nothing\n" * 1000, 200)]))
    site.put("/a", "hi")
    assert await fetcher.fetch(site.url("/a"), HTML)
    with pytest.raises(ForbiddenError):
        await fetcher.fetch(site.url("/secret"), HTML)


async def test_a_robots_txt_of_many_rules_for_many_agents_is_read(
    fetcher: Fetcher, site: Site
) -> None:
    """If each rule was kept for each agent, there would be 300 million."""
    agents = "".join(f"User-agent: a{number}\n" for number in range(12_000))
    rules = "".join(f"Allow: /{number}\n" for number in range(15_000, 40_000))
    ours = "User-agent: dateline\nDisallow: /secret\n"
    site.put("/robots.txt", f"{ours}\n{agents}{rules}Disallow: /a\n", "text/plain")
    site.put("/a", "hi")
    assert await fetcher.fetch(site.url("/a"), HTML)
    with pytest.raises(ForbiddenError):
        await fetcher.fetch(site.url("/secret"), HTML)


LINES = st.sampled_from(
    """User-agent: *|User-agent: Dateline|user agent date|User-agent: foo|useragent *foo|User-agent:
    Disallow: /a|Allow: /a/b|Disallow: /|Disallow:|# x|User-agent: **|user-agent a: b|x|Allow: /*c$
    """.replace("\n", "|").split("|")
)


@given(st.lists(LINES), st.sampled_from(["/", "/a", "/a/b", "/a/c"]))
def test_the_names_of_other_agents_do_not_matter(lines: list[str], path: str) -> None:
    text, url = "\n".join(lines), f"https://coast.example{path}"
    read = Protego.parse(_without_others(text, "Dateline"))
    assert read.can_fetch(url, "Dateline") == Protego.parse(text).can_fetch(url, "Dateline")
