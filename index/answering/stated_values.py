"""Stated values: the figures and dates that passages give as an answer, with what they refer to.

Two sources differ only if they are about the same thing: a part is not the whole, a rate is not a
sum, a plan is not a result, and last year's count is not this year's.
"""

import re
from dataclasses import dataclass
from datetime import date

from index.answering.answer_values import DATE, agree, same_answer
from index.answering.coverage import cover
from index.article import Article, Passage
from index.text.lazy_pattern import lazy_pattern
from index.text.quantities import MONTH, Quantity, find_quantities
from index.text.sentence_splitter import sentence_spans
from index.text.similarity import DATE_WORDS, tokenize
from index.text.words import WORD

MAX_DAYS_APART = 300
"""Days between two articles that may report the same; what recurs often does so once a year."""

MAX_TEXT_LENGTH = 20_000
"""Characters of an article in which another article's value is searched for."""

CONTEXT_LENGTH = 60
"""Characters before and after a value that show what it refers to."""

MIN_TELLING = 100
"""The smallest count that is taken to be the same as an equal one elsewhere in an article, even if
another word follows."""

MIN_COVERED_WORDS = 0.6
"""The share of a question's content words, from 0 to 1, that an article about the same has."""

YEAR = lazy_pattern(r"\b(?:1[5-9]|20)\d\d\b")
PART_BEFORE = lazy_pattern(
    r"\b(?:first|last|other|another|further|additional|remaining|extra|only|including|among\sthem"
    r"|of\s(?:the|them|these|those|its|their|which|whom)\b[^.]{0,50},)\s(?:\w+\s)?\Z",
    re.IGNORECASE,
)
PART_AFTER = lazy_pattern(
    r"(?:\s[\w-]+){0,2}\sof\s(?:the|them|these|those|its|their|which|whom|whose)\b"
    r"|(?:\s[\w-]+)?\s(?:more|others?|extra|further|additional|fewer|less|each|apiece)\b",
    re.IGNORECASE,
)
"""These match what stands around a figure that counts a part, or a difference."""

FORMER_BEFORE = lazy_pattern(
    r"\b(?:from|instead\sof|previously|formerly|earlier|originally|initially|compared\s(?:with|to)"
    r"|up\son|down\son|rather\sthan|not(?!\suntil))\s(?:the\s)?(?:[\w-]+\s)?\Z",
    re.IGNORECASE,
)
"""Matches what stands before a figure that the sentence itself does not hold to be true now."""

RATE_AFTER = lazy_pattern(
    r"(?:\s[\w-]+){0,3}\s(?:(?:an?\s|per\s|each\s|every\s)(?P<unit>second|minute|hour|day|night|week"
    r"|month|year|season|person|head|household|pupil|passenger|visitor|mile|square|hectare)\b"
    r"|(?P<adverb>hourly|daily|nightly|weekly|monthly|yearly|annually)\b)",
    re.IGNORECASE,
)
SPAN = lazy_pattern(
    r"\b(?:(?:last|next|each|every|a|the|this|per)\s(?:century|decade|month|quarter|season|week)"
    r"|(?:in|over|within|during)\s(?:the\s)?(?:last|past|first|next)\s(?:\w+\s)?\w+"
    r"|(?:so\sfar|annual(?:ly)?|average|since)|every\sday|a\sday)\b",
    re.IGNORECASE,
)
"""Matches words for the time that a figure covers."""

PLANNED = lazy_pattern(
    r"\b(?:could|might|may|plan(?:s|ned)?|hope[sd]?|expect(?:s|ed)?|aim(?:s|ed)?|forecasts?"
    r"|predict(?:s|ed)?|fear(?:s|ed)?|propos(?:e[sd]?|al)|target|goal|up\sto|capacity)\b"
)
"""Matches words for plans and fears, as opposed to events."""

RELATIVE_YEARS = {"last year": -1, "this year": 0, "next year": 1}
MONTHS = lazy_pattern(rf"\b(?=[A-Z])(?i:{MONTH})")
NAME = lazy_pattern(r"(?<!^)(?<![.?!:“\"]\s)(?<![“\"])\b[A-Z]\w+")

ASKS_FOR_QUANTITY = lazy_pattern(
    r"\bhow\s(?:many|much|long|old|far|fast|high|tall|big|large|deep|wide|heavy|hot|cold)\b"
    r"|\b(?:number|percentage|percent|share|price|cost|fee|size|age|length|height|speed|toll|rate"
    r"|amount|population|temperature|salary|budget|value|total)\b",
    re.IGNORECASE,
)
ASKS_FOR_DATE = lazy_pattern(
    r"^(?:(?:and|so|but)\s)?when\b|\b(?:what|which)\s(?:date|day|month|year)\b", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class StatedValue:
    """A value that a passage states.

    Args:
        text: the value as it is highlighted, a slice of the article.
        quantity: the figure; None if the value is a date.
        sentence: the sentence that states it.
        start, end: where the figure or date stands in the sentence.
    """

    passage: Passage
    text: str
    quantity: Quantity | None
    sentence: str
    start: int
    end: int

    @property
    def article(self) -> Article:
        return self.passage.citation.article

    @property
    def is_whole(self) -> bool:
        """Whether it counts everything, and holds at the time of the article."""
        return not (
            _is_part(self.sentence, self.start, self.end)
            or FORMER_BEFORE.search(_before(self.sentence, self.start))
        )

    @property
    def years(self) -> set[int]:
        """The years that the rest of the sentence names."""
        rest = f"{self.sentence[: self.start]} {self.sentence[self.end :]}"
        named = {int(year) for year in YEAR.findall(rest)}
        published = self.article.published
        relative = [n for words, n in RELATIVE_YEARS.items() if words in rest.casefold()]
        return named | {published.year + n for n in relative if published}

    @property
    def coverage(self) -> tuple[object, ...]:
        """What the figure covers: the unit of a rate, months, other words for a span of time, and
        whether it is planned."""
        rest = f"{self.sentence[: self.start]} {self.sentence[self.end :]}"
        rate = RATE_AFTER.match(self.sentence, self.end) if self.quantity else None
        return (
            rate and (rate["unit"] or rate["adverb"]).casefold(),
            frozenset(month[:3] for month in MONTHS.findall(rest)) if self.quantity else None,
            frozenset(span.casefold() for span in SPAN.findall(rest)) if self.quantity else None,
            PLANNED.search(rest) is not None,
        )

    def has_unit_of(self, other: "StatedValue") -> bool:
        """Whether both are quantities of the same dimension, or both dates."""
        if self.quantity is None or other.quantity is None:
            return self.quantity is other.quantity
        return self.quantity.unit.base == other.quantity.unit.base

    def equals(self, other: "StatedValue") -> bool:
        if not self.has_unit_of(other):
            return False
        if self.quantity and other.quantity:
            return agree(self.quantity, other.quantity)
        return same_answer(self.text, other.text)


def find_value(question: str, passage: Passage) -> StatedValue | None:
    """The figure or date that a passage gives as the answer; None if the question asks for another
    thing or the passage gives several."""
    if len(passage.highlights) != 1:
        return None
    ((first, last),) = passage.highlights
    begin, end = next(
        (span for span in sentence_spans(passage.quote) if span[0] <= first < span[1]),
        (0, len(passage.quote)),
    )
    sentence, text = passage.quote[begin:end], passage.quote[first:last]
    first, last = first - begin, last - begin
    if ASKS_FOR_DATE.search(question):
        if dated := DATE.search(sentence, first, last) or YEAR.search(sentence, first, last):
            return StatedValue(passage, text, None, sentence, *dated.span())
    elif ASKS_FOR_QUANTITY.search(question):
        for quantity, (start, stop) in find_quantities(sentence):
            if start < last and first < stop:
                return StatedValue(passage, text, quantity, sentence, start, stop)
    return None


def are_comparable(question: str, one: StatedValue, other: StatedValue) -> bool:
    """Whether two articles' values answer the question about the same thing at the same time."""
    return (
        one.article.id != other.article.id
        and one.has_unit_of(other)
        and one.is_whole
        and other.is_whole
        and one.years == other.years
        and one.coverage == other.coverage
        and _are_near(one.article, other.article)
        and _is_about(question, one.article)
        and _is_about(question, other.article)
        and not (_own_names(one, other.article) and _own_names(other, one.article))
        and not _knows(one, other)
        and not _knows(other, one)
    )


def _before(sentence: str, start: int) -> str:
    return sentence[max(0, start - CONTEXT_LENGTH) : start]


def _is_part(text: str, start: int, end: int) -> bool:
    return bool(PART_AFTER.match(text, end) or PART_BEFORE.search(_before(text, start)))


def _are_near(one: Article, other: Article) -> bool:
    """Whether two articles were published within ``MAX_DAYS_APART``, as far as that is known."""
    if one.published is None or other.published is None:
        return True
    days = [date(day.year, day.month, day.day) for day in (one.published, other.published)]
    return abs((days[0] - days[1]).days) <= MAX_DAYS_APART


def _is_about(question: str, article: Article) -> bool:
    """Whether an article has the names and most other words of a question."""
    coverage = cover(question, f"{article.title}\n{article.text[:MAX_TEXT_LENGTH]}")
    return not coverage.missing_names and coverage.words >= MIN_COVERED_WORDS


def _own_names(value: StatedValue, other: Article) -> set[str]:
    """The names in the sentence of a value that another article does not have."""
    known = set(tokenize(f"{other.title} {other.publisher} {other.text[:MAX_TEXT_LENGTH]}"))
    names = {name.casefold() for name in NAME.findall(value.sentence)}
    return names - DATE_WORDS - known


def _knows(value: StatedValue, other: StatedValue) -> bool:
    """Whether the article of a value also has the other one: an older article as something else,
    a newer one as a part of its own."""
    if value.quantity is None or other.quantity is None:
        return False
    text = value.article.text[:MAX_TEXT_LENGTH]
    is_newer = _key(value.article) > _key(other.article)
    for quantity, (start, end) in find_quantities(text):
        if (quantity.low, quantity.high, quantity.unit) != (
            other.quantity.low,
            other.quantity.high,
            other.quantity.unit,
        ):
            continue
        follows = WORD.match(text, end + 1)
        followed = WORD.match(other.sentence, other.end + 1)
        is_same_noun = bool(follows and followed and follows[0] == followed[0])
        if quantity.low < MIN_TELLING and not is_same_noun:
            continue
        if not is_newer or _is_part(text, start, end):
            return True
    return False


def _key(article: Article) -> str:
    return article.published.isoformat()[:10] if article.published else ""
