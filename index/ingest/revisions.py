"""What was corrected in an article, and when."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from difflib import SequenceMatcher
from typing import Any

from index.article import Article, FormerArticle
from index.sentences import split_sentences

KNOWN = ("title", "publisher", "author", "published", "url")


@dataclass(frozen=True, slots=True)
class Correction:
    """What differs between two versions of an article.

    Args:
        at: when (UTC) the later one came.
        known: what was known of the article before and after, by name, where that differs.
        removed, added: sentences, in order.
    """

    at: datetime
    known: dict[str, tuple[str | None, str | None]]
    removed: tuple[str, ...]
    added: tuple[str, ...]

    def as_dict(self) -> dict[str, Any]:
        """The correction as a line of JSON."""
        return {
            "at": self.at.isoformat(),
            "known": {name: list(pair) for name, pair in self.known.items()},
            "removed": list(self.removed),
            "added": list(self.added),
        }


def find_corrections(article: Article, former: Sequence[FormerArticle]) -> list[Correction]:
    """What each correction of an article changed, the last first.

    Args:
        former: what it said before, the last first.
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
    for what, old_from, old_to, new_from, new_to in matcher.get_opcodes():
        if what != "equal":
            removed += old[old_from:old_to]
            added += new[new_from:new_to]
    pairs = {name: (before.as_dict()[name], after.as_dict()[name]) for name in KNOWN}
    known = {name: pair for name, pair in pairs.items() if pair[0] != pair[1]}
    return Correction(at, known, tuple(removed), tuple(added))


def _sentences(article: Article) -> list[str]:
    return [article.text[s.start : s.end] for s in split_sentences(article.text)]
