"""The parser of Markdown."""

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import Any

from .pages.cleaning import cleaned_text

MARKUP = ("html_inline", "s_open")
"""Tokens of embedded HTML, and of text that is struck out."""

FOOTNOTE = re.compile(r"\[\^[\w-]{1,30}\]:?")
"""A footnote's mark, in the text or before the footnote."""


def parse(content: bytes) -> dict[str, list[tuple[bool, str]]]:
    """The ``blocks`` of a Markdown text in UTF-8: for each heading, paragraph, list item and table
    cell, whether it is a heading, and its text without markup."""
    from markdown_it import MarkdownIt

    parser = MarkdownIt("commonmark").enable(["table", "strikethrough"])
    return {"blocks": list(_blocks(parser, parser.parse(content.decode())))}


def _blocks(parser: Any, tokens: list[Any]) -> Iterator[tuple[bool, str]]:
    for before, token in pairwise(tokens):
        if token.type == "inline":
            children = token.children or []
            if any(child.type in MARKUP for child in children):
                words = cleaned_text(parser.renderer.render(children, parser.options, {}))
            else:
                words = "".join(_words(children))
            if words := FOOTNOTE.sub("", words).strip():
                yield before.type == "heading_open", words


def _words(tokens: list[Any]) -> Iterator[str]:
    for token in tokens:
        if token.type in ("text", "code_inline", "text_special"):
            yield token.content
        elif token.type in ("softbreak", "hardbreak"):
            yield " "
