"""The lines above an answer's quotes: the answer itself, or the values on which sources differ.

They say in words what bold and color also show, for people who see neither.
"""

from bot.cards.citations import short_citation
from bot.language import Translator
from bot.markdown import bold, plain, small
from index import Answer, Certainty

MAX_ANSWER_LENGTH = 200
"""Characters of the answer in words; the quote below has all of it."""

MAX_VALUES = 5
"""Differing values that are listed, the newest ones."""

MAX_SOURCES = 3
"""Sources of such a value that are named."""

MAX_VALUE_LENGTH = 60

SOURCES_LENGTH = 1200
"""Characters for the sources of all differing values together."""


def answer_lines(
    answer: Answer, localize: Translator, sources_length: int = SOURCES_LENGTH
) -> list[str]:
    """The lines above the first quote, as Markdown; empty if it has no highlight and is certain.

    Args:
        answer: a found or a weak answer.
    """
    if answer.differing:
        return _differing_lines(answer, sources_length, localize)
    first = answer.passages[:1]
    words = "; ".join(p.quote[start:end] for p in first for start, end in p.highlights)
    shown = plain(words, MAX_ANSWER_LENGTH) if words.strip() else ""
    if answer.certainty is Certainty.WEAK:
        return [localize("weak-answer", answer=shown) if shown else localize("weak-heading")]
    return [small(localize("answer-line", answer=shown))] if shown else []


def _differing_lines(answer: Answer, sources_length: int, localize: Translator) -> list[str]:
    """A line for each differing value, with the sources that state it."""
    values = answer.differing[:MAX_VALUES]
    count = sum(min(len(value.citations), MAX_SOURCES) for value in values)
    limit = sources_length // count
    lines = [localize("differs-over-time" if answer.differs_over_time else "sources-differ")]
    for value in values:
        cited = value.citations[:MAX_SOURCES]
        sources = "; ".join(short_citation(citation, limit, localize) for citation in cited)
        if more := len(value.citations) - len(cited):
            sources = localize("sources-more", sources=sources, count=more)
        lines.append(f"- {bold(value.text, MAX_VALUE_LENGTH)} · {sources}")
    return lines
