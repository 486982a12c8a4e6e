"""Articles on web pages, saved or fetched."""

from pathlib import PurePath
from urllib.parse import urlsplit

from index.article import MAX_URL_LENGTH, Article
from index.errors import SourceError
from index.sources.sandbox import parse_in_sandbox
from index.sources.text import find_date, make_article, title_from

REFUSALS = {
    "nothing": "no article was found on this page. If you see one in your browser, save the page"
    " there or copy the text.",
    "notice": "no article was found on this page, only a notice of its site. If you see the article"
    " in your browser, save the page there or copy the text.",
    "login": "no article was found on this page; it asks for a password.",
    "beginning": "the page shows only the beginning of its article and says that the rest is for"
    " subscribers or members. If you can read all of it, copy the text.",
    "list": "no article was found on this page; it is a list of links. Use the link of an article.",
    "video": "no article was found on this page; it is about a video or a recording.",
}


def read_html(
    content: bytes,
    name: str,
    collection: str,
    *,
    charset: str | None = None,
    fetched_from: str | None = None,
) -> Article:
    """The article on a web page: text, title, author, publisher, date and URL.

    Args:
        charset: the encoding, if it is known.
        fetched_from: the page's URL. The canonical URL in the page is used only if it is of the
            same page, so that a page cannot pass for another one. One that is too long for an
            article is ignored.

    Raises:
        SourceError: there is no article on the page, or it cannot be parsed within the limits.
    """
    found = parse_in_sandbox("page", content, name, charset=charset, url=fetched_from)
    refusal, text = found["refusal"], found.get("text") or ""
    if refusal:
        raise SourceError(f"{name}: {REFUSALS[refusal]}")
    url = found["url"]
    if url and len(url) > MAX_URL_LENGTH:
        url = None
    if fetched_from and not (url and _is_same_page(url, fetched_from)):
        url = fetched_from
    return make_article(
        name,
        collection,
        title=found["title"] or title_from(urlsplit(fetched_from).path if fetched_from else name),
        text=text,
        author=found["author"],
        publisher=found["publisher"],
        published=find_date(found["published"]),
        url=url,
    )


def _is_same_page(canonical: str, url: str) -> bool:
    """Whether two URLs are of the same page: on the same host and with the same file name, in
    whatever folder (a mobile version may have its own) and with whatever query."""
    try:
        one, other = urlsplit(canonical), urlsplit(url)
    except ValueError:
        return False
    return one.hostname == other.hostname and _page_name(one.path) == _page_name(other.path)


def _page_name(path: str) -> str:
    parts = [part for part in path.split("/") if part and part != "amp"]
    return PurePath(parts[-1]).stem if parts else ""
