"""A proxy: what is fetched through it, and what cannot be checked then."""

import logging

import pytest
from aiohttp.abc import AbstractResolver

from index import SettingsError
from index.fetching import fetcher as fetcher_module
from index.fetching.fetcher import Fetcher, UnreachableError
from index.fetching.guard import ForbiddenError, Guard, parse_proxy
from index.settings import LibrarySettings, load_settings
from tests.index.site import Page, Site

HTML = ["text/html"]


async def test_links_are_fetched_through_the_proxy(site: Site, names: AbstractResolver) -> None:
    """The site is the proxy here: it is asked for whole URLs, and looks up names itself."""
    link = "http://harbor.example/a"
    site.pages[link] = Page(b"hi")
    found = await Fetcher(Guard(proxy=site.url("")), names).fetch(link, HTML)
    assert found is not None
    assert (found.url, found.content) == (link, b"hi")
    assert site.asked == ["http://harbor.example/robots.txt", link]


async def test_own_hosts_are_fetched_directly(site: Site, names: AbstractResolver) -> None:
    site.put("/a", "hi")
    guard = Guard({("127.0.0.1", site.port)}, proxy="http://127.0.0.1:9")
    assert await Fetcher(guard, names).fetch(site.url("/a"), HTML)


async def test_addresses_and_ports_are_checked_still(site: Site, names: AbstractResolver) -> None:
    fetcher = Fetcher(Guard(proxy=site.url("")), names)
    for link in ("http://10.0.0.1/", "http://harbor.example:22/", site.url("/a")):
        with pytest.raises(ForbiddenError):
            await fetcher.fetch(link, HTML)
    assert site.asked == []


async def test_a_proxy_that_fails_is_named(site: Site, names: AbstractResolver) -> None:
    away = Fetcher(Guard(proxy="http://127.0.0.1:9"), names)
    with pytest.raises(UnreachableError, match="the proxy in FETCH_PROXY does not answer"):
        await away.fetch("http://harbor.example/", HTML)
    asks = Fetcher(Guard(proxy=site.url("")), names)
    site.pages["http://harbor.example/robots.txt"] = Page(b"", status=407)
    site.pages["http://harbor.example/"] = Page(b"", status=407)
    with pytest.raises(UnreachableError, match="the proxy in FETCH_PROXY asks for a password"):
        await asks.fetch("http://harbor.example/", HTML)


def test_what_cannot_be_checked_is_logged_once(caplog: pytest.LogCaptureFixture) -> None:
    fetcher_module._log_proxy.cache_clear()
    with caplog.at_level(logging.WARNING):
        Fetcher(Guard())
        assert not caplog.records
        for _ in range(3):
            Fetcher(Guard(proxy="http://proxy.example:3128"))
    (record,) = caplog.records
    assert "is not checked here" in record.getMessage()


@pytest.mark.parametrize(
    ("text", "proxy"),
    [
        ("", None),
        (" ", None),
        ("http://proxy.example:3128", "http://proxy.example:3128"),
        (" HTTP://10.0.0.1:8080/ ", "http://10.0.0.1:8080"),
        ("http://[fd00::1]:8080", "http://[fd00::1]:8080"),
    ],
)
def test_a_proxy_is_read(text: str, proxy: str | None) -> None:
    assert parse_proxy(text) == proxy


@pytest.mark.parametrize(
    "text",
    [
        "proxy.example:3128",
        "proxy.example",
        "https://proxy.example:3128",
        "socks5://proxy.example:1080",
        "http://proxy.example",
        "http://proxy.example:0",
        "http://proxy.example:99999",
        "http://name:word@proxy.example:3128",
        "http://proxy.example:3128/path",
        "http://:3128",
        "http://[f:1]:8@",
    ],
)
def test_what_is_no_proxy_is_refused(text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FETCH_PROXY", text)
    with pytest.raises(SettingsError, match="FETCH_PROXY must be a proxy without a password"):
        load_settings(LibrarySettings)
