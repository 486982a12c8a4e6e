"""Whether a passage answers a question differently than the passage that answered it before."""

import re
from collections.abc import Iterable
from datetime import date, datetime, timedelta

from index.answer import Answer, Certainty
from index.answering.answer_values import DATE, same_answer
from index.answering.highlights import YES_NO_QUESTION
from index.article import Passage
from index.text.polarity import LITTLE_WORDS, affirms, stem, words
from index.text.quantities import find_quantity
from index.text.recency import recency_key

MIN_CONFIDENCE = 0.7
"""The confidence, from 0 to 1, from which a passage counts: higher than for an answer, since nobody
has asked just now."""

MIN_SHARED_STEMS = 0.5
"""The share of the words of the shorter of two descriptions that the other must have, inflected or
not, to say the same: "a gas leak" and "leaking gas"."""

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
WEEKDAY = re.compile(rf"\b(?:{'|'.join(WEEKDAYS)})\b", re.IGNORECASE)
WHO = re.compile(r"\bwho(?:m|se)?\b", re.IGNORECASE)
CAPITALIZED = re.compile(r"\b[A-Z]\w+")
NAME = re.compile(r"(?<!^)\b[A-Z]\w|^[A-Z]\w+\s[A-Z]|^[A-Z]\w+$")
"""Matches a capital after the beginning."""


def latest_change(
    question: str, known: Passage | None, answers: Iterable[Answer]
) -> Passage | None:
    """The passage that changes a known answer; None if there is none.

    It is the first passage of an answer that is certain enough, and the newest one; it is not older
    than the known one, and says something else.

    Args:
        known: the passage that answered the question so far; None if none did.
        answers: to the same question, from new articles.
    """
    found = [answer.passages[0] for answer in answers if is_certain(answer)]
    current = [one for one in found if known is None or not is_older(one, known)]
    newest = [one for one in current if not any(is_older(one, other) for other in current)]
    if known is None:
        return newest[0] if newest else None
    return next((one for one in newest if answers_differently(question, known, one)), None)


def is_certain(answer: Answer) -> bool:
    """Whether an answer is certain enough for a message to somebody who has not just asked."""
    return answer.certainty is Certainty.FOUND and answer.confidence >= MIN_CONFIDENCE


def is_older(one: Passage, other: Passage) -> bool:
    """Whether the article of one passage was published before that of another; False if one of
    them has no date."""
    dates = one.citation.article.published, other.citation.article.published
    if dates[0] is None or dates[1] is None:
        return False
    keys = [recency_key(published) for published in dates]
    if not all(isinstance(published, datetime) for published in dates):
        keys = [key[:10] for key in keys]  # a day cannot be compared with moments of it
    return keys[0] < keys[1]


def answers_differently(question: str, known: Passage, new: Passage) -> bool:
    """Whether the highlighted words of two passages answer a question differently.

    False also where that cannot be decided: where one names a figure and the other none, or one
    answers yes or no and the other neither.
    """
    first, second = highlighted(known), highlighted(new)
    if not first or not second:
        return False
    if YES_NO_QUESTION.match(question.strip()):
        verdicts = affirms(question, first), affirms(question, second)
        return None not in verdicts and verdicts[0] != verdicts[1]
    if same_answer(first, second):
        return False
    if (find_quantity(first) is None) != (find_quantity(second) is None):
        return False
    if _same_weekday(known, new) or _same_weekday(new, known):
        return False
    if WHO.search(question) and _same_person(question, first, second):
        return False
    if NAME.search(first) or NAME.search(second) or find_quantity(first):
        return True
    return not _same_description(first, second)


def highlighted(passage: Passage) -> str:
    """The highlighted words of a passage."""
    return ", ".join(passage.quote[start:end] for start, end in passage.highlights)


def _same_weekday(one: Passage, other: Passage) -> bool:
    """Whether the first passage only names a weekday, and it may be the day that the other names:
    the next one or the last one when its article was published."""
    named = WEEKDAY.search(highlighted(one))
    published = one.citation.article.published
    if not named or published is None or DATE.search(highlighted(one)):
        return False
    weekday = WEEKDAYS.index(named[0].lower())
    day = published.date() if isinstance(published, datetime) else published
    ahead = day + timedelta(days=(weekday - day.weekday()) % 7)
    possible = {ahead, ahead - timedelta(days=7)}
    if dated := DATE.search(highlighted(other)):
        number = dated["day"] or dated["late_day"]
        return any(_is_day(one, number, dated["month"]) for one in possible)
    return (again := WEEKDAY.search(highlighted(other))) is not None and (
        again[0].lower() == named[0].lower()
    )


def _is_day(day: date, number: str | None, month: str) -> bool:
    return number == str(day.day) and f"{day:%b}".lower() == month[:3].lower()


def _same_person(question: str, first: str, second: str) -> bool:
    """Whether the names of one answer are among those of the other, without words of the question:
    "Mayor Roe" answers "who is the mayor?" as "Ann Roe" does."""
    asked = set(words(question))
    names = [
        {name for name in CAPITALIZED.findall(text) if name.lower() not in asked | LITTLE_WORDS}
        for text in (first, second)
    ]
    return all(names) and (names[0] <= names[1] or names[1] <= names[0])


def _same_description(first: str, second: str) -> bool:
    stems = [
        {stem(word) for word in words(text) if word not in LITTLE_WORDS} for text in (first, second)
    ]
    shorter = min(map(len, stems))
    return shorter > 0 and len(stems[0] & stems[1]) >= MIN_SHARED_STEMS * shorter
