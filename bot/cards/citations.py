"""Quotes, and where they come from."""

from collections.abc import Callable, Sequence
from typing import Any

from discord import ui

from bot.cards.layout import CITATION, shares
from bot.language import Language
from bot.markdown import length, link, plain, quote, small
from index import Article, Citation, Passage
from index.links import web_address

ALSO = 4
"""Other articles that are cited for the same passage."""

ForPassage = Callable[[Passage], ui.Item[Any]]


def quoted(
    passages: Sequence[Passage], first: int, context: ForPassage, room: int, say: Language
) -> list[ui.Item[Any]]:
    """Passages with their citations, numbered from ``first``, in ``room`` characters."""
    share = room // (2 * max(1, len(passages)))
    citations = [
        _citations(number, passage, share, say) for number, passage in enumerate(passages, first)
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


def citation_line(citation: Citation, limit: int, say: Language) -> str:
    """Publisher, title (a link to the very sentence), date, paragraph and sentence."""
    place = say("place", paragraph=citation.paragraph, sentence=citation.sentence)
    article, room = citation.article, limit - length(place) - 3
    parts = [*about(article, article.title, citation.link, room, say), place]
    return " · ".join(part for part in parts if part)


def about(
    article: Article, label: str | None, address: str | None, limit: int, say: Language
) -> list[str]:
    """Publisher, a link (or, where there is no address, its label) and date; "" for what lacks.

    Args:
        label: what the link shows; None: that the page can be opened, where it can.
    """
    publisher = plain(article.publisher or "", 80)
    day = say.day(article.published)
    room = limit - length(publisher) - len(day) - 9
    if address and length(address) > room - 60 and article.url:
        address = web_address(article.url)  # the page at least, if not the sentence
    if address:
        shown = link(label or say("open-page"), address, room)
    else:
        shown = plain(label or "", min(room, 200))
    return [publisher, shown, day]


def _citations(number: int, passage: Passage, room: int, say: Language) -> str:
    """Where a passage stands and, below, where else the same is said."""
    cited = [passage.citation, *passage.also[:ALSO]]
    limit = min(CITATION, room // len(cited) - 12)
    labels = [str(number), *[say("also")] * ALSO]
    return "\n".join(
        small(f"{label} · {citation_line(citation, limit, say)}")
        for label, citation in zip(labels, cited, strict=False)
    )
