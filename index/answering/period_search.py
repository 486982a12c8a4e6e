"""Searching in the period that a question names, and preferring its sentences."""

import math
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime, time
from itertools import accumulate

from index.answering.ranking import RankedSentence, Ranking
from index.answering.retrieval import STOP_WORDS, content_words
from index.reader.calibration import logistic
from index.scope import Scope
from index.text.periods import REPORTING_DELAY, Period
from index.text.time_expressions import find_time_expressions

PERIOD_MARGIN = 3.0
"""A sentence of a preferred period comes first if its combined score is less than this behind the
best: reports of the same kind from other times are up to 2.7 apart, other sentences over 4."""

LEFT_OVER = re.compile(r"(?<!\s)\s++(?=[?.!;:])|(?<=\s)['’]s\s+")
"""What is left over around the words for a period: "the weather (of last week) ?"."""

Search = Callable[[str, Scope], Ranking]
"""Ranks the sentences of a scope that may answer a question."""


@dataclass(frozen=True, slots=True)
class PeriodSearch:
    """A search for a question that names a period, and what it found.

    Args:
        scope: the articles that were searched.
        period: the period with its effect; None without one, or where it is ignored.
    """

    scope: Scope
    period: Period | None
    ranking: Ranking


def search_period(
    search: Search,
    is_found: Callable[[Ranking], bool],
    question: str,
    scope: Scope,
    period: Period | None,
    *,
    is_ignored: bool = False,
) -> PeriodSearch:
    """Search for a question that names a period.

    - A period that narrows is searched without its words, which filter the articles instead:
      sentences seldom repeat them, and the reader would miss them. If nothing is found, all
      articles are searched in the same way.
    - A period that is only preferred is part of the question, because sentences often name such
      dates. If nothing is found, the articles published in it are searched without its words.
    - A period that is ignored is part of the question only if it does not narrow. If nothing is
      found, its words are left out.

    Args:
        is_ignored: whether the period neither filters nor orders the articles.
    """

    def run(words: str, articles: Scope, effective: Period | None) -> PeriodSearch:
        return PeriodSearch(articles, effective, search(words, articles))

    def attempts() -> Iterator[PeriodSearch]:
        """The searches until one finds an answer; the last one is the result in any case."""
        if period is None:
            yield run(question, scope, None)
            return
        rest = _without_words(question, period)
        within = replace(scope, since=period.since, until=period.until)
        if period.narrows:
            if not is_ignored:
                yield run(rest, within, period)
            yield run(rest, scope, None if is_ignored else replace(period, effect="widened"))
            return
        whole = run(question, scope, None if is_ignored else period)
        if is_ignored:
            yield whole
            yield run(rest, scope, None)
        else:
            yield replace(whole, ranking=prefer(whole.ranking, period))
            if period.since:  # later articles also tell what had ended by a date
                yield run(rest, within, replace(period, effect="narrows"))
        yield whole

    for attempt in attempts():
        if is_found(attempt.ranking):
            break
    return attempt


def _without_words(question: str, period: Period) -> str:
    """The question without the words for its period, if other content words are left."""
    end = period.start + len(period.words)
    rest = f"{question[: period.start].rstrip(' ,')} {question[end:].lstrip(' ,')}".strip()
    rest = LEFT_OVER.sub("", rest)
    return rest if set(content_words(rest)) - STOP_WORDS else question


def prefer(ranking: Ranking, period: Period) -> Ranking:
    """The ranking with the sentences of a period before others that answer about as well.

    They are those whose article was published in the period, or within a day after it, and those
    that name a day, month or year in it. Only sentences less than ``PERIOD_MARGIN`` behind the
    first are moved. The confidence falls with the combined score of the first sentence, as if that
    were its logit.
    """
    if not ranking.sentences:
        return ranking
    best = ranking.sentences[0].combined_score
    preferred: list[RankedSentence] = []
    level: list[RankedSentence] = []
    behind: list[RankedSentence] = []
    for one in ranking.sentences:
        is_close = best - one.combined_score < PERIOD_MARGIN
        group = behind if not is_close else preferred if _is_of(one, period) else level
        group.append(one)
    order = (*preferred, *level, *behind)
    if order == ranking.sentences:
        return ranking
    top = order[0].combined_score
    odds = math.exp(min(0.0, top - best)) * ranking.confidence
    confidence = odds / (1 - ranking.confidence + odds)
    # As in ranking: a score is never higher than the one before it.
    relative = accumulate((min(1.0, 2 * logistic(s.combined_score - top)) for s in order), min)
    rescored = (
        replace(one, score=score * confidence) for one, score in zip(order, relative, strict=True)
    )
    return Ranking(ranking.question, tuple(rescored), confidence)


def _is_of(sentence: RankedSentence, period: Period) -> bool:
    """Whether a sentence was published in a period or names a date in it."""
    stored = sentence.candidate.stored
    published = stored.article.published
    day = published.date() if isinstance(published, datetime) else published
    if day and (
        period.contains(day, day) or period.contains(day - REPORTING_DELAY, day - REPORTING_DELAY)
    ):
        return True
    # A date without its year is that of the article, or else may be that of the period.
    said = day or period.until or period.since
    assert said is not None
    return any(
        not one.is_deictic
        and not one.bound
        and one.first is not None
        and one.last is not None
        and period.contains(one.first, one.last)
        for one in find_time_expressions(stored.text, datetime.combine(said, time.max))
    )
