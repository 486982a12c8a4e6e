"""Cards for an article and for a list of articles."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from discord import ui

from bot.cards.citations import citation_parts
from bot.cards.layout import (
    MAX_CITATION_LENGTH,
    MAX_TEXT_LENGTH,
    MAX_TITLE_LENGTH,
    MakePageButton,
    container,
    count_pages,
    navigation_buttons,
    page_card,
    row,
    text_card,
)
from bot.language import Translator
from bot.markdown import bold, cut, length, plain, small
from index import Article, Sentence
from index.text.text_fragments import web_address

LIST_PAGE_SIZE = 10

MAX_LISTED_TITLE_LENGTH = 200
MAX_BYLINE_LENGTH = 120

MAX_BEGINNING_LENGTH = 40
"""Characters of the beginning of a text, which tells apart articles with one title."""

PAGE_LENGTH = MAX_TEXT_LENGTH - MAX_TITLE_LENGTH - MAX_CITATION_LENGTH - 300
"""Characters of an article's text on a page, as Markdown; 300 are for its number and a note."""

PARAGRAPH_GAP = 2
"""Characters of the empty line between paragraphs."""


@dataclass(frozen=True, slots=True)
class ArticlePage:
    """A page of an article.

    Args:
        spans: the ``(start, end)`` of the parts of its text on the page, a paragraph each.
        number: the number of the page, from 0.
        total: the number of pages.
    """

    article: Article
    spans: Sequence[tuple[int, int]]
    number: int
    total: int


def paginate(article: Article, sentences: Sequence[Sentence], page: int) -> ArticlePage:
    """The page of an article with a number, or the nearest that exists.

    Pages end at paragraphs. Only a paragraph that fits on no page is divided: between sentences,
    or else between words.
    """
    pages: list[list[tuple[int, int]]] = [[]]
    remaining = PAGE_LENGTH
    for start, end in _units(article.text, sentences):
        needed = length(plain(article.text[start:end])) + PARAGRAPH_GAP
        if needed > remaining and pages[-1]:
            pages.append([])
            remaining = PAGE_LENGTH
        pages[-1].append((start, end))
        remaining -= needed
    number = max(0, min(page, len(pages) - 1))
    return ArticlePage(article, pages[number], number, len(pages))


def _units(text: str, sentences: Sequence[Sentence]) -> Iterator[tuple[int, int]]:
    """The paragraphs of an article; any that does not fit on a page is divided."""
    for _, group in groupby(sentences, key=lambda sentence: sentence.paragraph):
        paragraph = list(group)
        start, end = paragraph[0].start, paragraph[-1].end
        if _fits(text[start:end]):
            yield start, end
            continue
        begin = start
        for sentence in paragraph:
            if begin < sentence.start and not _fits(text[begin : sentence.end]):
                yield begin, sentence.start
                begin = sentence.start
            while not _fits(text[begin : sentence.end]):
                size = PAGE_LENGTH
                while not _fits(text[begin : begin + size]):
                    size = size * 3 // 4
                space = text.rfind(" ", begin + 1, begin + size)
                last = space if space > 0 else begin + size
                yield begin, last
                begin = last
        yield begin, end


def _fits(text: str) -> bool:
    """Whether a paragraph fits on a page of its own."""
    return len(text) <= PAGE_LENGTH and length(plain(text)) + PARAGRAPH_GAP <= PAGE_LENGTH


def article_card(
    page: ArticlePage, make_page_button: MakePageButton, localize: Translator, note: str = ""
) -> ui.LayoutView:
    """A page of an article; the first one also has its author, the link to its page and its date.

    Args:
        note: a sentence above it.
    """
    article = page.article
    blocks = [*([note] if note else []), bold(article.title, MAX_TITLE_LENGTH)]
    if page.number == 0:
        url = web_address(article.url) if article.url else None
        publisher, *others = citation_parts(article, None, url, MAX_CITATION_LENGTH, localize)
        author = plain(article.author or "", MAX_BYLINE_LENGTH)
        if known := [part for part in (publisher, author, *others) if part]:
            blocks.append(small(" · ".join(known)))
    blocks.append("\n\n".join(plain(article.text[start:end]) for start, end in page.spans))
    items: list[ui.Item[Any]] = [ui.TextDisplay(block) for block in blocks if block]
    if page.total > 1:
        position = localize("page-of", page=page.number + 1, pages=page.total)
        items += [ui.Separator(), ui.TextDisplay(small(position))]
        items += row(navigation_buttons(page.number, page.total, make_page_button, localize))
    return container(*items)


def list_card(
    articles: Sequence[Article],
    page: int,
    total: int,
    make_page_button: MakePageButton,
    menu: ui.Item[Any],
    localize: Translator,
) -> ui.LayoutView:
    """A page of a list of articles.

    Args:
        articles: the articles on the page.
        page: the number of the page, from 0.
        total: the number of articles on all pages.
        menu: opens an article of the page.
    """
    if not total:
        return text_card(localize("articles-none"))
    pages = count_pages(total, LIST_PAGE_SIZE)
    lines = []
    known = Counter((article.title, byline(article, localize)) for article in articles)
    for number, article in enumerate(articles, page * LIST_PAGE_SIZE + 1):
        about = byline(article, localize)
        source = plain(about, MAX_BYLINE_LENGTH) or localize("nothing")
        if known[article.title, about] > 1:
            source += f" · {plain(_beginning(article), MAX_BEGINNING_LENGTH)}"
        title = bold(article.title, MAX_LISTED_TITLE_LENGTH)
        lines.append(f"{number}\\. {title}\n{small(source)}")
    count = localize("articles-total", count=total)
    card = page_card("\n".join(lines), count, page, pages, make_page_button, localize)
    return card.add_item(ui.ActionRow(menu))


def distinct_names(articles: Sequence[Article], localize: Translator, limit: int) -> list[str]:
    """Names of articles for a choice, as plain text: the title, publisher and date and, where these
    are the same, the beginning of the text and the id.

    Args:
        limit: the maximum length of a name.
    """

    def names(*levels: Sequence[str]) -> list[str]:
        return [
            _name(article, parts, limit) for article, *parts in zip(articles, *levels, strict=True)
        ]

    about = [byline(article, localize) for article in articles]
    levels = [
        [cut(one, 40) for one in about],
        [_beginning(article) for article in articles],
        [article.id[:6] for article in articles],
    ]
    chosen = names(*levels[:1])
    for depth in (2, 3):
        count = Counter(chosen)
        longer = names(*levels[:depth])
        chosen = [b if count[a] > 1 else a for a, b in zip(chosen, longer, strict=True)]
    return chosen


def _name(article: Article, parts: Sequence[str], limit: int) -> str:
    known = " · ".join(part for part in parts if part)
    suffix = f" ({known})" if known else ""
    return cut(article.title, limit - length(suffix)) + suffix


def _beginning(article: Article) -> str:
    """The first words of an article's text, in quotation marks."""
    return f"“{cut(article.text.strip(), MAX_BEGINNING_LENGTH)}”"


def byline(article: Article, localize: Translator) -> str:
    """The publisher and the date, as far as they are known, as plain text."""
    return ", ".join(part for part in (article.publisher, localize.day(article.published)) if part)
