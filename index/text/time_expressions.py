"""Time expressions in English text: "last week", "since Monday", "in March 2025", "before 2024".

TIMEX3 calls such words deictic if they mean something only on the day on which they are said
("yesterday", "Monday"), and absolute if not ("March 2025"): Pustejovsky et al., "TimeML: Robust
Specification of Event and Temporal Expressions in Text", 2003. This finds them with a grammar, and
leaves the reading of a single date to dateparser.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from index.text.dates import parse_date
from index.text.lazy_pattern import lazy_pattern

DAY = timedelta(days=1)

YEAR = r"(?:1\d|20)\d\d"
LONG_MONTH = "January|February|March|April|May|June|July|August|September|October|November|December"
MONTH = rf"(?:{LONG_MONTH}|(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)\b\.?)"
DAY_OF_MONTH = r"(?:0?[1-9]|[12]\d|3[01])(?:st|nd|rd|th)?"
WEEKDAY = "(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day"
UNIT = "week|month|year"
WITHIN = "in|during|over|within|throughout"
COUNT = r"\d{1,3}|an?|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve"
VAGUE_COUNTS = {"couple of": "3", "few": "7", "several": "7"}
"""Upper limits for counts that are not exact."""

FULL_DATE = (
    rf"(?:\d{{4}}-\d\d-\d\d|(?:the\ )?{DAY_OF_MONTH}\ (?:of\ )?{MONTH}(?:,?\ {YEAR})?"
    rf"|{MONTH}\ {DAY_OF_MONTH}(?:,?\ {YEAR})?)"
)
MONTH_OR_YEAR = (
    rf"(?:(?:early|mid|late)[ -])?(?:{MONTH},?\ {YEAR}|(?:{LONG_MONTH})|(?:the\ year\ )?{YEAR})"
)

FOLLOWED = r"""(?=['’]s\b|[\s)”"’]*(?:$|[?.!,;:()]|[–—]|\s(?:
    about|above|across|after|against|along|amid|among|and|around|as|at|because|before|behind|below
    |beside|between|but|by|concerning|despite|down|during|except|for|from|how|if|inside|into|in|like
    |near|off|onto|on|or|out|outside|over|regarding|since|so|than|through|throughout|till|toward
    |towards|to|under|until|upon|up|via|what|when|where|which|while|who|whom|whose|why|within
    |without|with|the|an?|his|her|its|their|our|my|your|this|that|these|those|he|she|it|they|we|you
    |there)\b))"""
"""What follows a date that stands alone: the end of a clause or a function word, but no noun, which
would make it a part of a name or of a quantity ("on Friday prayers", "in 2000 homes")."""

EXPRESSION = lazy_pattern(
    rf"""(?<![\w'’-])(?:
    (?:between\ (?P<from>{FULL_DATE}|{MONTH_OR_YEAR})\ and
        |from\ (?P<from_>{FULL_DATE}|{MONTH_OR_YEAR})\ (?:to|until|till|through))
        \ (?P<to>{FULL_DATE}|{MONTH_OR_YEAR}){FOLLOWED}
    |(?:(?P<bound>since|after|before|until|till|up\ to)
        \ (?P<bounding>{FULL_DATE}|{MONTH_OR_YEAR})
        |on\ (?P<on>{FULL_DATE})
        |(?:{WITHIN})\ (?P<in>{MONTH_OR_YEAR})
        |last\ (?P<last_month>{LONG_MONTH})){FOLLOWED}
    |(?:(?P<weekday_bound>since|after|before|until|till)\ (?:last\ )?|on\ |(?P<last_weekday>last\ ))
        (?P<weekday>{WEEKDAY})(?:\ (?:morning|afternoon|evening|night))?{FOLLOWED}
    |(?:(?:(?P<deictic_bound>since|after|before|until|till)
            |(?:{WITHIN}|from|of|by)(?!\ (?:\w+\ )?\w+['’]s\b))\ )?(?:
        (?P<today>today|tonight|this\ (?:morning|afternoon|evening))
        |(?P<yesterday>yesterday|last\ night)
        |this\ (?P<this>{UNIT})
        |last\ (?P<last>{UNIT})
        |(?P<ago>(?:{COUNT})\ (?:day|week|month)s?\ ago))(?![\w-])(?!\ of\b)
    |(?:(?:{WITHIN})\ )?(?:(?:the|these)\ (?:last|past)|past)
        \ (?P<count>{COUNT}|{"|".join(VAGUE_COUNTS)})
        \ (?P<counted>hour|day|week|month|year)s?\b(?!\ of\b)
    |(?:{WITHIN})\ the\ (?:last|past)\ (?P<past>hour|day|week|month|year)\b(?!\ of\b)
    )""",
    re.IGNORECASE | re.VERBOSE,
)

DETERMINER = lazy_pattern(
    r"(?:\b(?:the|his|her|its|their|our|my|your|an?|every|each|very)|['’]s)\s+$", re.IGNORECASE
)
"""Before "last week", this makes it the final one ("her last year")."""

COMPARISON = lazy_pattern(
    r"\b(?:than|as|like|versus|vs\.?|against|compared (?:to|with))\s+(?:for\s+|in\s+)?$",
    re.IGNORECASE,
)
"""Before an expression, this makes it a standard of comparison ("higher than last year")."""

DURATION = lazy_pattern(r"\b(?:for|of)\s+$", re.IGNORECASE)
"""Before "the last three years", this makes them a duration."""

QUOTED = lazy_pattern(r"“[^“”]*”|\"[^\"]*\"|«[^«»]*»")

EDGE_LEAD = lazy_pattern(r"^(?:the year|the|early|mid|late)[ -]", re.IGNORECASE)

A_YEAR = lazy_pattern(rf"\b{YEAR}\b")


@dataclass(frozen=True, slots=True)
class TimeExpression:
    """A time expression and the days that it means.

    Args:
        start, end: its words are ``text[start:end]``.
        first, last: the days, both included; None: without a limit. Never both None.
        is_deictic: whether it depends on the day on which it is said.
        is_past: whether its words say that it has passed, as those of "last week" do, and those of
            "on Monday" or "in March" do not.
        bound: "since", "after", "before" or "until"; "" for a period named itself.
    """

    start: int
    end: int
    first: date | None
    last: date | None
    is_deictic: bool
    is_past: bool
    bound: str = ""


def find_time_expressions(text: str, now: datetime) -> Iterator[TimeExpression]:
    """The time expressions in a text, in order, without those in quotation marks, in names and in
    comparisons.

    Args:
        now: the time at which the text is said. A weekday, or a date without its year, is the last
            one before.
    """
    quoted = [match.span() for match in QUOTED.finditer(text)]
    for match in EXPRESSION.finditer(text):
        if any(start < match.start() < end for start, end in quoted) or not _stands_alone(match):
            continue
        bound = next((word.lower() for word in _bounds(match) if word), "")
        try:
            days = _days(match, now)
            limited = _limit(days, bound) if days else None
        except OverflowError:  # it leaves the calendar: "before 0001-01-01"
            continue
        if limited:
            yield TimeExpression(
                *match.span(), *limited, _is_deictic(match), _is_past(match, bound), bound
            )


def _stands_alone(match: re.Match[str]) -> bool:
    """Whether the words around an expression, and its capitals, let it be one."""
    before = match.string[: match.start()]
    if COMPARISON.search(before):
        return False
    if match["count"] and DURATION.search(before):
        return False
    final = match["last"] or match["last_weekday"] or match["last_month"]
    if final and not match["deictic_bound"] and DETERMINER.search(before):
        return False
    # "USA Today", "Last Week Tonight"
    fixed = any(match[name] for name in ("today", "yesterday", "this", "last"))
    in_sentence = before.rstrip()[-1:] not in ("", ".", "?", "!")
    is_title = not match[0].islower() and in_sentence and not match.string.isupper()
    return not (fixed and is_title)


def _bounds(match: re.Match[str]) -> tuple[str | None, ...]:
    return match["bound"], match["weekday_bound"], match["deictic_bound"]


def _is_deictic(match: re.Match[str]) -> bool:
    absolute = ("to", "bounding", "on", "in", "last_month")
    return not any(match[name] for name in absolute)


def _is_past(match: re.Match[str], bound: str) -> bool:
    past = ("yesterday", "last", "ago", "count", "past", "last_weekday", "last_month")
    has_year = A_YEAR.search(match[0]) is not None
    return bound == "since" or has_year or any(match[name] for name in past)


def _limit(days: tuple[date, date | None], bound: str) -> tuple[date | None, date | None] | None:
    """The days since, after, before or until a period."""
    first, last = days
    match bound:
        case "since":
            return first, None
        case "after":
            return (last + DAY, None) if last else None
        case "before":
            return None, first - DAY
        case "until" | "till" | "up to":
            return (None, last) if last else None
    return first, last


def _days(match: re.Match[str], now: datetime) -> tuple[date, date | None] | None:
    """The first and the last day of the period that an expression names, apart from its bound;
    None for a day that there is not ("31 June")."""
    if to := match["to"]:
        last = _edges(to, now)
        if last is None or last[1] is None:
            return None
        # The latest one before the end: "between November and March", "March and May 2025".
        first = _edges(match["from"] or match["from_"], datetime.combine(last[1], time.max))
        return (first[0], last[1]) if first and first[0] <= last[1] else None
    if absolute := match["bounding"] or match["on"] or match["in"]:
        return _edges(absolute, now)
    if month := match["last_month"]:
        return _edges(month, now.replace(day=1) - DAY)
    if weekday := match["weekday"]:
        return _edges(weekday, now)
    if match["today"]:
        return now.date(), now.date()
    if match["yesterday"]:
        return now.date() - DAY, now.date() - DAY
    if unit := match["this"] or match["last"]:
        ago = "0" if match["this"] else "1"
        return _unit_edges(f"{ago} {unit}s ago", now)
    if ago := match["ago"]:
        return _unit_edges(ago, now)
    count, unit = match["count"] or "1", match["counted"] or match["past"]
    count = VAGUE_COUNTS.get(count.lower(), count)
    since = parse_date(f"{count} {unit}s ago", now, "current")
    return (since, None) if since else None


def _edges(words: str, now: datetime) -> tuple[date, date | None] | None:
    """The first and the last day of the day, month or year that words name."""
    words = EDGE_LEAD.sub("", words)
    first, last = parse_date(words, now, "first"), parse_date(words, now, "last")
    return (first, last) if first and last else None


def _unit_edges(ago: str, now: datetime) -> tuple[date, date | None] | None:
    """The first and the last day of the day, week, month or year that was some time ago."""
    edges = _edges(ago, now)
    if edges and "week" in ago.lower():
        monday = edges[0] - edges[0].weekday() * DAY
        return monday, monday + 6 * DAY
    return edges
