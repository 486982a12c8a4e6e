"""Highlights: from the reader's span to the words shown in bold."""

import re
from collections.abc import Iterator

from index.answering.question_grammar import AUXILIARIES
from index.text.lazy_pattern import lazy_pattern

YES_NO_QUESTION = lazy_pattern(
    r"^(?:is|are|was|were|am|do|does|did|has|have|had|will|would|can|could|shall|should|may|might"
    r"|must|isn['’]t|aren['’]t|wasn['’]t|weren['’]t|don['’]t|doesn['’]t|didn['’]t|hasn['’]t"
    r"|haven['’]t|won['’]t|can['’]t)\b(?!.*\bor\b)",
    re.IGNORECASE,
)
NOUN_WORD = rf"(?!(?:this|{'|'.join(sorted(AUXILIARIES))})\b)\w+"
LIST_QUESTION = lazy_pattern(
    rf"\b(?:which|what|whose|name|list)\s+(?:{NOUN_WORD}\s+){{0,3}}?(?={NOUN_WORD})\w+[^s\W]s\b"
    r"|\bwho\s+(?:are|were)\b|\bwhat\s+(?:are|were)\b",
    re.IGNORECASE,
)
"""Matches questions that ask for several things: "which countries", "who were"."""

CLAUSE_END = lazy_pattern(
    r"[;:—–]\s|\s[—–-]\s|,\s+(?=(?:and|but|or|while|though|although|as)\b)|[()]"
)
ATTRIBUTION = lazy_pattern(
    r"\b(?:sa(?:id|ys|ying)|(?:stat|add|announc|confirm|insist|stress|warn|not|claim|argu|explain)"
    r"(?:ed|ing))\s+(?:that\s+)?"
)
"""Matches what stands before what somebody said."""

TRAILING_ATTRIBUTION = lazy_pattern(
    r",\s+(?:[^,;]{1,60}\s)?(?:said|says|added|told|stated|adding|saying|noting|according\s+to)\b"
)
NAME = lazy_pattern(r"(?:the\s+)?[^\W_a-z]")
QUALIFIER = lazy_pattern(
    r"\b(?:about|around|roughly|approximately|nearly|almost|(?:an\s+)?estimated|close\s+to|up\s+to"
    r"|at\s+(?:least|most)|(?:more|less|fewer)\s+than|(?:just\s+)?(?:over|under)"
    r"|as\s+(?:many|much|few|little)\s+as)\s+\Z",
    re.IGNORECASE,
)
"""Matches words that must be highlighted with the number after them."""

QUANTITY = lazy_pattern(
    r"[$€£¥]?\d|(?:an?\s+)?(?:half|dozens?|hundreds?|thousands?|millions?|billions?)\b"
    r"|(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve"
    r"|(?:thir|four|fif|six|seven|eigh|nine)teen|(?:twen|thir|for|fif|six|seven|eigh|nine)ty)\b",
    re.IGNORECASE,
)
ABBREVIATION_END = lazy_pattern(r"\.(?=\s+\w|-\w|,)")
"""Matches a full stop inside a sentence, which belongs to the word before it."""

SEPARATOR = lazy_pattern(
    r"(?:(?<!\s)\s++)?[,;]\s++(?:(?:and|or|as well as)\s++)?"
    r"|(?<!\s)\s++(?:and|or|as well as)\s++"
)
ITEM_LEAD_IN = lazy_pattern(
    r"(?:(?:and|or|also|possibly|perhaps|probably|maybe|even|both|either|including|plus)\s+)+",
    re.IGNORECASE,
)
MAX_ITEM_WORDS = 6
"""Words of a list item; a sentence with longer parts between commas is not a list."""

QUALIFIER_WINDOW = 30
"""Characters before a number in which a qualifier is searched for."""

Span = tuple[int, int]


def highlight(question: str, sentence: str, span: Span) -> tuple[Span, ...]:
    """The non-empty spans of a sentence to highlight, in order, not overlapping.

    A question for several things gets each item of a list, a yes-no question the clause that
    decides it.

    Args:
        span: the ``(start, end)`` characters of the answer.
    """
    start, end = _whole_words(sentence, *span)
    if YES_NO_QUESTION.match(question.strip()):
        return _if_not_empty(_trimmed(sentence, *_clause(sentence, start, end)))
    if LIST_QUESTION.search(question) and len(items := _items(sentence, start, end)) > 1:
        return items
    return _if_not_empty(_qualified(sentence, *_trimmed(sentence, start, end)))


def _if_not_empty(span: Span) -> tuple[Span, ...]:
    return (span,) if span[0] < span[1] else ()


def _whole_words(text: str, start: int, end: int) -> Span:
    """The span extended to complete words and the signs that belong to a number."""
    while 0 < start < len(text) and _joined(text[start - 1], text[start]):
        start -= 1
    while 0 < end < len(text) and _joined(text[end - 1], text[end]):
        end += 1
    if start and text[start - 1] in "$€£¥#" and text[start : start + 1].isdigit():
        start -= 1
    if text[end : end + 1] in ("%", "°"):
        end += 1
    return start, end


def _qualified(text: str, start: int, end: int) -> Span:
    """The span extended by the qualifier of the number that it starts with."""
    if start < end and QUANTITY.match(text, start):
        qualifier = QUALIFIER.search(text, max(0, start - QUALIFIER_WINDOW), start)
        start = qualifier.start() if qualifier else start
    return start, end


def _joined(one: str, other: str) -> bool:
    return one.isalnum() and other.isalnum()


def _trimmed(text: str, start: int, end: int) -> Span:
    """The span without surrounding white space and punctuation, except matching brackets and
    quotation marks."""
    while start < end and not (text[start].isalnum() or text[start] in "$€£¥#\"“‘'("):
        start += 1
    while end > start and not (text[end - 1].isalnum() or text[end - 1] in "%°\"”’')"):
        end -= 1
    for opening, closing in ("()", "“”", '""'):
        inside = text[start:end]
        if inside.startswith(opening) and closing not in inside[1:]:
            start += 1
        elif inside.endswith(closing) and opening not in inside[:-1]:
            end -= 1
    if not any(c.isalnum() for c in text[start:end]):
        return start, start
    return start, end + bool(ABBREVIATION_END.match(text, end))


def _clause(text: str, start: int, end: int) -> Span:
    """The clause around a span, without its attribution ("officials said")."""
    begins = (
        m.end() for p in (CLAUSE_END, ATTRIBUTION) for m in p.finditer(text) if m.end() <= start
    )
    ends = (
        m.start()
        for p in (CLAUSE_END, TRAILING_ATTRIBUTION)
        for m in p.finditer(text)
        if m.start() >= end
    )
    return max(begins, default=0), min(ends, default=len(text))


def _items(text: str, start: int, end: int) -> tuple[Span, ...]:
    """The items of the list that a span is or starts; empty if it is not a list."""
    items: list[Span] = []
    for first, last in _pieces(text, start):
        in_span = first < end
        if in_span and end < last:  # the list ends where the span does
            last = end
        lead = ITEM_LEAD_IN.match(text, first, last)
        item = _trimmed(text, lead.end() if lead else first, last)
        short = item[0] < item[1] and len(text[slice(*item)].split()) <= MAX_ITEM_WORDS
        if in_span and not short:
            return ()
        if not in_span and not (short and NAME.match(text, item[0])):
            break
        items.append(item)
        if last == end and not SEPARATOR.match(text, end):
            break
    return tuple(items)


def _pieces(text: str, start: int) -> Iterator[Span]:
    """The parts between the separators of a list."""
    for separator in SEPARATOR.finditer(text, start):
        yield start, separator.start()
        start = separator.end()
    yield start, len(text)
