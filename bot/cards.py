"""Answers and articles to the messages that people see: layout and limits.

Discord's limits for a message of components: 40 components and 4,000 characters of text in all.
Every text below has a share of those that it cannot exceed.
"""

from collections.abc import Callable, Sequence
from typing import Any

import discord
from discord import ui

from bot.markdown import bold, length, link, plain, quote, small
from index import Answer, Article, Citation, Passage
from index.dates import in_words
from index.links import web_address

TEXT = 4000
QUESTION = 300
CITATION = 600
FOOTER = 100
TITLE = 300
CONTEXT = 2500
"""A paragraph in its context: in any script less than the 10,000 bytes that Discord takes."""

WORTH_SHOWING = 0.5
"""A passage is shown if it matches at least this share of what the best one does: what is weaker
only takes the eye off the answer."""

ALSO = 4
"""Other articles that are cited for the same passage."""

LIST_PAGE = 10
COLOUR = discord.Colour(0x3A6EA5)

ForPassage = Callable[[Passage], ui.Item[Any]]
ForPassages = Callable[[Sequence[Passage]], ui.Item[Any]]


def text_card(markdown: str) -> ui.LayoutView:
    """A plain sentence."""
    view = ui.LayoutView(timeout=None)
    view.add_item(ui.TextDisplay(markdown))
    return view


def answer_card(answer: Answer, context: ForPassage, nearest: ForPassages) -> ui.LayoutView:
    """What a question gets.

    Args:
        context: makes the button beside a passage.
        nearest: makes the button that offers the passages of an answer that was not found.
    """
    question = ui.TextDisplay[ui.LayoutView](bold(answer.question, QUESTION))
    count = f"{answer.searched:,} article{'' if answer.searched == 1 else 's'}"
    if not answer.searched:
        sentence = "The library is empty: there is nothing to search yet."
        return _container(question, ui.TextDisplay(sentence))
    if not answer.found:
        sentence = f"I couldn't find that in the {count} that I searched."
        items: list[ui.Item[Any]] = [question, ui.TextDisplay(sentence)]
        if answer.passages:
            items.append(ui.ActionRow(nearest(answer.passages)))
        return _container(*items)
    enough = WORTH_SHOWING * answer.passages[0].score if answer.passages else 0
    shown = [passage for passage in answer.passages if passage.score >= enough]
    footer = ui.TextDisplay[ui.LayoutView](small(f"Searched {count}."))
    room = TEXT - QUESTION - FOOTER
    return _container(question, *_passages(shown, context, room), ui.Separator(), footer)


def nearest_card(passages: Sequence[Passage], context: ForPassage) -> ui.LayoutView:
    """Passages that were too far from the question to be called an answer."""
    heading = "**The nearest passages.** They may not answer the question."
    room = TEXT - QUESTION
    return _container(ui.TextDisplay(heading), *_passages(passages, context, room))


def context_card(passage: Passage, paragraph: tuple[int, int]) -> ui.LayoutView:
    """The paragraph around a passage, with the passage in bold.

    Args:
        paragraph: where it starts and ends in the article's text.
    """
    article = passage.citation.article
    start, end = paragraph
    span = (passage.start - start, passage.end - start)
    return _container(
        ui.TextDisplay(bold(article.title, TITLE)),
        ui.TextDisplay(quote(article.text[start:end], [span], CONTEXT)),
        ui.TextDisplay(small(citation_line(passage.citation, CITATION))),
    )


def article_card(article: Article, paragraphs: Sequence[tuple[int, int]]) -> ui.LayoutView:
    """An article with as much of its text as fits."""
    room = TEXT - TITLE - CITATION
    texts: list[str] = []
    for start, end in paragraphs:
        paragraph = plain(article.text[start:end], max(room, 1))
        if room < length(paragraph) + 2:
            break
        texts.append(paragraph)
        room -= length(paragraph) + 2
    if len(texts) < len(paragraphs):
        texts.append("…")
    about = " · ".join(part for part in _about(article, article.url, CITATION) if part)
    shown = [bold(article.title, TITLE), small(about)]
    if texts:
        shown.append("\n\n".join(texts))
    return _container(*map(ui.TextDisplay[ui.LayoutView], shown))


def list_card(
    articles: Sequence[Article],
    page: int,
    total: int,
    turn: Callable[[int, str, bool], ui.Item[Any]],
) -> ui.LayoutView:
    """A page of the list of articles.

    Args:
        page: from 0.
        total: how many articles there are in all.
        turn: makes a button that leads to a page: number, label, whether it can be pressed.
    """
    if not total:
        return text_card("There are no articles yet.")
    pages = -(-total // LIST_PAGE)
    lines = []
    for number, article in enumerate(articles, page * LIST_PAGE + 1):
        about = plain(byline(article), 120) or "–"
        lines.append(f"{number}\\. {bold(article.title, 200)}\n{small(about)}")
    items: list[ui.Item[Any]] = [
        ui.TextDisplay("\n".join(lines)),
        ui.Separator(),
        ui.TextDisplay(small(f"Page {page + 1} of {pages:,} · {total:,} articles")),
    ]
    if pages > 1:
        previous = turn(page - 1, "Previous", page > 0)
        following = turn(page + 1, "Next", page + 1 < pages)
        items.append(ui.ActionRow(previous, following))
    return _container(*items)


def facts_card(heading: str, facts: Sequence[tuple[str, str]]) -> ui.LayoutView:
    """A heading, and facts by name."""
    lines = [f"{bold(name)}: {plain(value, 200)}" for name, value in facts]
    return _container(ui.TextDisplay(bold(heading, TITLE)), ui.TextDisplay("\n".join(lines)))


def byline(article: Article) -> str:
    """Publisher and date, as far as they are known; not Markdown."""
    return ", ".join(part for part in (article.publisher, in_words(article.published)) if part)


def citation_line(citation: Citation, limit: int) -> str:
    """Publisher, title (a link to the very sentence), date, paragraph and sentence."""
    place = f"paragraph {citation.paragraph}, sentence {citation.sentence}"
    parts = [*_about(citation.article, citation.link, limit - len(place) - 3, titled=True), place]
    return " · ".join(part for part in parts if part)


def _about(article: Article, address: str | None, limit: int, titled: bool = False) -> list[str]:
    publisher = plain(article.publisher or "", 80)
    day = in_words(article.published)
    room = limit - length(publisher) - len(day) - 9
    label = article.title if titled else "Open the page"
    if address and length(address) > room - 60 and article.url:
        address = web_address(article.url)  # the page at least, if not the sentence
    title = link(label, address, room) if address else plain(label, min(room, 200))
    return [publisher, title if titled or address else "", day]


def _passages(passages: Sequence[Passage], context: ForPassage, room: int) -> list[ui.Item[Any]]:
    share = room // (2 * max(1, len(passages)))
    citations = [_citations(number, passage, share) for number, passage in enumerate(passages, 1)]
    wholes = [length(quote(passage.quote, passage.highlights)) for passage in passages]
    limits = _shares(wholes, room - sum(map(length, citations)))
    return [
        ui.Section(
            ui.TextDisplay(quote(passage.quote, passage.highlights, limit)),
            ui.TextDisplay(citation),
            accessory=context(passage),
        )
        for passage, citation, limit in zip(passages, citations, limits, strict=True)
    ]


def _citations(number: int, passage: Passage, room: int) -> str:
    """Where a passage stands and, below, where else the same is said."""
    cited = [passage.citation, *passage.also[:ALSO]]
    limit = min(CITATION, room // len(cited) - 12)
    labels = [str(number), *["also"] * ALSO]
    return "\n".join(
        small(f"{label} · {citation_line(citation, limit)}")
        for label, citation in zip(labels, cited, strict=False)
    )


def _shares(wanted: Sequence[int], room: int) -> list[int]:
    """How much of ``room`` each gets: what it wants, or an equal share of what others leave."""
    shares = dict.fromkeys(range(len(wanted)), 0)
    left = room
    for done, number in enumerate(sorted(shares, key=lambda n: wanted[n])):
        shares[number] = min(wanted[number], left // (len(wanted) - done))
        left -= shares[number]
    return list(shares.values())


def _container(*items: ui.Item[Any]) -> ui.LayoutView:
    view = ui.LayoutView(timeout=None)
    view.add_item(ui.Container(*items, accent_colour=COLOUR))
    return view
