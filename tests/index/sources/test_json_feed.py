"""JSON Feed: the same entries as in RSS and Atom, also from feeds that are not quite valid."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

import pytest

from index import SourceError
from index.fetching.fetcher import Fetcher
from index.fetching.guard import Guard, parse_hosts
from index.sources.feed import Entry, Feed, fetch_feed, find_feed, read_feed
from index.sources.feed_article import article_in_entry
from tests.index.feeds import PARAGRAPHS, item, json_feed, rss
from tests.index.site import Site, running_site

URL = "https://harbor.example/feed.json"


@pytest.fixture(scope="module")
def site() -> Iterator[Site]:
    with running_site() as site:
        yield site


def read(text: str | bytes) -> Feed:
    return read_feed(text.encode() if isinstance(text, str) else text, URL)


def only(**fields: Any) -> Entry:
    (entry,) = read(json_feed(fields)).entries
    return entry


def test_a_json_feed_has_the_fields_of_any_other() -> None:
    content = "".join(f"<p>{paragraph}</p>" for paragraph in PARAGRAPHS)
    date = "2025-10-09T10:00:00+02:00"
    (in_json,) = read(
        json_feed(
            {
                "id": "1",
                "url": "/one?utm_source=feed",
                "title": "AT&T < Korsvik",
                "content_html": content,
                "summary": "In short.",
                "date_published": date,
                "authors": [{"name": "Jo Weir"}],
            }
        )
    ).entries
    (in_rss,) = read(
        rss(
            item(
                "AT&amp;amp;T &amp;lt; Korsvik",
                "/one",
                guid="1",
                date="Thu, 09 Oct 2025 10:00:00 +0200",
                author="Jo Weir",
                content=content,
            )
        )
    ).entries
    for field in Entry.__slots__:
        if field not in ("digest", "published"):
            assert getattr(in_json, field) == getattr(in_rss, field), field
    assert in_json.published == in_rss.published == datetime.fromisoformat(date)
    article = article_in_entry(in_json, URL, "c")
    assert article is not None
    assert article.text == "\n\n".join(PARAGRAPHS)
    assert (article.publisher, article.author) == ("Harbor Wire", "Jo Weir")


def test_a_plain_text_keeps_its_paragraphs_and_its_signs() -> None:
    text = "\n\n".join([*PARAGRAPHS, "If a < b & c > d, <p> is no tag here."])
    article = article_in_entry(only(id="1", url="/one", content_text=text), URL, "c")
    assert article is not None
    assert article.text == text


def test_the_newest_entries_come_first() -> None:
    dates = {
        "b": "2025-10-09T23:30:00-05:00",
        "c": "2025-10-10T03:00:00Z",
        "a": "2025-10-10T06:00Z",
    }
    items = [{"id": key, "date_published": date} for key, date in dates.items()]
    assert [entry.key for entry in read(json_feed(*items)).entries] == ["a", "b", "c"]


@pytest.mark.parametrize("date", ["soon", "2025-13-40T00:00:00Z", "", 7, None, "0001-01-01T00:00Z"])
def test_a_date_that_is_none_is_left_out(date: object) -> None:
    assert only(id="1", date_published=date).published is None


def test_an_edited_entry_has_another_digest() -> None:
    before, after = (only(id="1", content_text=text) for text in ("Two boats.", "Three boats."))
    assert before.key == after.key
    assert before.digest != after.digest


def test_what_others_write_is_read_as_well() -> None:
    """Version 1.0 has one author; ids may be numbers, and the authors those of the feed."""
    feed = read(
        json_feed(
            {"id": 17, "url": "https://harbor.example/a", "author": {"name": "Ann"}},
            {"id": True, "url": "https://harbor.example/b", "title": 12},
            {"id": "x", "title": ["no"], "url": {}, "authors": "Jo", "content_html": None},
            {"url": "https://harbor.example/c", "title": "Sur\ud800rogate \0"},
            "no item",
            version="http://jsonfeed.org/version/1",
            authors=[{"name": "Desk"}, {"url": "/nameless"}, None],
            title=None,
        )
    )
    found = [(entry.key, entry.title, entry.author) for entry in feed.entries]
    assert found == [
        ("17", None, "Ann"),
        ("https://harbor.example/b", "12", "Desk"),
        ("x", None, "Desk"),
        ("https://harbor.example/c", "Surrogate", "Desk"),
    ]
    assert feed.title == "harbor.example"
    marked = b"\xef\xbb\xbf\n" + json_feed({"id": "1"}).replace("/", "\\/").encode()
    assert len(read(marked).entries) == 1


def test_a_truncated_feed_and_other_json_are_refused() -> None:
    whole = json_feed({"id": "1", "title": "One"})
    with pytest.raises(SourceError, match="this feed is truncated"):
        read(whole[:-5])
    with pytest.raises(SourceError, match="this feed is truncated"):
        read(json_feed(items=None))
    with pytest.raises(SourceError, match="this is not a feed"):
        read('{"name": "wp", "about": "https://jsonfeed.org/version/1.1"}')
    with pytest.raises(SourceError, match="cannot be read"):
        read('{"version": "https://jsonfeed.org/version/1", "items": ' + "[" * 100_000)


@pytest.mark.parametrize("kind", ["application/feed+json", "application/json; charset=utf-8"])
async def test_a_json_feed_is_fetched(site: Site, kind: str) -> None:
    url = site.put("/feed.json", json_feed({"id": "1", "url": "/one"}), kind)
    feed = await fetch_feed(Fetcher(Guard(parse_hosts(site.host))), url)
    assert feed is not None
    assert [entry.link for entry in feed.entries] == [site.url("/one")]


async def test_a_page_leads_to_its_json_feed_and_to_no_other_json(site: Site) -> None:
    site.put("/feed.json", json_feed({"id": "1", "url": "/one"}), "application/feed+json")
    links = (
        '<link rel="alternate" type="application/json" href="/wp-json/posts/7">'
        '<link rel="alternate" type="application/feed+json" href="/feed.json">'
    )
    page = site.put("/home", f"<html><head>{links}</head><body><p>Hello.</p></body></html>")
    feed = await find_feed(Fetcher(Guard(parse_hosts(site.host))), page)
    assert feed.url == site.url("/feed.json")
