"""The parser of Markdown."""

from collections.abc import Iterator
from itertools import pairwise
from typing import Any


def parse(content: bytes) -> dict[str, list[tuple[bool, str]]]:
    """The ``blocks`` of a Markdown text in UTF-8: for each heading, paragraph, list item and table
    cell, whether it is a heading, and its text without markup."""
    from markdown_it import MarkdownIt

    tokens = MarkdownIt("commonmark").enable("table").parse(content.decode())
    return {"blocks": list(_blocks(tokens))}


def _blocks(tokens: list[Any]) -> Iterator[tuple[bool, str]]:
    for before, token in pairwise(tokens):
        if token.type == "inline":
            words = "".join(_words(token.children or [])).strip()
            if words:
                yield before.type == "heading_open", words


def _words(tokens: list[Any]) -> Iterator[str]:
    for token in tokens:
        if token.type in ("text", "code_inline", "text_special"):
            yield token.content
        elif token.type in ("softbreak", "hardbreak"):
            yield " "
