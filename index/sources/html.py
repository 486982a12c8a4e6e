"""Web pages, saved or fetched."""

from pathlib import PurePath
from urllib.parse import urlsplit

from index.article import Article
from index.errors import SourceError
from index.sources.sandbox import read_apart
from index.sources.text import make_article, title_from

LONGEST = 300_000
"""Characters of the longest article that is taken from a page: more than a short book has."""

LACKING = {
    "nothing": "no article was found on this page.",
    "login": "no article was found on this page; it asks for a password.",
    "beginning": "the page shows only the beginning of its article.",
    "list": "no article was found on this page; it is a list of links.",
    "video": "no article was found on this page; it is about a video.",
}


def read_html(
    content: bytes,
    name: str,
    collection: str,
    *,
    charset: str | None = None,
    address: str | None = None,
) -> Article:
    """The article on a web page: text, title, author, publisher, date and URL.

    Args:
        charset: its encoding, where that is known.
        address: where it was fetched from. What the page itself says about its URL is taken
            only where it means this page: it must not pass for another one.

    Raises:
        SourceError: there is no article on the page, or it cannot be read in bounded time.
    """
    found = read_apart("page", content, name, charset)
    lacking, text = found["lacking"], found.get("text") or ""
    if lacking:
        raise SourceError(f"{name}: {LACKING[lacking]}")
    if len(text) > LONGEST:
        raise SourceError(f"{name}: its text is longer than {LONGEST:,} characters.")
    said = found["url"]
    if address and not (said and _same_page(said, address)):
        said = address
    return make_article(
        name,
        collection,
        title=found["title"] or title_from(urlsplit(address).path if address else name),
        text=text,
        author=found["author"],
        publisher=found["publisher"],
        published=found["published"],
        url=said,
    )


def _same_page(said: str, address: str) -> bool:
    """Whether two addresses are of one page: on one host, with the same name in another folder at
    most, as that for telephones has; whatever stands behind the question mark."""
    try:
        one, other = urlsplit(said), urlsplit(address)
    except ValueError:
        return False
    return one.hostname == other.hostname and _page_name(one.path) == _page_name(other.path)


def _page_name(path: str) -> str:
    parts = [part for part in path.split("/") if part and part != "amp"]
    return PurePath(parts[-1]).stem if parts else ""
