"""Articles in uploaded files, links and messages; and files for download."""

import asyncio
import io
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from itertools import chain

import discord

from bot.errors import Refusal
from bot.ingest.queue import UnreachableLink
from bot.markdown import cut, plain
from bot.services.adding import Source
from index import Article, SourceError
from index.fetching.fetcher import Fetcher, OtherKindError, UnreachableError
from index.sources import read_bytes
from index.sources.web import fetch_article

MEBIBYTE = 1 << 20
MAX_FILE_MEBIBYTES = 8

MAX_TITLE_LENGTH = 100

LINK = r"https?://[^\s<>()\[\]]+"
HOST = r"[\w-]+(\.[\w-]+)+([:/?]|$)"
FEED_TYPES = ("rss+xml", "atom+xml", "rdf+xml", "xml", "text/xml")

MAX_WORDS_BESIDE_LINKS = 50
"""A message with more words than that is an article itself, whatever it links to."""

MAX_LINKS = 10
"""Links of a message that are fetched."""


async def read_files(
    files: Sequence[discord.Attachment], collection: str
) -> Callable[[], Iterable[Source]]:
    """What reads the articles in some files.

    Raises:
        Refusal: a file is too large.
    """
    for file in files:
        if file.size > MAX_FILE_MEBIBYTES * MEBIBYTE:
            raise Refusal("too-large", name=plain(file.filename, 100), limit=MAX_FILE_MEBIBYTES)
    contents = [(await file.read(), file.filename) for file in files]
    return lambda: chain.from_iterable(_articles(*content, collection) for content in contents)


async def read_links(
    fetcher: Fetcher, links: Sequence[str], collection: str
) -> Callable[[], Iterable[Source]]:
    """What gives the articles that some links lead to."""
    found = await asyncio.gather(*(_read_link(fetcher, link, collection) for link in links))
    return lambda: found


def with_scheme(address: str) -> str:
    """An address as people type it, as a link: "harbor.example" is one, too."""
    address = address.strip()
    return address if "://" in address or not re.match(HOST, address) else f"https://{address}"


async def _read_link(fetcher: Fetcher, link: str, collection: str) -> Source:
    try:
        return await fetch_article(fetcher, link, collection)
    except UnreachableError as error:
        return UnreachableLink(link, str(error), error.seconds)
    except OtherKindError as error:
        if error.kind.removeprefix("application/") in FEED_TYPES:
            return SourceError(f"{link}: this is a feed, which /feeds add follows.")
        return error
    except SourceError as error:
        return error


def links_in(text: str) -> list[str]:
    """The links in a text that is not much more than them; none in one that is an article."""
    if len(re.sub(LINK, "", text).split()) > MAX_WORDS_BESIDE_LINKS:
        return []
    return list(dict.fromkeys(link.rstrip(".,;:!?'\"*_|") for link in re.findall(LINK, text)))[
        :MAX_LINKS
    ]


def read_message(message: discord.Message, collection: str) -> Callable[[], Iterable[Source]]:
    """What reads the article that a message's text is: its first line is the title."""
    first = next(line for line in message.content.splitlines() if line.strip())
    return partial(_from_text, cut(first, MAX_TITLE_LENGTH), message, collection)


def text_file(lines: Iterable[str], name: str, limit: int) -> discord.File | int:
    """A text file to be sent or, where it is larger than ``limit`` bytes, its size."""
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
