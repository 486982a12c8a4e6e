"""Wire datelines at the start of a story: ``WASHINGTON (Realist English).``

A dateline names the place and the publisher, and is not a sentence of the article.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from index.text.boilerplate import may_stand_above
from index.text.boilerplate_labels import HEADLINE_LABELS, MEDIA_LABELS
from index.text.lazy_pattern import lazy_pattern

MAX_LENGTH = 200
"""Characters in which a dateline and the first character of the story must be."""

MIN_PLACE = 4
"""Characters of the shortest place that is recognized without an agency."""

MAX_LINES_ABOVE = 8
"""Lines above the story, such as bylines, after which a dateline is looked for."""


@dataclass(frozen=True, slots=True)
class Dateline:
    """A dateline: ``text[start:end]``, with its separator and the white space after it.

    Args:
        place: None if it names only the publisher.
    """

    place: str | None
    publisher: str | None
    start: int
    end: int


_UPPER = r"[^\W\d_a-zß-öø-ÿ](?:[^\W\d_a-zß-öø-ÿ]|['’.-])+"
_CITY_UPPER = rf"{_UPPER}(?:[ /]{_UPPER}){{0,4}}"
_WORD = r"(?:[^\Wa-z\d_][\w.'’-]*|[^\W\d_][\w'’-]*)"  # "St.", "de"; "late." ends a sentence
_CITY_ANY = rf"(?=[^\Wa-z\d_]){_WORD}(?: {_WORD}){{0,4}}"
_NAME = r"[^\W\d_a-zß-öø-ÿ][\w.'’-]*"
_CITY_NAME = rf"{_NAME}(?: (?:d[aeiou]|de[lrs]|la|le|on|upon|sur|am)){{0,2}}(?: {_NAME}){{0,3}}"
_REGION = rf"(?:, {_WORD}(?: {_WORD}){{0,3}})?"
_DATE = r"(?:[A-Z][a-z]{2,8}\.? \d{1,2}|\d{1,2} (?:de )?[A-Za-z]{3,10}\.?)(?:,? \d{4})?"
_DAY = rf"(?:, {_DATE})?"
_AGENCY = r"\((?P<publisher>[^\Wa-z\d_][^()\n]{1,59})\)"
_KNOWN_AGENCY = (
    r"(?P<publisher>CNN(?: Business| en Español| Sport)?|Reuters|AP|AFP|UPI|EFE|ANSA|DPA|dpa|sda"
    r"|SDA|apa|APA|epd|KNA|AAP|ANI|PTI|IANS|NPR|BBC(?: News)?|VOA|TASS|Xinhua|Kyodo|Yonhap"
    r"|Bloomberg|Lusa|Belga|Interfax|(?:The )?Associated Press|(?:ABC|CBS|NBC|Fox|AP) News)"
)

_STORY = r"(?=[^\w\s]*[^\Wa-z_])"
"""A sentence follows: a capital or a digit, in quotation marks or not."""

# With an agency in brackets, any capitalized place and any separator are accepted; with a known
# agency, also no place, no brackets or no separator. Without one, only a place in capitals and a
# dash are certain not to be the story's first words.
_WITH_AGENCY = lazy_pattern(
    rf"^(?P<place>(?:{_CITY_UPPER}|{_CITY_ANY}){_REGION}){_DAY} {_AGENCY}\s?[.:—–-]+\s+{_STORY}"
)
_WITH_KNOWN_AGENCY = lazy_pattern(
    rf"^(?:(?:(?P<place>{_CITY_NAME}{_REGION}){_DAY}|{_DATE}) )?"
    rf"\({_KNOWN_AGENCY}\)\s?[.:—–-]*\s{{0,3}}{_STORY}"
)
_WITHOUT_BRACKETS = lazy_pattern(
    rf"^(?:(?P<place>{_CITY_NAME}{_REGION}){_DAY},?[ \n])?"
    rf"{_KNOWN_AGENCY}\s{{0,3}}(?:—|–|--|- )\s{{0,3}}{_STORY}"
)
_WITHOUT_AGENCY = lazy_pattern(
    rf"^(?P<place>{_CITY_UPPER}{_REGION}){_DAY}\s?(?:—|–|--|- )\s*{_STORY}"
)
_PATTERNS = (_WITH_AGENCY, _WITH_KNOWN_AGENCY, _WITHOUT_BRACKETS, _WITHOUT_AGENCY)

SPACE = lazy_pattern(r"\s+")

NO_PLACES = (HEADLINE_LABELS | MEDIA_LABELS) | frozenset(
    "breaking correction exclusive factbox file live news note photo review update updated".split()
)
"""Labels that stand before a dash and are no places, in lower case."""


@lru_cache(maxsize=64)
def find_dateline(text: str) -> Dateline | None:
    """The dateline at the start of ``text``, or below its byline and the like; None without one.

    >>> find_dateline("WASHINGTON (Realist English). The United States will send troops.")
    Dateline(place='WASHINGTON', publisher='Realist English', start=0, end=30)
    """
    for start in _possible_starts(text):
        found = _match(text, start)
        if found and _names_place(found):
            return found
    return None


def _names_place(found: Dateline) -> bool:
    """Whether the words before the dash can be a place; without a publisher, "IMF" is none."""
    if found.place is None:
        return True
    is_long = found.publisher is not None or len(found.place) >= MIN_PLACE
    return is_long and found.place.casefold() not in NO_PLACES


def omitted_span(text: str) -> tuple[int, int]:
    """The ``(start, end)`` of what no sentence of a text needs to contain: its dateline, or what
    earlier versions took for one, such as "FILE — "."""
    first = _match(text, _after_space(text, 0))
    found = find_dateline(text) or first
    return (found.start, found.end) if found else (0, 0)


def _possible_starts(text: str) -> Iterator[int]:
    """The starts of the first line and of those that follow nothing but lines above a story."""
    end = -1
    for _ in range(MAX_LINES_ABOVE):
        start = _after_space(text, end + 1)
        yield start
        end = text.find("\n", start)
        if end < 0 or not may_stand_above(" ".join(text[start:end].split())):
            return


def _after_space(text: str, start: int) -> int:
    space = SPACE.match(text, start)
    return space.end() if space else start


def _match(text: str, start: int) -> Dateline | None:
    head = text[start : start + MAX_LENGTH]
    found = next((match for pattern in _PATTERNS if (match := pattern.match(head))), None)
    if found is None or start + found.end() >= len(text.rstrip()):
        return None
    publisher = found.groupdict().get("publisher")
    end = start + found.end()
    return Dateline(found["place"], publisher.strip() if publisher else None, start, end)


def place_spans(text: str) -> list[tuple[int, int]]:
    """The ``(start, end)`` of each place in a text's dateline: of KENDARI and of Indonesia in
    "KENDARI, Indonesia (Celebes Wire)"."""
    found = find_dateline(text)
    if found is None or found.place is None:
        return []
    position, spans = text.index(found.place, found.start), []
    for part in found.place.split(", "):
        spans.append((position, position + len(part)))
        position += len(part) + len(", ")
    return spans
