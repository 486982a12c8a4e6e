"""Articles in the files and texts of messages, and files that are sent."""

import io
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from itertools import chain

import discord

from bot.editing import Source
from bot.errors import Refusal
from bot.markdown import cut, plain
from index import Article, SourceError
from index.sources import read_bytes

MEBIBYTE = 1 << 20
LARGEST = 8
"""MiB of a file that is taken."""

TITLE = 100


async def read_files(
    files: Sequence[discord.Attachment], collection: str
) -> Callable[[], Iterable[Source]]:
    """What reads the articles in some files.

    Raises:
        Refusal: a file is too large.
    """
    for file in files:
        if file.size > LARGEST * MEBIBYTE:
            raise Refusal("too-large", name=plain(file.filename, 100), limit=LARGEST)
    contents = [(await file.read(), file.filename) for file in files]
    return lambda: chain.from_iterable(_articles(*content, collection) for content in contents)


def read_message(message: discord.Message, collection: str) -> Callable[[], Iterable[Source]]:
    """What reads the article that a message's text is: its first line is the title."""
    first = next(line for line in message.content.splitlines() if line.strip())
    return partial(_from_text, cut(first, TITLE), message, collection)


def as_file(lines: Iterable[str], name: str, limit: int) -> discord.File | int:
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
