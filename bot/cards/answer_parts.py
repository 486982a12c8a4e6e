"""The first page of an answer to several questions that were asked at once."""

from collections.abc import Sequence
from typing import Any

from discord import ui

from bot.cards.citations import MakeButton, quote_sections
from bot.cards.layout import MAX_FOOTER_LENGTH, MAX_TEXT_LENGTH
from bot.language import Translator
from bot.markdown import bold, length
from index import Answer, Passage

MAX_HEADING_LENGTH = 150
"""Characters of the question above its answer."""


def part_sections(
    answer: Answer, context_button: MakeButton, localize: Translator
) -> list[ui.Item[Any]]:
    """The answer's passages, each under the questions that it answers, and what was not found.

    Passages are numbered from 1. One that answers two questions is shown once, below both: two
    buttons of a message must not be the same.

    Args:
        answer: with parts, at least one of them found.
    """
    not_found = localize("part-not-found")
    groups = _group(answer)
    headings = [
        "\n".join(bold(question, MAX_HEADING_LENGTH) for question in questions)
        + ("" if passage else f"\n{not_found}")
        for questions, passage in groups
    ]
    limit = MAX_TEXT_LENGTH - MAX_FOOTER_LENGTH - sum(map(length, headings))
    passages = [passage for _, passage in groups if passage]
    sections = iter(quote_sections(passages, 1, context_button, limit, localize))
    items: list[ui.Item[Any]] = []
    for heading, (_, passage) in zip(headings, groups, strict=True):
        items.append(ui.TextDisplay(heading))
        if passage:
            items.append(next(sections))
    return items


def not_found_passages(answer: Answer) -> Sequence[Passage]:
    """The nearest passages of the parts that were not found: the first one of each."""
    shown = {passage.place for passage in answer.passages}
    first = (part.passages[0] for part in answer.parts if not part.found and part.passages)
    return list(
        {passage.place: passage for passage in first if passage.place not in shown}.values()
    )


def _group(answer: Answer) -> list[tuple[list[str], Passage | None]]:
    """The parts' questions with their passages; None for what was not found."""
    merged = {passage.place: passage for passage in answer.passages}
    groups: list[tuple[list[str], Passage | None]] = []
    questions_of: dict[tuple[str, int, int], list[str]] = {}
    for part in answer.parts:
        place = part.passages[0].place if part.found else None
        if place is None or place not in merged:
            groups.append(([part.question], None))
        elif place in questions_of:
            questions_of[place].append(part.question)
        else:
            questions_of[place] = [part.question]
            groups.append((questions_of[place], merged[place]))
    return groups


def further_passages(answer: Answer) -> list[Passage]:
    """The other passages of the parts that were found, the best ones of each part first."""
    shown = {passage.place for passage in answer.passages}
    found = [part.passages for part in answer.parts if part.found]
    longest = max(map(len, found), default=0)
    ranked = [
        passages[rank] for rank in range(longest) for passages in found if rank < len(passages)
    ]
    return [p for p in {p.place: p for p in ranked}.values() if p.place not in shown]
