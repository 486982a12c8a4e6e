import pytest

from index.sources.feed import read_feed
from index.sources.parsers.feed_repair import repair

URL = "https://coast.example/rss"


def rss(title: str, declaration: str = "", feed: str = "Coast Post", link: str = "/a") -> str:
    return (
        f"<?xml version='1.0'{declaration}?><rss version='2.0'><channel><title>{feed}</title><item>"
        f"<title>{title}</title><link>https://coast.example{link}</link></item></channel></rss>"
    )


def title_of(feed: str | bytes, charset: str | None = None) -> str | None:
    content = feed if isinstance(feed, bytes) else feed.encode()
    (entry,) = read_feed(content, URL, charset).entries
    return entry.title


@pytest.mark.parametrize(
    ("written", "title"),
    [
        ("AT&T sells towers", "AT&T sells towers"),
        ("Q&A: Who pays & why", "Q&A: Who pays & why"),
        ("Tom &amp; Jo &#8211; AT&T", "Tom & Jo – AT&T"),
        ("<![CDATA[AT&T &amp; Co]]> & more", "AT&T & Co & more"),
        ("Caf&eacute;&nbsp;AT&T", "Café AT&T"),
    ],
)
def test_an_ampersand_that_is_not_escaped_is_one(written: str, title: str) -> None:
    assert title_of(rss(written)) == title


def test_all_ampersands_outside_of_cdata_are_escaped() -> None:
    assert repair(b"<a>b & <![CDATA[c & d]]> & e</a>") == (
        b"<a>b &amp; <![CDATA[c & d]]> &amp; e</a>"
    )
    assert repair(b"<a><![CDATA[not closed & so") == b"<a><![CDATA[not closed & so"


def test_a_link_with_ampersands_leads_to_its_page() -> None:
    (entry,) = read_feed(rss("Late", link="/a?b=1&copy=2&c=3").encode(), URL).entries
    assert entry.link == "https://coast.example/a?b=1&copy=2&c=3"


@pytest.mark.parametrize("declaration", ["", " encoding='iso-8859-1'", " encoding='utf-8'"])
@pytest.mark.parametrize("encoding", ["utf-8", "cp1252"])
@pytest.mark.parametrize("charset", [None, "latin1"])
def test_the_encoding_is_that_of_the_bytes(
    declaration: str, encoding: str, charset: str | None
) -> None:
    title = "Café’s 5 € – “late”"
    assert title_of(rss(title, declaration).encode(encoding), charset) == title


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le"])
def test_a_feed_in_utf_16_is_read(encoding: str) -> None:
    assert title_of(rss("Café", " encoding='utf-16'").encode(encoding)) == "Café"
