"""The date of publication that a short text states, such as a byline.

A date is of publication if a word says so, or if nothing around it is of a sentence or of something
else, such as an event.
"""

import re
from collections.abc import Iterator
from contextlib import suppress
from datetime import date

LANGUAGES = ["en", "de", "fr", "es", "pt", "it", "nl"]
"""The languages of dates and of the words around them, besides those of East Asia."""

MAX_TEXT_LENGTH = 120
"""Characters of the longest text that states a date, with the byline around it."""

MAX_DATE_LENGTH = 30
"""Characters of a text that is only a date."""

MAX_OTHER_WORDS = 10
"""Words around a date that is not said to be of publication, such as a place and an author."""

PUBLISHED = re.compile(
    r"\bpubli(?:sh|cad|cat|é|kat|zi)|\bpubblicat|\bposted|\bposté|mis en ligne|veröffentlicht"
    r"|erschienen|verfasst|geschrieben|eingestellt|gespeichert|gepubliceerd|geplaatst"
    r"|submitted|soumis par|enviado por|inviato da"
    r"|发布|發[布佈]|公開|掲載|配信|입력|등록|게시",
    re.IGNORECASE,
)
MODIFIED = re.compile(
    r"updat|modif|revis|edited|changed|actuali[sz]|aktuali|geändert|bearbeitet|mis à jour"
    r"|aggiornat|bijgewerkt|更新|修[改正]|수정",
    re.IGNORECASE,
)
"""Words that say what happened on a date."""

NOT_OF_PUBLICATION = frozenset(
    """
    as stand version start starts begin begins beginn beginnt end ends ende endet event termin foto
    fotos photo photos bild image copyright born died geboren gestorben valid gültig since seit
    until bis deadline edition release rev
    """.split()
)
"""Words beside dates of something else."""

SMALL_WORDS = frozenset(
    "a am an at at and by da das de del der di do du el em en et il in la le les of on par por the"
    " um uhr und van vom von".split()
)
"""Words in small letters that may stand beside a date and a byline."""

YEAR = re.compile(r"(?:19|20)\d\d")
DAY = re.compile(r"(?<!\d)(?:0?[1-9]|[12]\d|3[01])(?!\d)")
TIME = re.compile(r"\b\d{1,2}[:.h]\d\d(?::\d\d)?")
CLOCK = re.compile(
    r"\b(?:um|à|alle|kl\.|om|at|às|ore)\s\d{1,2}(?:\s?[:.h]\s?\d{0,2})?(?:\s?(?:Uhr|uur|h|[ap]\.?m\.?)"
    r"(?![^\W\d_]))?"
    r"|\b\d{1,2}(?:[:.]\d\d)?\s?(?:Uhr|uur|h|[ap]\.?m\.?|時)(?![^\W\d_])",
    re.IGNORECASE,
)
"""A time of day in words, which dateparser does not know in all languages."""

LABEL = re.compile(f"{PUBLISHED.pattern}|{MODIFIED.pattern}", re.IGNORECASE)
YEAR_FIRST = re.compile(
    r"(?<!\d)(\d{4})\s?[-/.年년]\s?(\d\d?)\s?[-/.月월]\s?(\d\d?)(?!\d)\s?[日일]?"
)
"""A date as it is written in East Asia."""

AMBIGUOUS = re.compile(r"(?<!\d)(0?[1-9]|1[0-2])/(?!0?\1/)(?:0?[1-9]|1[0-2])/\d{4}")
"""A date that is read differently in the United States."""

WORD = re.compile(r"[^\W\d_]+")
SEPARATOR = re.compile(r"\s[|•·–—-]\s")


def may_state_date(text: str) -> bool:
    """Whether a text is short and has the numbers of a date; looking for one takes milliseconds."""
    return (
        len(text) <= MAX_TEXT_LENGTH
        and YEAR.search(text) is not None
        and DAY.search(text) is not None
    )


def stated_date(text: str, language: str) -> str | None:
    """The date of publication that a short text states; None if it states none or several.

    Args:
        language: the page's, in small letters; "" if it is not known.
    """
    if not may_state_date(text):
        return None
    if language in ("", "en") and AMBIGUOUS.search(text):
        return None
    text = CLOCK.sub("", next(filter(YEAR.search, SEPARATOR.split(text))))
    published, others, end, rest = [], [], 0, ""
    for day, start, after in _dates(text, language):
        before, end = text[end:start], after
        said = [bool(PUBLISHED.match(word[0])) for word in LABEL.finditer(before)]
        rest += before
        if not said:
            others.append(day)
        elif said[-1]:
            published.append(day)
    rest += text[end:]
    if published:
        return published[0]
    if not end and len(text) <= MAX_DATE_LENGTH:
        return text  # which may be a date in a form that dateparser does not know
    if len(set(others)) != 1 or MODIFIED.search(rest):
        return None
    return others[0] if PUBLISHED.search(rest) or _is_byline(rest) else None


def _dates(text: str, language: str) -> Iterator[tuple[str, int, int]]:
    """The complete dates in a text, in ISO 8601, with their starts and ends."""
    for found in YEAR_FIRST.finditer(text):
        with suppress(ValueError):
            yield date(*map(int, found.groups())).isoformat(), *found.span()
            return
    from dateparser.search import search_dates

    order = "MDY" if language == "en-us" else "DMY"
    settings = {
        "REQUIRE_PARTS": ["day", "month", "year"],
        "DATE_ORDER": order,
        "PARSERS": ["absolute-time"],  # "10 h" is no time ago
    }
    start = 0
    for words, moment in search_dates(text, languages=LANGUAGES, settings=settings) or ():
        start = text.find(words, start)
        yield moment.date().isoformat(), start, start + len(words)
        start += len(words)


def _is_byline(text: str) -> bool:
    """Whether words beside a date are such as a place and an author, and not of a sentence."""
    words = WORD.findall(TIME.sub("", text))
    return (
        len(words) <= MAX_OTHER_WORDS
        and not any(character.isdigit() for character in TIME.sub("", text))
        and NOT_OF_PUBLICATION.isdisjoint(word.lower() for word in words)
        and all(word in SMALL_WORDS or not word[0].islower() for word in words)
    )
