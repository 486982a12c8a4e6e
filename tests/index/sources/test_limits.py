"""What is too long for an article is refused, wherever it comes from."""

import io
import json
from pathlib import Path

import pytest

from index import Article, SourceError
from index.article import MAX_TEXT_LENGTH, MAX_URL_LENGTH
from index.fetching.fetcher import Fetched
from index.sources import read_bytes, read_source, read_stream
from index.sources.feed import read_feed
from index.sources.feed_article import article_in_entry
from index.sources.web import article_of
from tests.index.feeds import item, rss
from tests.index.sources.zipped_documents import docx, epub

LINE = "The night ferry reached Port Ellery three hours late, and nobody complained.\n\n"
LONG = LINE * (MAX_TEXT_LENGTH // 70)
PAGE = f"<article><h1>Ferry</h1><p>{LONG.strip()}</p></article>"
REASON = "article's text has more than 1,000,000 characters"
CONTENTS: dict[str, str | bytes] = {
    "a.txt": LONG,
    "a.md": LONG,
    "a.html": PAGE,
    "a.jsonl": json.dumps({"title": "Ferry", "text": LONG}),
    "a.docx": docx(LONG),
    "a.epub": epub(f"<p>{LONG}</p>"),
}


def content_of(name: str) -> bytes:
    content = CONTENTS[name]
    return content.encode() if isinstance(content, str) else content


def refused(found: object) -> str:
    assert isinstance(found, SourceError)
    return str(found)


@pytest.mark.parametrize("name", CONTENTS)
def test_a_file_is_refused(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_bytes(content_of(name))
    (in_folder,) = read_source(str(tmp_path))
    (uploaded,) = read_bytes(content_of(name), name)
    assert name in refused(in_folder)
    assert REASON in refused(in_folder)
    assert REASON in refused(uploaded)


@pytest.mark.parametrize("name", ["a.txt", "a.jsonl"])
def test_standard_input_is_refused(name: str) -> None:
    (found,) = read_stream(io.BytesIO(content_of(name)))
    assert REASON in refused(found)


@pytest.mark.parametrize(
    ("media_type", "content"),
    [("text/html", PAGE), ("text/plain", LONG), ("text/markdown", LONG)],
)
def test_a_link_is_refused(media_type: str, content: str) -> None:
    fetched = Fetched("https://coast.example/a", content.encode(), media_type, None, {})
    with pytest.raises(SourceError, match=REASON):
        article_of(fetched, "shared")


def test_an_entry_of_a_feed_is_refused_or_left_to_its_page() -> None:
    for link in (None, "/one"):
        feed = read_feed(rss(item("One", link, content=PAGE)).encode(), "https://coast.example/x")
        (entry,) = feed.entries
        if link:
            assert article_in_entry(entry, feed.url, "shared") is None
        else:
            with pytest.raises(SourceError, match=REASON):
                article_in_entry(entry, feed.url, "shared")


def test_a_page_with_a_long_canonical_url_is_an_article_without_it() -> None:
    url = "https://coast.example/" + "a" * MAX_URL_LENGTH
    head = f'<link rel="canonical" href="{url}"><meta property="og:url" content="{url}">'
    page = f"<html><head>{head}</head><article><h1>Ferry</h1><p>{LINE * 8}</p></article></html>"
    (article,) = read_bytes(page.encode(), "a.html")
    assert isinstance(article, Article)
    assert article.url is None


def test_a_long_url_that_is_declared_is_refused() -> None:
    url = "https://coast.example/" + "a" * MAX_URL_LENGTH
    line = json.dumps({"title": "Ferry", "text": LINE, "url": url})
    (found,) = read_bytes(line.encode(), "a.jsonl")
    assert refused(found) == "a.jsonl, line 1: the article's URL has more than 2,000 characters."
