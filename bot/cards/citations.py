"""Quotes with their citations."""

from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

from discord import ui
from discord.utils import format_dt, utcnow

from bot.cards.layout import MAX_CITATION_LENGTH, shares
from bot.language import Translator
from bot.markdown import cut, length, link, plain, quote, small
from index import Article, Citation, Passage
from index.text.text_fragments import web_address

MAX_ALSO_SHOWN = 4
"""Other articles named for the same passage."""

MAX_NAME_LENGTH = 40
"""Of such a name."""

NAMES_PLACEHOLDER = "\N{OBJECT REPLACEMENT CHARACTER}"
"""Stands in a sentence for the names, which are Markdown already."""

MakeButton = Callable[[Passage], ui.Item[Any]]


def quoted(
    passages: Sequence[Passage], first: int, context: MakeButton, room: int, localize: Translator
) -> list[ui.Item[Any]]:
    """Passages with their citations, numbered from ``first``, in ``room`` characters."""
    share = room // (2 * max(1, len(passages)))
    citations = [
        _citations(number, passage, share, localize)
        for number, passage in enumerate(passages, first)
    ]
    wholes = [length(quote(passage.quote, passage.highlights)) for passage in passages]
    limits = shares(wholes, room - sum(map(length, citations)))
    return [
        ui.Section(
            ui.TextDisplay(quote(passage.quote, passage.highlights, limit)),
            ui.TextDisplay(citation),
            accessory=context(passage),
        )
        for passage, citation, limit in zip(passages, citations, limits, strict=True)
    ]


def citation_line(citation: Citation, limit: int, localize: Translator) -> str:
    """Publisher, title (a link to the sentence), date, and paragraph and sentence numbers."""
    place = localize("place", paragraph=citation.paragraph, sentence=citation.sentence)
    article, room = citation.article, limit - length(place) - 3
    parts = [*about(article, article.title, citation.link, room, localize), place]
    return " · ".join(part for part in parts if part)


def about(
    article: Article, label: str | None, address: str | None, limit: int, localize: Translator
) -> list[str]:
    """Publisher, a link (or, where there is no address, its label) and date; "" for what lacks.

    Args:
        label: what the link shows; None: that the page can be opened, where it can.
    """
    publisher = plain(article.publisher or "", 80)
    day = " ".join(part for part in (localize.day(article.published), _age(article)) if part)
    room = limit - length(publisher) - len(day) - 9
    if address and length(address) > room - 60 and article.url:
        address = web_address(article.url)  # at least the page, if not the sentence
    if address:
        shown = link(label or localize("open-page"), address, room)
    else:
        shown = plain(label or "", min(room, 200))
    return [publisher, shown, day]


def _citations(number: int, passage: Passage, room: int, localize: Translator) -> str:
    """The citation of a passage and, below, the other articles that state the same."""
    also = ""
    if passage.also:
        also = localize("also-in", count=len(passage.also), names=NAMES_PLACEHOLDER)
        share = (room // 2 - length(also)) // min(len(passage.also), MAX_ALSO_SHOWN) - 2
        names = ", ".join(_name(citation, share) for citation in passage.also[:MAX_ALSO_SHOWN])
        if len(passage.also) > MAX_ALSO_SHOWN:
            names += ", …"
        also = "\n" + small(also.replace(NAMES_PLACEHOLDER, names))
    limit = min(MAX_CITATION_LENGTH, room - length(also) - 12)
    return small(f"{number} · {citation_line(passage.citation, limit, localize)}") + also


def _age(article: Article) -> str:
    """An article's age as a relative timestamp, which Discord localizes and keeps up to date.

    If only the day is known, it is shown from the third day on: before, it could be too far off.
    """
    published = article.published
    if published is None:
        return ""
    if not isinstance(published, datetime) or published.tzinfo is None:
        published = datetime(published.year, published.month, published.day, 12, tzinfo=UTC)
        if utcnow() - published < timedelta(days=2):
            return ""
    return f"({format_dt(published, 'R')})" if published <= utcnow() else ""


def _name(citation: Citation, limit: int) -> str:
    """The publisher, with a link to the sentence or, without room for that, to the page."""
    article, address = citation.article, citation.link
    name = cut(article.publisher or article.title, MAX_NAME_LENGTH)
    if address and article.url and length(address) + MAX_NAME_LENGTH > limit:
        address = web_address(article.url)
    return link(name, address, limit) if address else plain(name, limit)
