"""Cards for answers, phrase searches and the context of a passage."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from discord import ui

from bot.cards.answer_lines import answer_lines
from bot.cards.answer_parts import further_passages, not_found_passages, part_sections
from bot.cards.citations import (
    MAX_PUBLISHER_LENGTH,
    MakeButton,
    citation_line,
    quote_sections,
)
from bot.cards.corrections import corrections_section
from bot.cards.layout import (
    ACCENT_COLOR,
    MAX_CITATION_LENGTH,
    MAX_TEXT_LENGTH,
    MAX_TITLE_LENGTH,
    NOT_FOUND_COLOR,
    WEAK_COLOR,
    MakePageButton,
    container,
    count_pages,
    distribute,
    navigation_buttons,
    remaining_length,
    row,
    text_card,
)
from bot.cards.overviews import overview_items
from bot.cards.periods import period_text
from bot.language import Translator
from bot.markdown import bold, length, plain, quote, small
from index import Answer, Article, Certainty, Context, Lookup, Overview, Passage, Period, Scope

MAX_QUESTION_LENGTH = 300
MAX_PARAGRAPH_LENGTH = 2500
"""Characters of a paragraph in a context card; in any script, they have fewer than the 10,000
bytes to which Discord limits a text."""

ANSWER_PAGE_SIZE = 3
"""Passages beside an answer, and on a page of further ones."""

FOUND_PAGE_SIZE = 5
"""Sentences on a page of a phrase search."""


@dataclass(frozen=True, slots=True)
class AnswerButtons:
    """Functions that make the buttons of an answer.

    Args:
        context: makes the button next to a passage.
        nearest: makes the button that shows the nearest passages if no answer was found.
        as_typed: makes the button that searches without correcting typing errors.
        below: makes the buttons below the passages, given whether there are further passages.
        overviews: makes the menu that shows the overview of one of the articles about a topic.
        ignore_period: makes the button that drops the period that filtered or ordered the answer.
    """

    context: MakeButton
    nearest: Callable[[Sequence[Passage]], ui.Item[Any]]
    as_typed: Callable[[], ui.Item[Any]]
    below: Callable[[bool], Sequence[ui.Item[Any]]]
    overviews: Callable[[Sequence[Article]], ui.Item[Any]]
    ignore_period: Callable[[Period], ui.Item[Any]]


def pages_of(answer: Answer) -> list[Sequence[Passage]]:
    """The passages beside an answer, which are only the best ones, and those on each page of the
    further ones.

    Beside an answer to several questions, there is the best passage of each; beside that of a topic
    that one article is about, its opening.
    """
    passages = (*answer.passages, *further_passages(answer))
    if answer.parts:
        first_size = len(answer.passages)
    elif len(answer.about) == 1:
        first_size = min(len(answer.passages), 1)
    else:
        first_size = min(len(answer.strong_passages), ANSWER_PAGE_SIZE)
    starts = range(first_size, len(passages), ANSWER_PAGE_SIZE)
    return [
        passages[:first_size],
        *(passages[start : start + ANSWER_PAGE_SIZE] for start in starts),
    ]


def answer_card(
    answer: Answer,
    scope: Scope,
    buttons: AnswerButtons,
    localize: Translator,
    overview: Overview | None = None,
) -> ui.LayoutView:
    """An answer with its best passages, or a text that says that none was found.

    Args:
        scope: the scope of the search.
        overview: shown instead of the passages.
    """
    question = ui.TextDisplay[ui.LayoutView](bold(answer.question, MAX_QUESTION_LENGTH))
    period = answer.period
    told = period_text(period, localize) if period else ""
    is_widened = period is not None and period.effect == "widened"
    ignoring = [buttons.ignore_period(period)] if period and not is_widened else []
    if not answer.searched:
        empty = "not-found-anywhere" if scope.is_filtered else "library-empty"
        return container(question, ui.TextDisplay(localize(empty) + filters_line(scope, localize)))
    corrected = corrections_section(answer.corrections, buttons.as_typed, localize)
    if answer.certainty is Certainty.NONE:
        not_found = localize("not-found", count=answer.searched) + filters_line(scope, localize)
        if told:
            not_found += "\n" + small(told)
        nearest = answer.passages[:ANSWER_PAGE_SIZE]
        offers = [buttons.nearest(nearest)] if nearest else []
        return container(
            question,
            *corrected,
            ui.TextDisplay(not_found),
            *row([*offers, *ignoring]),
            color=NOT_FOUND_COLOR,
        )
    passages, *further = pages_of(answer)
    labels = [localize("searched", count=answer.searched), *filter_labels(scope, localize)]
    if told and not is_widened:
        labels.append(told)
    footer = ui.TextDisplay[ui.LayoutView](small(" · ".join(labels)))
    below = row(buttons.below(bool(further)))
    color = ACCENT_COLOR if answer.found else WEAK_COLOR
    if answer.parts:
        missing = not_found_passages(answer)
        offers = [buttons.nearest(missing)] if missing else []
        limit = remaining_length(*corrected, footer)
        return container(
            *corrected,
            *part_sections(answer, buttons.context, limit, localize),
            ui.Separator(),
            footer,
            *below,
            *row([*offers, *ignoring]),
            color=color,
        )
    headings = [told] if is_widened else []
    if lines := answer_lines(answer, localize):
        headings.append("\n".join(lines))
    above = [question, *corrected, *map(ui.TextDisplay[ui.LayoutView], headings)]
    limit = remaining_length(*above, footer)
    articles = [p.citation.article for p in passages if p.citation.article.id in answer.about]
    return container(
        *above,
        *(
            overview_items(overview, buttons.context, limit, localize)
            if overview
            else quote_sections(passages, 1, buttons.context, limit, localize)
        ),
        ui.Separator(),
        footer,
        *row([buttons.overviews(articles)] if len(articles) > 1 else []),
        *below,
        *row(ignoring),
        color=color,
    )


def thread_opener_card(question: str, localize: Translator) -> ui.LayoutView:
    """The message that a thread starts from, with the question that is answered in it."""
    return text_card(localize("asked-in-thread", question=bold(question, MAX_QUESTION_LENGTH)))


def nearest_card(
    passages: Sequence[Passage], context_button: MakeButton, localize: Translator
) -> ui.LayoutView:
    """The nearest passages, when no answer was found."""
    heading = ui.TextDisplay[ui.LayoutView](localize("nearest-heading"))
    limit = remaining_length(heading)
    return container(heading, *quote_sections(passages, 1, context_button, limit, localize))


def lookup_card(
    words: str,
    lookup: Lookup,
    page: int,
    context_button: MakeButton,
    make_page_button: MakePageButton,
    localize: Translator,
) -> ui.LayoutView:
    """A page of the results of a phrase search.

    Args:
        lookup: the results on the page.
        page: the number of the page, from 0.
    """
    bold_words = bold(words, MAX_QUESTION_LENGTH)
    pages = count_pages(lookup.total, FOUND_PAGE_SIZE)
    heading = ui.TextDisplay[ui.LayoutView](
        localize("found-words", count=lookup.total, words=bold_words)
    )
    footer = ui.TextDisplay[ui.LayoutView](small(localize("page-of", page=page + 1, pages=pages)))
    first = page * FOUND_PAGE_SIZE + 1
    limit = remaining_length(heading, footer)
    return container(
        heading,
        *quote_sections(lookup.passages, first, context_button, limit, localize),
        *([ui.Separator(), footer] if pages > 1 else []),
        *row(navigation_buttons(page, pages, make_page_button, localize)),
    )


def context_card(
    context: Context, paragraphs: Sequence[tuple[int, int]], localize: Translator
) -> ui.LayoutView:
    """The paragraphs around a passage, with the passage in bold.

    Args:
        paragraphs: the ``(start, end)`` of the paragraphs to be shown.
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
    lengths = [length(quote(text, span)) for text, span in zip(texts, spans, strict=True)]
    limits = distribute(
        MAX_TEXT_LENGTH - MAX_TITLE_LENGTH - MAX_CITATION_LENGTH - sum(map(length, corrected)),
        lengths,
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
    """The filters of a search as a line in small print, to be appended to a text; "" without."""
    labels = filter_labels(scope, localize)
    return "\n" + small(" · ".join(labels)) if labels else ""


def filter_labels(scope: Scope, localize: Translator) -> list[str]:
    """The filters of a search, in words."""
    labels = []
    if scope.articles is not None:
        labels.append(localize("searched-article"))
    if scope.publisher is not None:
        labels.append(
            localize("searched-publisher", publisher=plain(scope.publisher, MAX_PUBLISHER_LENGTH))
        )
    if scope.since is not None:
        labels.append(localize("searched-since", day=localize.day(scope.since)))
    if scope.until is not None:
        labels.append(localize("searched-until", day=localize.day(scope.until)))
    return labels
