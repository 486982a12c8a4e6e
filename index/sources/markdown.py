"""Markdown files, as text without markup."""

from collections.abc import Iterator
from itertools import pairwise

from markdown_it import MarkdownIt
from markdown_it.token import Token

from index.article import Article
from index.sources.text import decode, make_article, split_front_matter, title_from


def read_markdown(content: bytes, name: str, collection: str) -> Article:
    """The article in a Markdown file.

    Each heading, paragraph, list item and table cell becomes a paragraph; code blocks and embedded
    HTML are dropped. The title comes from the front matter or else from the first heading.

    Raises:
        SourceError: it is not UTF-8, its front matter is invalid, or it is not an article.
    """
    metadata, source = split_front_matter(decode(content, name), name)
    blocks = list(_blocks(MarkdownIt("commonmark").enable("table").parse(source)))
    title = metadata.pop("title", None)
    if title is None and blocks and blocks[0][0]:
        title = blocks.pop(0)[1]
    text = "\n\n".join(words for _, words in blocks)
    return make_article(name, collection, title=title or title_from(name), text=text, **metadata)


def _blocks(tokens: list[Token]) -> Iterator[tuple[bool, str]]:
    """The text of each block, with whether it is a heading."""
    for before, token in pairwise(tokens):
        if token.type == "inline":
            words = "".join(_words(token.children or [])).strip()
            if words:
                yield before.type == "heading_open", words


def _words(tokens: list[Token]) -> Iterator[str]:
    for token in tokens:
        if token.type in ("text", "code_inline", "text_special"):
            yield token.content
        elif token.type in ("softbreak", "hardbreak"):
            yield " "
