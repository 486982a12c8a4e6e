"""Boilerplate: the sentences of an article that are not of its story.

They are bylines, time stamps, teasers of other stories, prompts to follow or subscribe, names of
contributors, notices about the article itself, captions and credits, advertisements, copyright
notices, and buttons. A sentence of the story that is taken for one of them answers no question any
more, so that only certain signs count.
"""

import re
from collections.abc import Mapping, Sequence

from index.text.boilerplate_labels import (
    BUTTONS,
    HEADLINE_LABELS,
    LINE_LABELS,
    MEDIA_LABELS,
    STAMP_LABELS,
    STAMP_WORDS,
)
from index.text.boilerplate_patterns import (
    AGENCY_CREDIT,
    BYLINE,
    CONTRIBUTED,
    COPYRIGHT_SIGN,
    CREDIT_END,
    EMAIL,
    EMPLOYER,
    HEAD_CREDIT,
    LINE_PATTERNS,
    PICTURE_CREDIT,
    READING_TIME,
    SENTENCE_PATTERNS,
    TAIL_CREDIT,
)
from index.text.lazy_pattern import lazy_pattern
from index.text.paragraphs import without_marker

MAX_LINE = 300
"""Characters of the longest paragraph that can be boilerplate as a whole."""

MAX_SENTENCE = 400
"""Characters of the longest sentence that can be boilerplate."""

MAX_CREDIT = 120
"""Characters of the longest credit of a picture."""

MAX_STAMP = 120
"""Characters of the longest line of dates and times."""

MIN_BODY = 80
"""Characters from which a paragraph that is no boilerplate certainly belongs to the story."""

MIN_TITLE_WORDS = 3
"""Words of the shortest headline after a label that is an ordinary word, such as "Video"."""

MAX_LABEL = 40
"""Characters in which the label of a teaser ends."""

FIRST_WORD = lazy_pattern(r"^\W{0,3}([\w'’]{1,20})")
WORD = lazy_pattern(r"[^\W\d_]+|\d+")
BUTTON = lazy_pattern(r"[\w-]+")
NUMERIC_DATE = lazy_pattern(r"\d{4}-\d\d-\d\d|\d\d?[./]\d\d?[./]\d{4}")
STORY_GOES_ON = lazy_pattern(r"(?:,|(?<!m)\.)$", re.IGNORECASE)
"""Matches the end of a line that is no time stamp, which may end in "a.m."."""

HEADING_END = lazy_pattern(r"[\w)\]%°]$")

COMMENTS = lazy_pattern(r"^\d+ (?=comments?$)|(?<=comments) \(\d+\)$")
LABEL_END = lazy_pattern(r" ?[:|>»–—] ?| - ")
HEADLINE = lazy_pattern(r"[\"“‘'«]?(?:[^\W_a-zß-öø-ÿ].*[^.,;:\s]|\d.*[^\W\d].*[^.,;:\s])$")
"""Matches a headline, which has no full stop."""

STAMP_LABEL_BEGINNINGS = frozenset(label.split()[0] for label in STAMP_LABELS)


def find_boilerplate(paragraphs: Sequence[Sequence[str]]) -> list[list[bool]]:
    """Whether each sentence of an article is boilerplate.

    If all were, none is: a caption with its credit may be all that there is of a story.

    Args:
        paragraphs: the sentences of each paragraph in order; no paragraph is empty.
    """
    lines = [_one_line(" ".join(sentences)) for sentences in paragraphs]
    whole = [len(line) <= MAX_LINE and _is_boilerplate_line(line) for line in lines]
    _mark_heading(lines, whole)
    _mark_ending(lines, whole)
    flags = [
        [True] * len(sentences) if is_whole else list(map(_is_boilerplate_sentence, sentences))
        for sentences, is_whole in zip(paragraphs, whole, strict=True)
    ]
    if all(all(flags_of_one) for flags_of_one in flags):
        return [[False] * len(sentences) for sentences in paragraphs]
    return flags


def may_stand_above(line: str) -> bool:
    """Whether a line, without white space around it, may stand above a story: boilerplate, or a
    short line that ends no sentence, such as a title."""
    if len(line) > MAX_LINE:
        return False
    is_heading = len(line) < MIN_BODY and HEADING_END.search(line) is not None
    return is_heading or BYLINE.match(line) is not None or _is_boilerplate_line(line)


def _mark_heading(lines: Sequence[str], whole: list[bool]) -> None:
    """Mark lines that are boilerplate only above the story: dates, names, employers, and bylines,
    which may stand below a summary."""
    paragraphs = 0
    for number, line in enumerate(lines):
        if whole[number]:
            continue
        after_other = number > 0 and whole[number - 1]
        whole[number] = BYLINE.match(line) is not None or (
            paragraphs == 0
            and len(line) < MIN_BODY
            and (
                _is_time_stamp(line)
                or HEAD_CREDIT.match(line) is not None
                or (after_other and EMPLOYER.match(line) is not None)
            )
        )
        paragraphs += not whole[number] and len(line) >= MIN_BODY
        if paragraphs > 1:
            break


def _mark_ending(lines: Sequence[str], whole: list[bool]) -> None:
    """Mark lines that are boilerplate only below the story: bylines, and who the author is."""
    for number in reversed(range(len(lines))):
        line = lines[number]
        if not whole[number]:
            if len(line) > MAX_LINE or not (TAIL_CREDIT.match(line) or BYLINE.match(line)):
                break
            whole[number] = True


def _is_boilerplate_line(line: str) -> bool:
    """Whether a paragraph is boilerplate as a whole, wherever it stands."""
    first = _first_word(line)
    if (
        _matches(LINE_PATTERNS, first, line)
        or _is_picture_credit(line)
        or COPYRIGHT_SIGN.match(line)
    ):
        return True
    if line[-1] in ".?" and len(line) > MAX_STAMP:
        return False
    label = COMMENTS.sub("", _label(line))
    return (
        label in LINE_LABELS
        or _is_row_of_buttons(label)
        or _is_teaser(line)
        or (first in STAMP_LABEL_BEGINNINGS and _is_time_stamp(line))
        or READING_TIME.match(line) is not None
        or EMAIL.match(line) is not None
    )


def _is_picture_credit(line: str) -> bool:
    """Whether a paragraph is the credit of a picture, or a caption that ends with it."""
    ending = line[-MAX_CREDIT:]
    if ending[-1] == ")" or "/" in ending or ": " in ending or " by " in ending:
        return CREDIT_END.search(ending) is not None or PICTURE_CREDIT.match(line) is not None
    return len(line) < MIN_BODY and PICTURE_CREDIT.match(line) is not None


def _is_teaser(line: str) -> bool:
    """Whether a line is a label and the headline of another story."""
    end = LABEL_END.search(line, 3, MAX_LABEL)  # not the brackets or arrows before the label
    if end is None or not HEADLINE.match(line, end.end()):
        return False
    label, headline = _label(line[: end.start()]), line[end.end() :]
    is_title = headline[0].isalpha() and len(headline.split()) >= MIN_TITLE_WORDS
    return label in HEADLINE_LABELS or (label in MEDIA_LABELS and is_title)


def _label(line: str) -> str:
    """A line as the labels are compared with it. A sentence of one word is none."""
    label = line.casefold().replace("’", "'").strip(" -:…»>|!()[]")
    return label.removesuffix(".") if " " in label else label


def _is_row_of_buttons(label: str) -> bool:
    words = BUTTON.findall(label)
    return len(words) > 1 and BUTTONS.issuperset(words)


def _is_time_stamp(line: str) -> bool:
    """Whether a line consists of dates and times, with their labels."""
    if len(line) > MAX_STAMP or STORY_GOES_ON.search(line):
        return False
    words = WORD.findall(line.casefold())
    numbers = [word for word in words if word.isdigit()]
    names = [word for word in words if not word.isdigit()]
    has_day_or_time = any(len(number) < 4 for number in numbers)  # 1912 is the year of a book
    return (
        has_day_or_time
        and STAMP_WORDS.issuperset(names)
        and (bool(names) or NUMERIC_DATE.match(line) is not None)
    )


def _is_boilerplate_sentence(sentence: str) -> bool:
    if len(sentence) > MAX_SENTENCE:
        return False
    if _matches(SENTENCE_PATTERNS, _first_word(sentence), sentence):
        return True
    if "/" in sentence and len(sentence) <= MAX_CREDIT and AGENCY_CREDIT.match(sentence):
        return True
    return " contributed" in sentence and CONTRIBUTED.match(_one_line(sentence)) is not None


def _matches(patterns: Mapping[str, Sequence[re.Pattern[str]]], first_word: str, text: str) -> bool:
    """Whether a text matches one of the patterns for its first word."""
    found = patterns.get(first_word, ())
    return any(pattern.match(_one_line(text)) for pattern in found)


def _first_word(text: str) -> str:
    found = FIRST_WORD.match(text)
    return found[1].casefold() if found else ""


def _one_line(text: str) -> str:
    """A text without its line breaks and without the marker of a list item."""
    return " ".join(without_marker(text).split())
