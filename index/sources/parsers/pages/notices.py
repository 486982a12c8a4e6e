"""Notices on web pages: paragraphs about the page itself instead of news.

A notice speaks to the reader, or of "this page", about the site and its pages, or about access to
its articles. Words in quotation marks are somebody else's and do not count.
"""

import re
from dataclasses import dataclass

from . import words

MAX_NOTICE, MAX_SHORT_NOTICE = 400, 150
"""Characters of the longest notice in one paragraph, and of one that speaks to nobody."""
MIN_NOTICE, PART_WEIGHT = 2, 0.5
"""The score of a notice: 1 each for speaking to the reader, for speaking as the site, and for words
about the page, and the weight for each word that speaks of it only together with others."""

MIN_BLOCKING_NOTICE, OTHER_OFFER_SCORE = 1.25, -3
"""The blocking score from which a text is a notice, and that of an offer of something else."""

QUOTED = re.compile(r"[“\"„][^“”\"„]{1,300}[“”\"]|«[^«»]{1,300}»|»[^«»]{1,300}«")


@dataclass(frozen=True)
class Notice:
    """Whether and how a text speaks of the page that it is on.

    Args:
        is_notice: whether it is about the page or its site.
        is_spoken: whether it speaks to the reader, or as the site.
        blocking: see ``blocking_score``.
    """

    is_notice: bool
    is_spoken: bool
    blocking: float


NEWS = Notice(is_notice=False, is_spoken=False, blocking=0)
COPYRIGHT = Notice(is_notice=True, is_spoken=False, blocking=0)


def notice_in(text: str) -> Notice:
    """Whether and how a paragraph speaks of the page that it is on."""
    if text.startswith("©"):
        return COPYRIGHT
    if len(text) > MAX_NOTICE:
        return NEWS
    said = QUOTED.sub(" ", text)
    reader, this = _has(words.READER, said), _has(words.THIS, said)
    voice = reader + _has(words.SITE, said)
    if not (voice or this or len(said) <= MAX_SHORT_NOTICE):
        return NEWS
    subject, blocking = _subject(said), blocking_score(said)
    return Notice(
        is_notice=(voice > 0 and subject > 0 and voice + subject >= MIN_NOTICE)
        or (this and _has(words.GONE, said))
        or blocking >= MIN_BLOCKING_NOTICE
        or (blocking < 0 and (voice > 0 or _has(words.SUBSCRIPTION, said))),
        is_spoken=voice > 0,
        blocking=blocking,
    )


def blocking_score(said: str) -> float:
    """How much a text says that there is more to read for those who subscribe, register or log in,
    from 0; negative if it offers something else, such as a newsletter.

    The weights are those of a logistic regression on the labelled pages' tuned half, rounded.
    """
    if _has(words.OTHER_OFFER, said) or _has(words.METERED, said):
        return OTHER_OFFER_SCORE
    subscription = _has(words.SUBSCRIPTION, said)
    price = _has(words.PRICE, said)
    purchase = _has(words.PURCHASE, said)
    if not (subscription or price or purchase):
        return 0
    reading, rest, this, only, reader = (
        _has(one, said) for one in (words.READING, words.REST, words.THIS, words.ONLY, words.READER)
    )
    is_spoken = reader or _has(words.SITE, said)
    # Members, prices and accounts are in the news, too.
    if not (
        (subscription and (rest or this or (reading and (is_spoken or only))))
        or ((purchase or price) and (this or (rest and (reading or is_spoken))))
        or (purchase and price and reading and (is_spoken or only))
    ):
        return 0
    return (
        0.5 * subscription
        + 0.75 * reading
        + 0.75 * rest
        + 0.5 * this
        + 0.5 * reader
        + 0.5 * only
        + 0.5 * (price or _has(words.OFFER, said))
    )


def _subject(said: str) -> float:
    """How much a text is about the page or its site."""
    parts = {part.lower() for part in words.PAGE_PART.findall(said)}
    return _has(words.PAGE, said) + PART_WEIGHT * len(parts)


def _has(pattern: re.Pattern[str], said: str) -> bool:
    return pattern.search(said) is not None
