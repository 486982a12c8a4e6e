"""Articles in uploaded files, links and messages; and files for download."""

import asyncio
import io
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from itertools import chain

import discord
from discord import app_commands

from bot.errors import Refusal
from bot.ingest.queue import UnreachableLink
from bot.markdown import cut, plain
from bot.services.adding import Source
from index import Article, SourceError
from index.fetching.fetcher import Fetcher, MediaTypeError, UnreachableError
from index.sources import read_bytes
from index.sources.opml import read_opml
from index.sources.sandbox import run_parsing
from index.sources.web import fetch_article

LinkText = app_commands.Range[str, 1, 2000]

MEBIBYTE = 1 << 20
MAX_FILE_MEBIBYTES = 8

MAX_TITLE_LENGTH = 100

LINK = re.compile(r"https?://[^\s<>()\[\]]+")
HOST = re.compile(r"^[\w-]++(?:\.[\w-]++)++(?:[:/?]|$)")
FEED_TYPES = ("rss+xml", "atom+xml", "rdf+xml", "xml", "text/xml", "feed+json")

MAX_WORDS_BESIDE_LINKS = 50
"""A message with more words than that is an article itself, whatever it links to."""

MAX_LINKS = 10
"""Links of a message that are fetched."""


async def read_files(
    files: Sequence[discord.Attachment], collection: str
) -> Callable[[], Iterable[Source]]:
    """Returns a function that reads the articles in files.

    Raises:
        Refusal: a file is too large.
    """
    for file in files:
        if file.size > MAX_FILE_MEBIBYTES * MEBIBYTE:
            raise Refusal("too-large", name=plain(file.filename, 100), limit=MAX_FILE_MEBIBYTES)
    contents = [(await file.read(), file.filename) for file in files]
    return lambda: chain.from_iterable(_articles(*content, collection) for content in contents)


async def read_feed_list(file: discord.Attachment) -> list[str]:
    """The URLs of the feeds in an OPML file.

    Raises:
        Refusal: it is too large, or no list of feeds.
    """
    name = plain(file.filename, 100)
    if file.size > MAX_FILE_MEBIBYTES * MEBIBYTE:
        raise Refusal("too-large", name=name, limit=MAX_FILE_MEBIBYTES)
    try:
        return await run_parsing(read_opml, await file.read(), file.filename)
    except SourceError as error:
        raise Refusal("refused", reason=plain(str(error), 300)) from error


async def read_links(
    fetcher: Fetcher, links: Sequence[str], collection: str
) -> Callable[[], Iterable[Source]]:
    """Returns a function that fetches the articles behind links."""
    found = await asyncio.gather(*(_read_link(fetcher, link, collection) for link in links))
    return lambda: found


def with_scheme(address: str) -> str:
    """A typed address as a URL: "harbor.example" gets a scheme."""
    address = address.strip()
    return address if "://" in address or not HOST.match(address) else f"https://{address}"


async def _read_link(fetcher: Fetcher, link: str, collection: str) -> Source:
    try:
        return await fetch_article(fetcher, link, collection)
    except UnreachableError as error:
        return UnreachableLink(link, str(error), error.retry_after)
    except MediaTypeError as error:
        if error.media_type.removeprefix("application/") in FEED_TYPES:
            return SourceError(f"{link}: this is a feed, which /manage feeds add follows.")
        return error
    except SourceError as error:
        return error


def links_in(text: str) -> list[str]:
    """The links in a text that consists mostly of links; none if the text is an article."""
    if len(LINK.sub("", text).split()) > MAX_WORDS_BESIDE_LINKS:
        return []
    return list(dict.fromkeys(link.rstrip(".,;:!?'\"*_|") for link in LINK.findall(text)))[
        :MAX_LINKS
    ]


def read_message(message: discord.Message, collection: str) -> Callable[[], Iterable[Source]]:
    """Returns a function that reads a message's text as an article; the first line is the title."""
    first = next(line for line in message.content.splitlines() if line.strip())
    return partial(_from_text, cut(first, MAX_TITLE_LENGTH), message, collection)


def text_file(lines: Iterable[str], name: str, limit: int) -> discord.File | int:
    """A text file to be sent or, if it is larger than ``limit`` bytes, its size."""
    content = "".join(f"{line}\n" for line in lines).encode()
    return discord.File(io.BytesIO(content), name) if len(content) <= limit else len(content)


def _articles(content: bytes, name: str, collection: str) -> Iterator[Source]:
    empty = True
    for source in read_bytes(content, name, collection):
        empty = False
        yield source
    if empty:
        yield SourceError(f"{name}: there is no article in it.")


def _from_text(title: str, message: discord.Message, collection: str) -> Iterator[Source]:
    yield Article(
        title,
        message.content,
        message.author.display_name,
        message.created_at.date(),
        message.jump_url,
        collection,
    )
