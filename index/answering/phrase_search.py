"""Words and phrases as they stand in the articles, not as they are meant."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from index.article import Passage, cite
from index.store import Occurrence

QUOTED = re.compile(r"[\"“”„«»](?P<phrase>[^\"“”„«»]*)(?:[\"“”„«»]|$)|(?P<word>[^\s\"“”„«»]+)")


@dataclass(frozen=True, slots=True)
class Lookup:
    """What some words were found in.

    Args:
        total: how many sentences hold them.
        passages: some of these, newest article first, the words highlighted.
    """

    total: int
    passages: tuple[Passage, ...]

    def as_dict(self) -> dict[str, Any]:
        """What was found, for the command line's JSON."""
        passages = [passage.as_dict(number) for number, passage in enumerate(self.passages, 1)]
        return {"total": self.total, "passages": passages}


def passage_of(occurrence: Occurrence) -> Passage:
    """The sentence as a passage, with the words that were looked up highlighted."""
    article, sentence = occurrence.stored.article, occurrence.stored.sentence
    citation = cite(article, sentence.start, sentence.end, sentence)
    return Passage(sentence.start, sentence.end, 1.0, citation, occurrence.spans)


def parse_phrases(words: str) -> list[str]:
    """The words, and the phrases in quotation marks, that a sentence must hold, each once."""
    return list(dict.fromkeys(_phrases(words)))


def _phrases(words: str) -> Iterator[str]:
    for found in QUOTED.finditer(words.replace("\0", " ")):  # where SQLite would stop reading
        phrase = (found["phrase"] or found["word"] or "").strip()
        if any(character.isalnum() for character in phrase):
            yield phrase
