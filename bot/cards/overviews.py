"""The overview of an article."""

from collections.abc import Sequence
from typing import Any

from discord import ui

from bot.cards.citations import MakeButton, quote_sections
from bot.cards.layout import MAX_TITLE_LENGTH, container, distribute, remaining_length
from bot.language import Translator
from bot.markdown import bold, length, link, plain, quote, small
from index import Mention, Overview, Passage

MAX_NAMES_LENGTH = 350
"""Characters of the line of people, places or figures."""

MAX_OPENING_LENGTH = 1200
"""Characters of the opening with its citation, which gets up to half of them."""

MAX_PLACE_LENGTH = 350
"""Characters of the link to a key sentence; if its URL is longer, there is no link."""

BETWEEN = " · "


def overview_card(
    overview: Overview, context_button: MakeButton, localize: Translator
) -> ui.LayoutView:
    """The overview of an article below its title."""
    title = ui.TextDisplay[ui.LayoutView](bold(overview.article.title, MAX_TITLE_LENGTH))
    limit = remaining_length(title)
    return container(title, *overview_items(overview, context_button, limit, localize))


def overview_items(
    overview: Overview, context_button: MakeButton, limit: int, localize: Translator
) -> list[ui.Item[Any]]:
    """The components of an overview: at most six texts and five buttons.

    Args:
        limit: the maximum length of all texts together.
    """
    if overview.opening is None:
        return [ui.TextDisplay(localize("overview-empty"))]
    opening = quote_sections([overview.opening], 1, context_button, MAX_OPENING_LENGTH, localize)
    heading: list[ui.Item[Any]] = []
    if overview.key_sentences:
        heading.append(ui.TextDisplay(small(localize("overview-key-sentences"))))
    lines = [
        localize(key, names=_names(overview, mentions))
        for key, mentions in (
            ("overview-people", overview.people),
            ("overview-places", overview.places),
            ("overview-figures", overview.figures),
        )
        if mentions
    ]
    names: list[ui.Item[Any]] = [ui.TextDisplay("\n".join(lines))] if lines else []
    rest = remaining_length(*opening, *heading, *names) - remaining_length() + limit
    sections = _key_sections(overview.key_sentences, context_button, rest, localize)
    return [*opening, *heading, *sections, *names]


def _key_sections(
    passages: Sequence[Passage], context_button: MakeButton, limit: int, localize: Translator
) -> list[ui.Item[Any]]:
    """The key sentences, each with its place in the article, which links to it."""
    places = [small(_place(passage, localize)) for passage in passages]
    lengths = [length(quote(passage.quote)) for passage in passages]
    limits = distribute(limit - sum(length(place) + 1 for place in places), lengths)
    return [
        ui.Section(
            ui.TextDisplay(f"{quote(passage.quote, limit=quote_limit)}\n{place}"),
            accessory=context_button(passage),
        )
        for passage, place, quote_limit in zip(passages, places, limits, strict=True)
    ]


def _place(passage: Passage, localize: Translator) -> str:
    citation = passage.citation
    place = localize("place", paragraph=citation.paragraph, sentence=citation.sentence)
    return link(place, citation.link, MAX_PLACE_LENGTH) if citation.link else plain(place)


def _names(overview: Overview, mentions: Sequence[Mention]) -> str:
    """As many of the names or figures as fit, with "…" for the others."""
    shown = ""
    for mention in mentions:
        text = plain(overview.text_of(mention))
        longer = shown + BETWEEN + text if shown else text
        if length(longer) + len(BETWEEN) + 1 > MAX_NAMES_LENGTH:
            return f"{shown}{BETWEEN}…" if shown else plain(text, MAX_NAMES_LENGTH)
        shown = longer
    return shown
