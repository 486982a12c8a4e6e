"""The parser of Markdown."""

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import Any

from .pages.cleaning import cleaned_text
from .table_rows import joined_row

MARKUP = ("html_inline", "s_open")
"""Tokens of embedded HTML, and of text that is struck out."""

CELLS = ("th_open", "td_open")

FOOTNOTE = re.compile(r"\[\^[\w-]{1,30}\]:?")
"""A footnote's mark, in the text or before the footnote."""


def parse(content: bytes) -> dict[str, list[tuple[bool, str]]]:
    """The ``blocks`` of a Markdown text in UTF-8: for each heading, paragraph, list item and row of
    a table, whether it is a heading, and its text without markup."""
    from markdown_it import MarkdownIt

    parser = MarkdownIt("commonmark").enable(["table", "strikethrough"])
    return {"blocks": list(_blocks(parser, parser.parse(content.decode())))}


def _blocks(parser: Any, tokens: list[Any]) -> Iterator[tuple[bool, str]]:
    cells: list[str] = []
    for before, token in pairwise(tokens):
        if token.type == "inline":
            words = FOOTNOTE.sub("", _text(parser, token.children or [])).strip()
            if before.type in CELLS:
                cells.append(words)
            elif words:
                yield before.type == "heading_open", words
        elif token.type == "tr_close":
            if row := joined_row(cells):
                yield False, row
            cells.clear()


def _text(parser: Any, children: list[Any]) -> str:
    if any(child.type in MARKUP for child in children):
        return cleaned_text(parser.renderer.render(children, parser.options, {}))
    return "".join(_words(children))


def _words(tokens: list[Any]) -> Iterator[str]:
    for token in tokens:
        if token.type in ("text", "code_inline", "text_special"):
            yield token.content
        elif token.type in ("softbreak", "hardbreak"):
            yield " "
