"""Corrections of articles: the differences between their versions."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from difflib import SequenceMatcher
from typing import Any

from index.article import Article, FormerArticle
from index.sentences import split_sentences

METADATA_FIELDS = ("title", "publisher", "author", "published", "url")


@dataclass(frozen=True, slots=True)
class Correction:
    """The differences between two successive versions of an article.

    Args:
        at: when (UTC) the later version was added.
        metadata: the fields that differ, with their values before and after.
        removed, added: sentences, in order.
    """

    at: datetime
    metadata: dict[str, tuple[str | None, str | None]]
    removed: tuple[str, ...]
    added: tuple[str, ...]

    def as_dict(self) -> dict[str, Any]:
        """The correction in the command line's JSON."""
        return {
            "at": self.at.isoformat(),
            "known": {name: list(pair) for name, pair in self.metadata.items()},
            "removed": list(self.removed),
            "added": list(self.added),
        }


def find_corrections(article: Article, former: Sequence[FormerArticle]) -> list[Correction]:
    """The corrections of an article, latest first.

    Args:
        former: its earlier versions, latest first.
    """
    later = [article, *(version.article for version in former)]
    return [
        _correction(version.article, after, version.until)
        for version, after in zip(former, later, strict=False)
    ]


def _correction(before: Article, after: Article, at: datetime) -> Correction:
    old, new = _sentences(before), _sentences(after)
    removed: list[str] = []
    added: list[str] = []
    matcher = SequenceMatcher(a=old, b=new, autojunk=False)
    for tag, old_from, old_to, new_from, new_to in matcher.get_opcodes():
        if tag != "equal":
            removed += old[old_from:old_to]
            added += new[new_from:new_to]
    pairs = {name: (before.as_dict()[name], after.as_dict()[name]) for name in METADATA_FIELDS}
    metadata = {name: pair for name, pair in pairs.items() if pair[0] != pair[1]}
    return Correction(at, metadata, tuple(removed), tuple(added))


def _sentences(article: Article) -> list[str]:
    return [article.text[s.start : s.end] for s in split_sentences(article.text)]
