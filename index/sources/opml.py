"""Lists of feeds in OPML (http://opml.org/spec2.opml), to take over and to give away."""

from collections.abc import Iterable, Iterator
from xml.sax.saxutils import quoteattr

from index.errors import SourceError
from index.sources.sandbox import parse_in_sandbox


def read_opml(content: bytes, name: str) -> list[str]:
    """The URLs of the feeds in a list, each once.

    Raises:
        SourceError: it is not OPML, cannot be parsed within the limits, or has no feeds.
    """
    found = parse_in_sandbox("opml", content, name, label="list of feeds")
    if not found["is_opml"]:
        raise SourceError(f"{name}: this is not a list of feeds (OPML).")
    if not found["feeds"]:
        raise SourceError(f"{name}: there are no feeds in this list.")
    return list(found["feeds"])


def opml_lines(feeds: Iterable[tuple[str, str]]) -> Iterator[str]:
    """The lines of a list of feeds, given their titles and URLs."""
    yield '<?xml version="1.0" encoding="UTF-8"?>'
    yield '<opml version="2.0">'
    yield "<head><title>Dateline</title></head>"
    yield "<body>"
    for title, url in feeds:
        yield f'<outline type="rss" text={quoteattr(title)} xmlUrl={quoteattr(url)}/>'
    yield "</body>"
    yield "</opml>"
