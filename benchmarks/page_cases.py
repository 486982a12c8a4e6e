"""The labelled pages and feeds of ``benchmarks.pages``: how each is put together and read."""

from collections.abc import Callable
from typing import Any

from index.sources.feed import read_feed
from index.sources.feed_article import article_in_entry
from index.sources.html import read_html

Case = dict[str, Any]

PARAGRAPHS = (
    "The crews of the northern ferries went back to work after a vote in the harbor hall, and"
    " the first boat left the quay with every seat taken.",
    "The union said that it had won what it asked for, while the owners spoke of a fair compromise"
    " for all who travel.",
)
PROSE = "".join(f"<p>{paragraph}</p>" for paragraph in PARAGRAPHS)
NAME, URL = "page.html", "https://feed.example/rss"


def _page(article: str, head: str = "", *, before: str = "", after: str = "") -> str:
    return (
        f"<!doctype html><html><head>{head}</head>"
        f"<body>{before}<article>{article}</article>{after}</body></html>"
    )


def _after_prose(text: str) -> list[str]:
    """The paragraphs of an article after those of ``PARAGRAPHS``."""
    paragraphs = text.split("\n\n")
    return paragraphs[paragraphs.index(PARAGRAPHS[-1]) + 1 :]


def _date(case: Case) -> str | None:
    """The date of a page with the markup of its head, of its article's header, and after the
    article; ``url`` is where it was fetched from."""
    head = f"<title>Ferry strike ends</title>{case['head']}"
    header = f"<header><h1>Ferry strike ends</h1>{case['header']}</header>"
    page = _page(header + PROSE, head, after=case["after"])
    article = read_html(page.encode(), NAME, "shared", fetched_from=case.get("url"))
    return article.published.isoformat() if article.published else None


def _date_shown(case: Case) -> str | None:
    """The date of a page whose ``body`` shows it, or one of something else."""
    body = case["body"].replace("{prose}", PROSE)
    head = "" if "<title>" in body else "<title>Ferry strike ends</title>"
    page = f"<!doctype html><html><head>{head}</head><body>{body}</body></html>"
    published = read_html(page.encode(), NAME, "shared").published
    return published.isoformat()[:10] if published else None


def _figures(case: Case) -> list[str]:
    """The paragraphs that are read from an article's markup, with the text that must not be read
    if it is (``absent``); ``body`` are attributes, and ``after`` is the article's end."""
    heading = "<title>Ferry strike ends</title>"
    article = f"<h1>Ferry strike ends</h1>{PROSE}{case['markup']}{PROSE}{case.get('after', '')}"
    page = _page(article, heading).replace("<body>", f"<body {case.get('body', '')}>")
    text = read_html(page.encode(), NAME, "shared").text
    paragraphs = text.split("\n\n")
    start = paragraphs.index(PARAGRAPHS[-1]) + 1
    end = paragraphs.index(PARAGRAPHS[0], start)
    return paragraphs[start:end]


def _title(case: Case) -> str:
    """The title of a page with the markup of its head, before its article, and of its article's
    header; ``url`` is where it was fetched from."""
    page = _page(case["header"] + PROSE, case["head"], before=case["before"])
    return read_html(page.encode(), NAME, "shared", fetched_from=case.get("url")).title


def _encoded(case: Case) -> str:
    """The last paragraph of a page in an ``encoding``, with the one that the server declares
    (``charset``) and the one in its head (``meta``); ``stray`` is a sentence in windows-1252."""
    meta = f'<meta charset="{case["meta"]}">' if "meta" in case else ""
    start, end = _page(f"<h1>News</h1>{PROSE}<p>{case['text']}|</p>", meta).split("|")
    start = start.replace("<html>", f'<html lang="{case["lang"]}">')
    encoding = case["encoding"]
    stray = f" {case['stray']}".encode("cp1252") if "stray" in case else b""
    bom = "\ufeff".encode(case["bom"]) if "bom" in case else b""
    page = bom + start.encode(encoding) + stray + end.encode(encoding)
    text = read_html(page, NAME, "shared", charset=case.get("charset")).text
    return "\n\n".join(_after_prose(text))


def _feed(case: Case) -> list[str]:
    """The title of a feed's entry and the last paragraphs of its text. ``markup`` is the title and
    ``body`` the end of the text; ``declared`` is the encoding in the XML declaration, ``charset``
    that of the server, and ``publisher`` the feed's title."""
    declared, encoding = case.get("declared", "utf-8"), case.get("encoding", "utf-8")
    attribute = f' encoding="{declared}"' if declared else ""
    body = f"{PROSE * 3}{case.get('body', '')}"
    feed = (
        f'<?xml version="1.0"{attribute}?><rss version="2.0"'
        ' xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel>'
        f"<title>{case.get('publisher', 'Ferry news')}</title><item><title>{case['markup']}</title>"
        f"<link>https://feed.example/a</link><content:encoded><![CDATA[{body}]]></content:encoded>"
        "</item></channel></rss>"
    )
    (entry,) = read_feed(feed.encode(encoding), URL, case.get("charset")).entries
    article = article_in_entry(entry, URL, "shared")
    assert article is not None
    return [entry.title or "", *article.text.split("\n\n")[len(PARAGRAPHS) * 3 :]]


SETS: dict[str, tuple[str, Callable[[Case], Any], Callable[[Case], Any]]] = {
    "dates": ("page_dates.jsonl", _date, lambda case: case["published"]),
    "places": ("page_date_places.jsonl", _date_shown, lambda case: case["published"]),
    "figures": ("page_figures.jsonl", _figures, lambda case: case["text"]),
    "titles": ("page_titles.jsonl", _title, lambda case: case["title"]),
    "charsets": (
        "page_charsets.jsonl",
        _encoded,
        lambda case: " ".join([case["text"], *([case["stray"]] if "stray" in case else [])]),
    ),
    "feeds": (
        "feed_entries.jsonl",
        _feed,
        lambda case: [case["title"], *([case["text"]] if "text" in case else [])],
    ),
}
"""The sets: file, reader of a case, and expected value of a case."""
