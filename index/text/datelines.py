"""Wire datelines at the start of a story: ``WASHINGTON (Realist English).``

A dateline names the place and the publisher, and is not a sentence of the article.
"""

import re
from dataclasses import dataclass
from functools import lru_cache


@dataclass(frozen=True, slots=True)
class Dateline:
    """A dateline: ``text[:end]``, with its separator and the white space after it."""

    place: str
    publisher: str | None
    end: int


_UPPER = r"[^\W\d_a-zß-öø-ÿ][^\W\d_a-zß-öø-ÿ.'’-]+"
_CITY_UPPER = rf"{_UPPER}(?:[ /]{_UPPER}){{0,4}}"
_WORD = r"(?:[^\Wa-z\d_][\w.'’-]*|[^\W\d_][\w'’-]*)"  # "St.", "de"; "late." ends a sentence
_CITY_ANY = rf"(?=[^\Wa-z\d_]){_WORD}(?: {_WORD}){{0,4}}"
_REGION = rf"(?:, {_WORD}(?: {_WORD}){{0,3}})?"
_DAY = r"(?:, (?:[A-Z][a-z]{2,8}\.? \d{1,2}|\d{1,2} [A-Z][a-z]{2,8}\.?)(?:,? \d{4})?)?"
_AGENCY = r"\((?P<publisher>[^\Wa-z\d_][^()\n]{1,59})\)"

_STORY = r"(?=[^\w\s]*[^\Wa-z_])"
"""A sentence follows: a capital or a digit, in quotation marks or not."""

# With an agency in brackets, any capitalized place and any separator are accepted; without one,
# only a place in capitals and a dash are certain not to be the story's first words.
_WITH_AGENCY = re.compile(
    rf"^\s*(?P<place>(?:{_CITY_UPPER}|{_CITY_ANY}){_REGION}){_DAY} {_AGENCY}\s?[.:—–-]+\s+{_STORY}"
)
_WITHOUT_AGENCY = re.compile(
    rf"^\s*(?P<place>{_CITY_UPPER}{_REGION}){_DAY}\s?(?:—|–|--|- )\s*{_STORY}"
)


@lru_cache(maxsize=64)
def find_dateline(text: str) -> Dateline | None:
    """The dateline at the start of ``text``, or None.

    >>> find_dateline("WASHINGTON (Realist English). The United States will send troops.")
    Dateline(place='WASHINGTON', publisher='Realist English', end=30)
    """
    head = text[:200]
    found = _WITH_AGENCY.match(head) or _WITHOUT_AGENCY.match(head)
    if found is None or found.end() >= len(text.rstrip()):
        return None
    publisher = found.groupdict().get("publisher")
    return Dateline(found["place"], publisher.strip() if publisher else None, found.end())
