"""Answers and other quotes from articles, as messages."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from discord import ui

from bot.cards.citations import MakeButton, citation_line, quoted
from bot.cards.layout import (
    MAX_CITATION_LENGTH,
    MAX_FOOTER_LENGTH,
    MAX_TEXT_LENGTH,
    MAX_TITLE_LENGTH,
    container,
    row,
    shares,
    text_card,
)
from bot.language import Translator
from bot.markdown import bold, length, plain, quote, small
from index import Answer, Context, Lookup, Passage, Scope

MAX_QUESTION_LENGTH = 300
MAX_PARAGRAPH_LENGTH = 2500
"""A paragraph in its context: in any script less than the 10,000 bytes that Discord takes."""

ANSWER_PAGE_SIZE = 3
"""Passages of an answer on a page."""

FOUND_PAGE_SIZE = 5
"""Sentences on a page of a phrase search."""

MIN_SHARE_OF_BEST_SCORE = 0.5
"""The first page shows passages with at least this share of the best passage's score. Weaker ones
would distract from the answer, so they follow on the next page."""


@dataclass(frozen=True, slots=True)
class AnswerButtons:
    """Functions that make the buttons of an answer.

    Args:
        context: makes the button beside a passage.
        nearest: makes the button that shows the nearest passages if no answer was found.
        below: makes the buttons under the passages of a page, given its number (from 0) and the
            number of pages.
    """

    context: MakeButton
    nearest: Callable[[Sequence[Passage]], ui.Item[Any]]
    below: Callable[[int, int], Sequence[ui.Item[Any]]]


def pages_of(answer: Answer) -> list[Sequence[Passage]]:
    """The passages of an answer, split into pages; weak passages start on the second."""
    passages = answer.passages
    threshold = MIN_SHARE_OF_BEST_SCORE * passages[0].score if passages else 0
    first = sum(passage.score >= threshold for passage in passages[:ANSWER_PAGE_SIZE])
    starts = range(first, len(passages), ANSWER_PAGE_SIZE)
    return [passages[:first], *(passages[n : n + ANSWER_PAGE_SIZE] for n in starts)]


def answer_card(
    answer: Answer, page: int, scope: Scope, buttons: AnswerButtons, localize: Translator
) -> ui.LayoutView:
    """The answer to a question, as a message.

    Args:
        page: from 0; where there are fewer, the last one is shown.
        scope: the scope that was searched.
    """
    question = ui.TextDisplay[ui.LayoutView](bold(answer.question, MAX_QUESTION_LENGTH))
    if not answer.searched:
        empty = "not-found-anywhere" if scope.is_filtered else "library-empty"
        return container(question, ui.TextDisplay(localize(empty) + filters_line(scope, localize)))
    if not answer.found:
        not_found = localize("not-found", count=answer.searched) + filters_line(scope, localize)
        sentence = ui.TextDisplay[ui.LayoutView](not_found)
        offered = [buttons.nearest(answer.passages[:ANSWER_PAGE_SIZE])] if answer.passages else []
        return container(question, sentence, *row(offered))
    pages = pages_of(answer)
    page = min(page, len(pages) - 1)
    room = MAX_TEXT_LENGTH - MAX_QUESTION_LENGTH - MAX_FOOTER_LENGTH
    first = 1 + sum(len(before) for before in pages[:page])
    footer = [localize("searched", count=answer.searched), *_filter_labels(scope, localize)]
    if page:
        footer.append(localize("page-of", page=page + 1, pages=len(pages)))
    shown = pages[page]
    heading: list[ui.Item[Any]] = []
    if page:  # bold marks the answer; these passages are too weak for that
        further = localize("further-heading")
        heading.append(ui.TextDisplay(further))
        room -= length(further)
        shown = [replace(passage, highlights=()) for passage in shown]
    return container(
        question,
        *heading,
        *quoted(shown, first, buttons.context, room, localize),
        ui.Separator(),
        ui.TextDisplay(small(" · ".join(footer))),
        *row(buttons.below(page, len(pages))),
    )


def thread_opener_card(question: str, localize: Translator) -> ui.LayoutView:
    """The message above the thread in which a question is answered."""
    return text_card(localize("asked-in-thread", question=bold(question, MAX_QUESTION_LENGTH)))


def nearest_card(
    passages: Sequence[Passage], context: MakeButton, localize: Translator
) -> ui.LayoutView:
    """The nearest passages to a question without an answer."""
    heading = ui.TextDisplay[ui.LayoutView](localize("nearest-heading"))
    return container(
        heading, *quoted(passages, 1, context, MAX_TEXT_LENGTH - MAX_QUESTION_LENGTH, localize)
    )


def lookup_card(
    words: str,
    found: Lookup,
    page: int,
    context: MakeButton,
    turns: Sequence[ui.Item[Any]],
    localize: Translator,
) -> ui.LayoutView:
    """A page (from 0) of the results of a phrase search."""
    shown = bold(words, MAX_QUESTION_LENGTH)
    pages = -(-found.total // FOUND_PAGE_SIZE)
    position = [
        ui.TextDisplay[ui.LayoutView](small(localize("page-of", page=page + 1, pages=pages)))
    ]
    return container(
        ui.TextDisplay(localize("found-words", count=found.total, words=shown)),
        *quoted(
            found.passages,
            page * FOUND_PAGE_SIZE + 1,
            context,
            MAX_TEXT_LENGTH - MAX_QUESTION_LENGTH - MAX_FOOTER_LENGTH,
            localize,
        ),
        *([ui.Separator(), *position] if pages > 1 else []),
        *row(turns if pages > 1 else []),
    )


def context_card(
    context: Context, paragraphs: Sequence[tuple[int, int]], localize: Translator
) -> ui.LayoutView:
    """The text around a passage, with the passage in bold.

    Args:
        paragraphs: start and end of each paragraph shown, in the article's text.
    """
    passage = context.passage
    article = passage.citation.article
    texts = [article.text[start:end] for start, end in paragraphs]
    spans = [
        [(max(passage.start, start) - start, min(passage.end, end) - start)]
        if passage.start < end and start < passage.end
        else []
        for start, end in paragraphs
    ]
    corrected = (
        [localize("since-corrected", day=localize.day(context.corrected))]
        if context.corrected
        else []
    )
    wholes = [length(quote(text, span)) for text, span in zip(texts, spans, strict=True)]
    limits = shares(
        wholes,
        MAX_TEXT_LENGTH - MAX_TITLE_LENGTH - MAX_CITATION_LENGTH - sum(map(length, corrected)),
    )
    quotes = [
        quote(text, span, min(limit, MAX_PARAGRAPH_LENGTH))
        for text, span, limit in zip(texts, spans, limits, strict=True)
    ]
    return container(
        ui.TextDisplay(bold(article.title, MAX_TITLE_LENGTH)),
        *map(ui.TextDisplay[ui.LayoutView], quotes),
        ui.TextDisplay(small(citation_line(passage.citation, MAX_CITATION_LENGTH, localize))),
        *map(ui.TextDisplay[ui.LayoutView], corrected),
    )


def filters_line(scope: Scope, localize: Translator) -> str:
    """A line in small type below a text: the filters with which nothing was found."""
    parts = _filter_labels(scope, localize)
    return "\n" + small(" · ".join(parts)) if parts else ""


def _filter_labels(scope: Scope, localize: Translator) -> list[str]:
    """The filters of a search, in words."""
    parts = []
    if scope.articles is not None:
        parts.append(localize("searched-article"))
    if scope.publisher is not None:
        parts.append(localize("searched-publisher", publisher=plain(scope.publisher, 80)))
    if scope.since is not None:
        parts.append(localize("searched-since", day=localize.day(scope.since)))
    return parts
