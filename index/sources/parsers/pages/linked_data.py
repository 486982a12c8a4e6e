"""The JSON-LD of web pages (https://schema.org)."""

import json
import re
from collections.abc import Iterator
from contextlib import suppress
from typing import Any

MAX_NESTING = 5
"""Levels of JSON-LD around the article's object."""

ARTICLE_TYPES = re.compile(r"(?:Article|Posting|Report)$")
PAGE_TYPES = re.compile(r"WebPage$")
"""The types of an article, and of a page, in JSON-LD."""


def linked_data(tree: Any) -> Iterator[dict[str, Any]]:
    """The objects of a page's JSON-LD that describe the page or its main content."""
    for script in tree.xpath("//script[@type='application/ld+json']"):
        with suppress(ValueError, RecursionError):
            text = (script.text or "").strip().removeprefix("<!--").removesuffix("-->")
            yield from _own_objects(json.loads(text, strict=False), MAX_NESTING)


def is_a(item: dict[str, Any], types: re.Pattern[str]) -> bool:
    """Whether an object of JSON-LD has one of some types."""
    kinds = item.get("@type")
    return any(
        isinstance(kind, str) and types.search(kind)
        for kind in (kinds if isinstance(kinds, list) else [kinds])
    )


def _own_objects(value: Any, levels: int) -> Iterator[dict[str, Any]]:
    if levels and isinstance(value, list):
        for item in value:
            yield from _own_objects(item, levels - 1)
    elif levels and isinstance(value, dict):
        yield value
        for key in ("@graph", "mainEntity", "mainEntityOfPage"):
            yield from _own_objects(value.get(key), levels - 1)
