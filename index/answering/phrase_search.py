"""Phrase search: words and phrases as they are written in the articles."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from index.article import Passage, cite
from index.scope import Scope
from index.store import PhraseMatch, Store
from index.text.surrogates import without_surrogates

QUOTED = re.compile(r"[\"“”„«»](?P<phrase>[^\"“”„«»]*)(?:[\"“”„«»]|$)|(?P<word>[^\s\"“”„«»]+)")


@dataclass(frozen=True, slots=True)
class Lookup:
    """The result of a phrase search.

    Args:
        total: the number of sentences that contain every phrase.
        passages: a page of them, newest article first, with the phrases highlighted.
    """

    total: int
    passages: tuple[Passage, ...]

    def as_dict(self) -> dict[str, Any]:
        """The result as the command line's JSON."""
        passages = [passage.as_dict(number) for number, passage in enumerate(self.passages, 1)]
        return {"total": self.total, "passages": passages}


def find_phrases(store: Store, words: str, scope: Scope, limit: int, offset: int) -> Lookup:
    """A page of the sentences that contain words and "exact phrases"; see ``Library.find``."""
    phrases = parse_phrases(without_surrogates(words))
    if not phrases:
        return Lookup(0, ())
    matches = store.phrases.matches(phrases, scope, limit, offset)
    return Lookup(store.phrases.count(phrases, scope), tuple(map(_passage, matches)))


def parse_phrases(words: str) -> list[str]:
    """The distinct words, and phrases in quotation marks, that a sentence must contain."""
    return list(dict.fromkeys(_phrases(words)))


def _phrases(words: str) -> Iterator[str]:
    for found in QUOTED.finditer(words.replace("\0", " ")):  # SQLite strings end at NUL
        phrase = (found["phrase"] or found["word"] or "").strip()
        if any(character.isalnum() for character in phrase):
            yield phrase


def _passage(match: PhraseMatch) -> Passage:
    """A matching sentence as a passage."""
    article, sentence = match.stored.article, match.stored.sentence
    citation = cite(article, sentence.start, sentence.end, sentence)
    return Passage(sentence.start, sentence.end, 1.0, citation, match.spans)
