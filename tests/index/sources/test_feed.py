"""Feeds in the wild: how their entries are identified, and which contain the full article."""

import html
import re
from collections.abc import Iterator
from contextlib import suppress
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index import Article, SourceError
from index.fetching.fetcher import Fetcher
from index.fetching.guard import Guard, parse_hosts
from index.sources.feed import Entry, Feed, fetch_feed, find_feed, read_feed
from index.sources.feed_article import add_metadata, article_in_entry
from index.sources.parsers.feed import MAX_ENTRIES, visible_text
from tests.index.feeds import PARAGRAPHS, atom, item, rss
from tests.index.site import Page, Site, running_site

URL = "https://harbor.example/feed.xml"
WHOLE = "".join(f"<p>{paragraph}</p>" for paragraph in PARAGRAPHS)
SUMMARY = "<p>The pier is to be rebuilt.</p>"


@pytest.fixture(scope="module")
def site() -> Iterator[Site]:
    with running_site() as site:
        yield site


def read(text: str | bytes, url: str = URL) -> Feed:
    return read_feed(text.encode() if isinstance(text, str) else text, url)


def only(text: str, url: str = URL) -> Entry:
    (entry,) = read(text, url).entries
    return entry


def whole(text: str, url: str = URL) -> Article | None:
    return article_in_entry(only(text, url), url, "c")


def test_an_rss_feed_is_read() -> None:
    feed = read(
        rss(
            item("One", "/one", guid="1", date="Thu, 09 Oct 2025 10:00:00 +0200", author="Jo Weir"),
            title="Harbor &amp;amp; Wire",
            ttl="90",
        )
    )

    assert (feed.title, feed.ttl_minutes, feed.url) == ("Harbor & Wire", 90, URL)
    (entry,) = feed.entries
    assert (entry.key, entry.title, entry.link) == ("1", "One", "https://harbor.example/one")
    assert entry.published == datetime.fromisoformat("2025-10-09T10:00:00+02:00")
    assert entry.metadata == {
        "publisher": "Harbor & Wire",
        "author": "Jo Weir",
        "published": "2025-10-09T10:00:00+02:00",
    }


def test_an_atom_feed_is_read() -> None:
    entry = only(atom("Two", "https://harbor.example/two#top", "tag:two", WHOLE))

    assert (entry.key, entry.link) == ("tag:two", "https://harbor.example/two")
    assert entry.published == datetime.fromisoformat("2025-10-09T08:00:00+00:00")
    article = article_in_entry(entry, URL, "c")
    assert article is not None
    assert article.text == "\n\n".join(PARAGRAPHS)


def test_the_newest_come_first_where_all_have_a_date() -> None:
    dated = [item(f"T{n}", f"/{n}", date=f"Thu, 0{n} Oct 2025 10:00:00 GMT") for n in (3, 9, 5)]
    assert [e.title for e in read(rss(*dated)).entries] == ["T9", "T5", "T3"]
    assert [e.title for e in read(rss(*dated, item("T0", "/0"))).entries] == [
        "T3",
        "T9",
        "T5",
        "T0",
    ]


def test_no_more_than_the_newest_are_looked_at() -> None:
    items = [item(f"T{n}", f"/{n}") for n in range(MAX_ENTRIES + 5)]
    assert len(read(rss(*items)).entries) == MAX_ENTRIES


def test_an_entry_keeps_its_key_when_it_is_edited_and_has_another_digest() -> None:
    before = only(rss(item("One", "/one", guid="1")))
    for edited in (
        item("Another title", "/one", guid="1"),
        item("One", "/elsewhere", guid="1"),
        item("One", "/one", guid="1", content=WHOLE),
        item("One", "/one", guid="1", date="Thu, 09 Oct 2025 10:00:00 +0200"),
    ):
        after = only(rss(edited))
        assert after.key == before.key
        assert after.digest != before.digest
    assert only(rss(item("One", "/one", guid="1"))).digest == before.digest


def test_without_a_guid_the_link_tells_entries_apart_and_without_one_what_they_say() -> None:
    assert only(rss(item("One", "/one"))).key == "https://harbor.example/one"
    first, second = read(rss(item("One", None), item("Two", None))).entries
    assert first.key != second.key


def test_an_entry_that_stands_there_twice_is_one() -> None:
    assert only(rss(item("One", "/one", guid="1"), item("One", "/one", guid="1"))).title == "One"


@pytest.mark.parametrize(
    "link", ["javascript:alert(1)", "mailto:a@b.example", "http://", "http://["]
)
def test_what_is_no_web_address_is_no_link(link: str) -> None:
    assert only(rss(item("One", link, guid="1"))).link is None


def test_a_whole_text_is_taken_as_it_is() -> None:
    article = whole(rss(item("One", "/one", content=WHOLE, author="Jo Weir"), title="Harbor Wire"))

    assert article == Article(
        "One",
        "\n\n".join(PARAGRAPHS),
        "Harbor Wire",
        None,
        "https://harbor.example/one",
        "c",
        "Jo Weir",
    )


@pytest.mark.parametrize(
    "content",
    [
        SUMMARY,
        WHOLE[:-4] + " […]</p>",
        WHOLE + "<p><a href='/one'>Read more</a></p>",
        WHOLE + "<p>Continue reading »</p>",
        WHOLE + "<p>Click here to view the full article.</p>",
        WHOLE + "<p>Read the whole story at Pier News</p>",
        WHOLE + "<p>Subscribe to keep reading.</p>",
        WHOLE + "<p><a href='/one'>Weiterlesen</a></p>",
        WHOLE + "<p><a href='/one'>Leer más</a></p>",
        WHOLE[:-5] + "&#8230;</p>",
    ],
)
def test_what_is_no_whole_text_is_to_be_fetched(content: str) -> None:
    assert whole(rss(item("One", "/one", content=content))) is None


def test_a_description_is_taken_for_the_article_only_if_it_is_long() -> None:
    assert whole(rss(item("One", "/one", description=WHOLE))) is None
    longer = WHOLE + WHOLE.replace("Korsvik", "Sel Valley").replace("pier", "bridge")
    article = whole(rss(item("One", "/one", description=longer)))
    assert article is not None
    assert "bridge" in article.text


def test_the_footer_of_a_blog_is_left_away() -> None:
    footer = "<p>The post <a href='/one'>One</a> appeared first on <a href='/'>Harbor</a>.</p>"
    article = whole(rss(item("One", "/one", content=WHOLE + footer)))
    assert article is not None
    assert article.text == "\n\n".join(PARAGRAPHS)


@pytest.mark.parametrize(
    ("feed", "link", "same"),
    [
        ("https://feeds.harbor.co.uk/x", "https://www.harbor.co.uk/one", True),
        ("https://harbor.example/x", "https://www.harbor.example/one", True),
        ("https://evil.co.uk/x", "https://www.harbor.co.uk/one", False),
        ("https://one.github.io/x", "https://two.github.io/one", False),
        ("http://10.0.0.1/x", "http://10.0.0.2/one", False),
    ],
)
def test_no_feed_speaks_for_another_site(feed: str, link: str, same: bool) -> None:
    """Its text would be cited as that site's: it is fetched there instead."""
    assert (whole(rss(item("One", link, content=WHOLE)), feed) is not None) == same


def test_without_a_link_what_there_is_is_all() -> None:
    article = whole(rss(item("One", None, content=WHOLE)))
    assert article is not None
    assert article.url is None
    with pytest.raises(SourceError, match="no article"):
        whole(rss(item("One", None, description="Soon.")))


def test_metadata_that_a_page_lacks_is_taken_from_its_feed() -> None:
    known = {"publisher": "Wire", "author": "Jo", "published": "2025-10-09T10:00:00+02:00"}
    page = Article("One", "Text.", "Harbor", date(2025, 10, 9))
    moment = datetime.fromisoformat(known["published"])

    assert add_metadata(page, known) == Article("One", "Text.", "Harbor", moment, author="Jo")
    earlier = Article("One", "Text.", None, date(2025, 10, 8), author="Al")
    assert add_metadata(earlier, known) == Article(
        "One", "Text.", "Wire", date(2025, 10, 8), author="Al"
    )
    assert add_metadata(page, {}) == page


def test_a_feed_that_was_cut_off_is_not_read() -> None:
    text = rss(item("One", "/one", content=WHOLE), item("Two", "/two", content=WHOLE))
    for length in range(100, len(text) - 12, 97):
        with pytest.raises(SourceError):
            read(text[:length])


def test_a_feed_that_is_merely_ill_formed_is_read() -> None:
    text = rss(item("Fish & chips &nbsp; here", "/one?a=1&b=2", guid="1"))
    assert only(text).link == "https://harbor.example/one?a=1&b=2"
    assert only(text + "\n<!-- cached -->").key == "1"


@pytest.mark.parametrize("content", ["", "{}", "PK\x03\x04", "just text", "<html><p>Hi</p></html>"])
def test_what_is_no_feed_is_refused(content: str) -> None:
    with pytest.raises(SourceError, match="this is not a feed"):
        read(content)


def test_neither_files_nor_addresses_are_opened(tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("the secret")
    for text in (
        f'<!DOCTYPE rss [<!ENTITY x SYSTEM "{secret.as_uri()}">]>' + rss(item("&x;", "/one")),
        rss(item("One", "/one", description=f"&lt;img src='{secret.as_uri()}'&gt;")),
    ):
        assert "the secret" not in str(read(text))
    for content in (str(secret), secret.as_uri()):
        with pytest.raises(SourceError, match="this is not a feed"):
            read(content)


def test_an_entity_bomb_is_refused() -> None:
    entities = "".join(f'<!ENTITY e{n + 1} "{f"&e{n};" * 10}">' for n in range(12))
    bomb = f'<!DOCTYPE rss [<!ENTITY e0 "ha">{entities}]>' + rss(item("&e12;", "/one"))
    with suppress(SourceError):
        assert len(str(read(bomb))) < 100_000


MILLION = 1_000_000


@pytest.mark.parametrize("run", ["<", "</", "<a ", "<p>", "&", "&#9;", "é"])
def test_long_runs_in_a_description_are_read(run: str) -> None:
    text = run * (20_000 // len(run))
    entry = only(rss(item("One", "/one", guid="1", description=text)))
    assert (entry.key, entry.title, entry.link) == ("1", "One", "https://harbor.example/one")


@pytest.mark.parametrize("run", ["<", "</", "<!", "<a ", "<>", "&", "&#", ">", " "])
def test_tags_are_removed_in_time_that_grows_with_the_length(run: str) -> None:
    """If it grew with the square of the length, this would take half an hour."""
    visible_text(run * (MILLION // len(run)))


def test_all_of_an_entry_but_its_text_is_short() -> None:
    words = "otter " * (MILLION // 6)
    entry = only(rss(item(words, "/one", guid=words, author=words, date=words, description=words)))
    for field in (entry.key, entry.title, entry.author, entry.ending):
        assert field
        assert len(field) <= 1000
    assert entry.published is None
    assert only(rss(item("One", "/one?" + "a" * MILLION))).link is None


@given(st.text("<>&;#ax \n\"'") | st.text())
def test_what_is_visible_is_what_is_outside_of_tags(markup: str) -> None:
    assert visible_text(markup) == html.unescape(re.sub("<[^>]*>", " ", markup))


async def test_what_has_not_changed_is_not_sent_again(site: Site) -> None:
    text = rss(item("One", "/one", guid="1")).encode()

    def answer(headers: object) -> Page:
        known = dict(headers)  # type: ignore[call-overload]
        if known.get("If-None-Match") == '"7"':
            return Page(status=304)
        return Page(text, "application/rss+xml", headers={"ETag": '"7"'})

    site.pages["/feed"] = answer
    fetcher = Fetcher(Guard(parse_hosts(site.host)))
    feed = await fetch_feed(fetcher, site.url("/feed"))
    assert feed is not None
    assert feed.validators == {"If-None-Match": '"7"'}
    assert await fetch_feed(fetcher, site.url("/feed"), feed.validators) is None


async def test_a_page_leads_to_the_feed_that_it_names(site: Site) -> None:
    link = '<link rel="alternate" type="application/atom+xml" href="/atom">'
    page = site.put("/home", f"<html><head>{link}</head><body><p>Hello.</p></body></html>")
    site.put("/atom", atom("Two", "/two", "tag:two", WHOLE), "application/atom+xml")
    fetcher = Fetcher(Guard(parse_hosts(site.host)))

    feed = await find_feed(fetcher, page)
    assert feed.permanent_url == site.url("/atom")
    assert [entry.link for entry in feed.entries] == [site.url("/two")]
    with pytest.raises(SourceError, match=r"this is not a feed; it declares http://.*/atom"):
        await fetch_feed(fetcher, page)
    odd = link.replace('/atom"', 'http://["')
    with pytest.raises(SourceError, match=r"this is not a feed\.$"):
        await find_feed(fetcher, site.put("/odd", f"<html><head>{odd}</head><p>Hi.</p></html>"))
    with pytest.raises(SourceError, match="this is not a feed"):
        await find_feed(fetcher, site.put("/bare", "<html><body><p>Hello.</p></body></html>"))


def test_entries_that_share_a_page_are_articles_of_their_own() -> None:
    """With one URL, each would take the place of the one before."""
    for links in (("/notes#one", "/notes#two"), ("/", "/"), ("/notes", "/notes")):
        items = [item(f"T{n}", link, guid=str(n), content=WHOLE) for n, link in enumerate(links)]
        entries = read(rss(*items)).entries
        articles = [article_in_entry(entry, URL, "c") for entry in entries]
        assert [article and article.url for article in articles] == [None, None]
        assert len({entry.key for entry in entries}) == 2
    assert only(rss(item("One", "/one", content=WHOLE))).has_own_page


@pytest.mark.parametrize("key", ["7f3a-99", "123 at https://x.example", "tag:one", "urn:uuid:1"])
def test_an_id_is_no_link(key: str) -> None:
    assert only(rss(item("One", None, guid=key))).link is None
    assert only(rss(item("One", None, guid="https://harbor.example/one"))).link is not None


def test_what_counts_visitors_changes_neither_address_nor_digest() -> None:
    first = only(rss(item("One", "/one?a=1&utm_source=rss&utm_campaign=a", guid="1")))
    assert first.link == "https://harbor.example/one?a=1"
    pixel = "In short.<img src='https://count.example/{}'>"
    assert (
        len({only(rss(item("One", "/one", description=pixel.format(n)))).digest for n in "ab"}) == 1
    )


@pytest.mark.parametrize("tracking", ["xtor=RSS-1", "ref=rss", "Echobox=17", "ftag=a1"])
def test_a_fragment_that_counts_visitors_leaves_an_article_its_link(tracking: str) -> None:
    article = whole(rss(item("One", f"/one#{tracking}", content=WHOLE)))
    assert article is not None
    assert article.url == "https://harbor.example/one"


def test_a_part_of_a_page_is_not_an_articles_own_page() -> None:
    assert not only(rss(item("One", "/one#part-2"))).has_own_page


def test_a_date_that_lies_ahead_is_none() -> None:
    assert only(rss(item("One", "/one", date="Thu, 09 Oct 2055 10:00:00 GMT"))).published is None


def test_a_long_title_is_cut_at_a_word() -> None:
    title = str(only(rss(item("otter " * 100, "/one"))).title)
    assert title.endswith("otter…")
    assert len(title) <= 300


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("2025/10/6 15:07", date(2025, 10, 6)),
        ("2025年10月6日", date(2025, 10, 6)),
        ("1759763220", datetime(2025, 10, 6, 15, 7, tzinfo=UTC)),
        ("1759763220000", datetime(2025, 10, 6, 15, 7, tzinfo=UTC)),
        ("Mon, 06 Oct 2025 15:07:00 +9999", date(2025, 10, 6)),
        ("Mon, 06 Oct 2025 25:07:00 GMT", date(2025, 10, 6)),
        ("2025-10-06T15:07:00+99:99", date(2025, 10, 6)),
    ],
)
def test_dates_are_read_as_they_are_stated(written: str, meant: date) -> None:
    assert only(rss(item("One", "/one", date=written))).published == meant


@pytest.mark.parametrize(
    "written",
    [
        "0001-01-01T00:00:00+01:00",
        "0001-01-01",
        "Thu, 01 Jan 1970 00:00:00 GMT",
        "1969-12-31T19:00:00-05:00",
        "000000000",
        "2025/13/45",
        "1 Jan 99999999999999999999",
        "2025-02-30T08:05:00Z",
        "2025-13-01",
        "Thu, 32 Oct 2025 08:05:00 +0000",
    ],
)
def test_an_entry_with_an_impossible_date_is_undated(written: str) -> None:
    assert only(rss(item("One", "/one", date=written))).published is None


@pytest.mark.parametrize(
    ("title", "feed", "meant"),
    [
        ("Ferry late | Harbor Wire", "Harbor Wire", "Ferry late"),
        ("Ferry late again – Harbor Wire", "Harbor Wire – World", "Ferry late again"),
        ("Harbor Wire wins a prize", "Harbor Wire", "Harbor Wire wins a prize"),
        ("Coast | A history", "Coast News", "Coast | A history"),
    ],
)
def test_the_name_of_the_feed_is_no_part_of_a_title(title: str, feed: str, meant: str) -> None:
    assert only(rss(item(title, "/one"), title=feed)).title == meant


def test_the_name_of_an_entrys_source_is_no_part_of_its_title() -> None:
    source = "<source url='https://ridge.example/rss'>Ridge Gazette</source></item>"
    entry = item("Ferry late again - Ridge Gazette", "/one").replace("</item>", source)
    assert only(rss(entry)).title == "Ferry late again"


def test_an_entry_without_an_id_is_known_by_its_whole_title() -> None:
    entry = only(rss(item("Ferry late | Harbor Wire", None)))
    assert (entry.key, entry.title) == ("Ferry late | Harbor Wire", "Ferry late")


def test_markup_in_a_title_is_read_as_on_a_page() -> None:
    title = "<![CDATA[<b>10<sup>6</sup> m<sup>2</sup></b><sup>[1]</sup> <s>sold</s>]]>"
    assert only(rss(item(title, "/one"))).title == "10⁶ m²"
