"""Quotes with their citations."""

from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

from discord import ui
from discord.utils import format_dt, utcnow

from bot.cards.layout import MAX_CITATION_LENGTH, distribute
from bot.language import Translator
from bot.markdown import cut, length, link, plain, quote, small
from index import Article, Citation, Passage
from index.text.text_fragments import web_address

MAX_ALSO_SHOWN = 4
"""Other articles with the same passage that are named."""

MAX_NAME_LENGTH = 40
"""Characters of the name of such an article."""

MAX_PUBLISHER_LENGTH = 80

MAX_LABEL_LENGTH = 200
"""Characters of a label without a link."""

MIN_TITLE_LENGTH = 60
"""Characters that the URL of a sentence must leave for the title; otherwise the page is linked."""

MIN_AGE_OF_DATES = timedelta(days=2)
"""The age from which the age of an article without a time of publication is shown."""

NAMES_PLACEHOLDER = "\N{OBJECT REPLACEMENT CHARACTER}"
"""A placeholder for the names in a translated text, whose length limits that of the names."""

MakeButton = Callable[[Passage], ui.Item[Any]]
"""Makes the button next to a passage."""


def quote_sections(
    passages: Sequence[Passage],
    first: int,
    context_button: MakeButton,
    limit: int,
    localize: Translator,
) -> list[ui.Item[Any]]:
    """Sections with the quotes and citations of passages.

    The citation of a passage names its article, unless that of an earlier one has named it.

    Args:
        first: the number of the first passage.
        limit: the maximum length of all texts together. Citations get up to half of it.
    """
    citation_limit = limit // (2 * max(1, len(passages)))
    named: dict[str, int] = {}
    citations = []
    for number, passage in enumerate(passages, first):
        earlier = named.setdefault(passage.citation.article.id, number)
        citations.append(_citations(number, earlier, passage, citation_limit, localize))
    lengths = [
        length(quote(passage.quote, passage.highlights, breaks=passage.breaks))
        for passage in passages
    ]
    quote_limits = distribute(limit - sum(map(length, citations)), lengths)
    return [
        ui.Section(
            ui.TextDisplay(quote(passage.quote, passage.highlights, quote_limit, passage.breaks)),
            ui.TextDisplay(citation),
            accessory=context_button(passage),
        )
        for passage, citation, quote_limit in zip(passages, citations, quote_limits, strict=True)
    ]


def citation_line(citation: Citation, limit: int, localize: Translator) -> str:
    """Publisher, title (a link to the sentence), date, and which paragraph and sentence it is."""
    place = place_text(citation, localize)
    article, limit = citation.article, limit - length(place) - 3
    parts = [*citation_parts(article, article.title, citation.link, limit, localize), place]
    return " · ".join(part for part in parts if part)


def place_text(citation: Citation, localize: Translator) -> str:
    """The paragraphs and sentences of a quote, such as “paragraph 1, sentences 2–4”."""
    first = {"paragraph": citation.paragraph, "sentence": citation.sentence}
    if citation.last is None:
        return localize("place", **first)
    last_paragraph, last_sentence = citation.last
    if last_paragraph == citation.paragraph:
        return localize("place-sentences", **first, last=last_sentence)
    last = localize("place", paragraph=last_paragraph, sentence=last_sentence)
    return localize("place-over-break", first=localize("place", **first), last=last)


def citation_parts(
    article: Article, label: str | None, url: str | None, limit: int, localize: Translator
) -> list[str]:
    """Publisher, link and date of an article as Markdown; "" for each unknown part.

    Args:
        label: the label of the link, shown even without a URL; None: a standard label for a link.
        url: the target of the link.
        limit: the maximum length of the parts, including separators of three characters.
    """
    publisher = plain(article.publisher or "", MAX_PUBLISHER_LENGTH)
    day = " ".join(part for part in (localize.day(article.published), _age(article)) if part)
    link_limit = limit - length(publisher) - len(day) - 9
    if url and length(url) > link_limit - MIN_TITLE_LENGTH and article.url:
        url = web_address(article.url)  # to the page instead of the sentence, which is shorter
    if url:
        title = link(label or localize("open-page"), url, link_limit)
    else:
        title = plain(label or "", min(link_limit, MAX_LABEL_LENGTH))
    return [publisher, title, day]


def short_citation(citation: Citation, limit: int, localize: Translator) -> str:
    """The publisher (or else the title) of an article, a link to the sentence, and the date."""
    day = localize.day(citation.article.published)
    name = _name(citation, limit - length(day) - 2)
    return f"{name}, {day}" if day else name


def _citations(
    number: int, earlier: int, passage: Passage, limit: int, localize: Translator
) -> str:
    """The citation of a passage and, on another line, links to other articles with the passage.

    Args:
        earlier: the number of the first passage of the same article, which may be this one.
    """
    also = _also_line(passage, limit, localize) if passage.also else ""
    line_limit = min(MAX_CITATION_LENGTH, limit - length(also) - 12)  # 12: number and markup
    if earlier == number:
        cited = citation_line(passage.citation, line_limit, localize)
    else:
        cited = _repeated_citation(earlier, passage.citation, line_limit, localize)
    return small(f"{number} · {cited}") + also


def _repeated_citation(earlier: int, citation: Citation, limit: int, localize: Translator) -> str:
    """The citation of a passage whose article that of an earlier one names."""
    same = localize("same-article", number=earlier)
    place = place_text(citation, localize)
    if citation.link:
        url, link_limit = citation.link, limit - length(same) - 3
        if length(url) + length(place) + len("[]()") > link_limit and citation.article.url:
            url = web_address(citation.article.url)
        place = link(place, url, link_limit)
    return f"{same} · {place}"


def _also_line(passage: Passage, limit: int, localize: Translator) -> str:
    """The other articles with a passage, on a line of their own."""
    shown, more = passage.also[:MAX_ALSO_SHOWN], len(passage.also) - MAX_ALSO_SHOWN
    also = localize("also-in", names=NAMES_PLACEHOLDER)
    if more > 0:
        also = localize("also-in-more", count=more, names=NAMES_PLACEHOLDER)
    name_limit = (limit // 2 - length(also)) // len(shown) - 2
    names = ", ".join(_name(citation, name_limit) for citation in shown)
    return "\n" + small(also.replace(NAMES_PLACEHOLDER, names))


def _age(article: Article) -> str:
    """The age of an article as a Discord timestamp, which is localized and kept up to date.

    Without a time of day or a time zone, the age is only shown from ``MIN_AGE_OF_DATES`` on, since
    its error would be too large before.
    """
    published = article.published
    if published is None:
        return ""
    if not isinstance(published, datetime) or published.tzinfo is None:
        published = datetime(published.year, published.month, published.day, 12, tzinfo=UTC)
        if utcnow() - published < MIN_AGE_OF_DATES:
            return ""
    return f"({format_dt(published, 'R')})" if published <= utcnow() else ""


def _name(citation: Citation, limit: int) -> str:
    """The publisher of an article, or else its title, as a link to the sentence or, if that is too
    long, to the page."""
    article, url = citation.article, citation.link
    name = cut(article.publisher or article.title, MAX_NAME_LENGTH)
    if url and article.url and length(url) + MAX_NAME_LENGTH > limit:
        url = web_address(article.url)
    return link(name, url, limit) if url else plain(name, limit)
