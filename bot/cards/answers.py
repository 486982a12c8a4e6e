"""Answers, and what else is quoted from articles, as messages."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from discord import ui

from bot.cards.citations import ForPassage, citation_line, quoted
from bot.cards.layout import CITATION, FOOTER, TEXT, TITLE, container, row, shares, text_card
from bot.language import Language
from bot.markdown import bold, length, plain, quote, small
from index import Answer, Context, Lookup, Passage, Scope

QUESTION = 300
CONTEXT = 2500
"""A paragraph in its context: in any script less than the 10,000 bytes that Discord takes."""

PASSAGES = 3
"""Passages of an answer on a page."""

FOUND_PAGE = 5
"""Sentences on a page of those that hold some words."""

WORTH_SHOWING = 0.5
"""A passage is shown first if it matches at least this share of what the best one does: what is
weaker only takes the eye off the answer, and waits on the next page."""


@dataclass(frozen=True, slots=True)
class AnswerButtons:
    """What makes the buttons of an answer.

    Args:
        context: the one beside a passage.
        nearest: the one that offers the passages of an answer that was not found.
        below: those under the passages of a page, given its number (from 0) and how many
            there are.
    """

    context: ForPassage
    nearest: Callable[[Sequence[Passage]], ui.Item[Any]]
    below: Callable[[int, int], Sequence[ui.Item[Any]]]


def pages_of(answer: Answer) -> list[Sequence[Passage]]:
    """The passages of an answer by pages: on the first, those that are worth showing."""
    passages = answer.passages
    enough = WORTH_SHOWING * passages[0].score if passages else 0
    worth = sum(passage.score >= enough for passage in passages[:PASSAGES])
    rest = range(worth, len(passages), PASSAGES)
    return [passages[:worth], *(passages[n : n + PASSAGES] for n in rest)]


def answer_card(
    answer: Answer, page: int, scope: Scope, buttons: AnswerButtons, say: Language
) -> ui.LayoutView:
    """What a question gets.

    Args:
        page: from 0; where there are fewer, the last one is shown.
        scope: what was searched.
    """
    question = ui.TextDisplay[ui.LayoutView](bold(answer.question, QUESTION))
    if not answer.searched:
        empty = "not-found-anywhere" if scope.is_narrowed else "library-empty"
        return container(question, ui.TextDisplay(say(empty) + narrowed_by(scope, say)))
    if not answer.found:
        not_found = say("not-found", count=answer.searched) + narrowed_by(scope, say)
        sentence = ui.TextDisplay[ui.LayoutView](not_found)
        offered = [buttons.nearest(answer.passages[:PASSAGES])] if answer.passages else []
        return container(question, sentence, *row(offered))
    pages = pages_of(answer)
    page = min(page, len(pages) - 1)
    room = TEXT - QUESTION - FOOTER
    first = 1 + sum(len(before) for before in pages[:page])
    footer = [say("searched", count=answer.searched), *_narrowings(scope, say)]
    if page:
        footer.append(say("page-of", page=page + 1, pages=len(pages)))
    shown = pages[page]
    heading: list[ui.Item[Any]] = []
    if page:  # what is bold is the answer, and these are too weak to be called that
        further = say("further-heading")
        heading.append(ui.TextDisplay(further))
        room -= length(further)
        shown = [replace(passage, highlights=()) for passage in shown]
    return container(
        question,
        *heading,
        *quoted(shown, first, buttons.context, room, say),
        ui.Separator(),
        ui.TextDisplay(small(" · ".join(footer))),
        *row(buttons.below(page, len(pages))),
    )


def asked_in_thread(question: str, say: Language) -> ui.LayoutView:
    """What stands above the thread in which a question is answered."""
    return text_card(say("asked-in-thread", question=bold(question, QUESTION)))


def nearest_card(passages: Sequence[Passage], context: ForPassage, say: Language) -> ui.LayoutView:
    """Passages that were too far from the question to be called an answer."""
    heading = ui.TextDisplay[ui.LayoutView](say("nearest-heading"))
    return container(heading, *quoted(passages, 1, context, TEXT - QUESTION, say))


def lookup_card(
    words: str,
    found: Lookup,
    page: int,
    context: ForPassage,
    turns: Sequence[ui.Item[Any]],
    say: Language,
) -> ui.LayoutView:
    """A page, from 0, of the sentences that hold some words."""
    shown = bold(words, QUESTION)
    pages = -(-found.total // FOUND_PAGE)
    position = [ui.TextDisplay[ui.LayoutView](small(say("page-of", page=page + 1, pages=pages)))]
    return container(
        ui.TextDisplay(say("found-words", count=found.total, words=shown)),
        *quoted(found.passages, page * FOUND_PAGE + 1, context, TEXT - QUESTION - FOOTER, say),
        *([ui.Separator(), *position] if pages > 1 else []),
        *row(turns if pages > 1 else []),
    )


def context_card(
    context: Context, paragraphs: Sequence[tuple[int, int]], say: Language
) -> ui.LayoutView:
    """The text around a passage, with the passage in bold.

    Args:
        paragraphs: where those that are shown start and end in the article's text.
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
        [say("since-corrected", day=say.day(context.corrected))] if context.corrected else []
    )
    wholes = [length(quote(text, span)) for text, span in zip(texts, spans, strict=True)]
    limits = shares(wholes, TEXT - TITLE - CITATION - sum(map(length, corrected)))
    quotes = [
        quote(text, span, min(limit, CONTEXT))
        for text, span, limit in zip(texts, spans, limits, strict=True)
    ]
    return container(
        ui.TextDisplay(bold(article.title, TITLE)),
        *map(ui.TextDisplay[ui.LayoutView], quotes),
        ui.TextDisplay(small(citation_line(passage.citation, CITATION, say))),
        *map(ui.TextDisplay[ui.LayoutView], corrected),
    )


def narrowed_by(scope: Scope, say: Language) -> str:
    """A quiet line below a text: by what it was narrowed that nothing is there."""
    parts = _narrowings(scope, say)
    return "\n" + small(" · ".join(parts)) if parts else ""


def _narrowings(scope: Scope, say: Language) -> list[str]:
    """By what a search was narrowed."""
    parts = []
    if scope.articles is not None:
        parts.append(say("searched-article"))
    if scope.publisher is not None:
        parts.append(say("searched-publisher", publisher=plain(scope.publisher, 80)))
    if scope.since is not None:
        parts.append(say("searched-since", day=say.day(scope.since)))
    return parts
