"""Feeds, made for tests."""

import json
from xml.sax.saxutils import escape

DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday")
PARAGRAPHS = [
    f"The council of Korsvik met on {day} and spoke about the pier, which storm number {number}"
    " had broken: it is to be built anew, of stone this time."
    for number, day in enumerate(DAYS, 1)
]


def item(
    title: str,
    link: str | None,
    *,
    guid: str | None = None,
    date: str | None = None,
    author: str | None = None,
    description: str = "In short.",
    content: str | None = None,
) -> str:
    """An entry of an RSS feed. Its title and link stand there as they are."""
    said = {
        "title": title,
        "link": link,
        "guid": guid,
        "pubDate": date,
        "dc:creator": author,
        "description": escape(description),
        "content:encoded": content and f"<![CDATA[{content}]]>",
    }
    return f"<item>{''.join(f'<{k}>{v}</{k}>' for k, v in said.items() if v)}</item>"


def rss(*items: str, title: str = "Harbor Wire", ttl: str | None = None) -> str:
    """An RSS feed."""
    return (
        '<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"'
        ' xmlns:dc="http://purl.org/dc/elements/1.1/"><channel>'
        f"<title>{title}</title>{f'<ttl>{ttl}</ttl>' if ttl else ''}{''.join(items)}"
        "</channel></rss>"
    )


def atom(title: str, link: str, key: str, content: str) -> str:
    """An Atom feed of one entry."""
    return (
        '<?xml version="1.0" encoding="utf-8"?><feed xmlns="http://www.w3.org/2005/Atom">'
        "<title>Harbor Wire</title><id>tag:feed</id><updated>2025-10-09T08:00:00Z</updated>"
        f'<entry><title>{title}</title><id>{key}</id><link rel="alternate" href="{link}"/>'
        "<updated>2025-10-09T08:00:00Z</updated>"
        f'<content type="html">{escape(content)}</content></entry></feed>'
    )


def json_feed(*items: object, **fields: object) -> str:
    """A JSON Feed of version 1.1."""
    version = "https://jsonfeed.org/version/1.1"
    return json.dumps({"version": version, "title": "Harbor Wire", "items": items, **fields})
