"""Whether two versions of a feed's entry tell the same story."""

from collections.abc import Mapping
from typing import Any

from index.text.near_duplicates import SIMILARITY_THRESHOLD, similarity


def is_same_story(one: Mapping[str, Any], other: Mapping[str, Any]) -> bool:
    """Whether two articles, given as records (``Article.as_record``), have the same URL or are
    near-duplicates. The text or the URL may be unknown."""
    if one.get("url") and one.get("url") == other.get("url"):
        return True
    if not (one.get("text") and other.get("text")):
        return False
    return similarity(one["text"], other["text"]) >= SIMILARITY_THRESHOLD
