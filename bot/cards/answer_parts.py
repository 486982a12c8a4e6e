"""The first page of an answer to several questions that were asked at once."""

from collections.abc import Sequence
from typing import Any

from discord import ui

from bot.cards.answer_lines import answer_lines
from bot.cards.citations import MakeButton, quote_sections
from bot.language import Translator
from bot.markdown import bold, length
from index import Answer, Certainty, Passage

MAX_HEADING_LENGTH = 150
"""Characters of the question above its answer."""


def part_sections(
    answer: Answer, context_button: MakeButton, limit: int, localize: Translator
) -> list[ui.Item[Any]]:
    """The answer's passages, each under the questions that it answers, and what was not found.

    Passages are numbered from 1. One that answers two questions is shown once, below both: two
    buttons of a message must not be the same.

    Args:
        answer: with parts, at least one of them answered.
        limit: the greatest number of characters.
    """
    groups = _group(answer)
    sources_length = limit // (3 * len(groups))
    headings = ["\n".join(_heading(parts, sources_length, localize)) for parts, _ in groups]
    limit -= sum(map(length, headings))
    passages = [passage for _, passage in groups if passage]
    sections = iter(quote_sections(passages, 1, context_button, limit, localize))
    items: list[ui.Item[Any]] = []
    for heading, (_, passage) in zip(headings, groups, strict=True):
        items.append(ui.TextDisplay(heading))
        if passage:
            items.append(next(sections))
    return items


def not_found_passages(answer: Answer) -> Sequence[Passage]:
    """The nearest passages of the parts without an answer: the first one of each."""
    shown = {passage.place for passage in answer.passages}
    first = (p.passages[0] for p in answer.parts if not _is_answered(p) and p.passages)
    return list(
        {passage.place: passage for passage in first if passage.place not in shown}.values()
    )


def _heading(parts: Sequence[Answer], sources_length: int, localize: Translator) -> list[str]:
    """The questions of parts with the same passage, each with the lines about its answer."""
    lines: list[str] = []
    for part in parts:
        lines.append(bold(part.question, MAX_HEADING_LENGTH))
        if _is_answered(part):
            lines += answer_lines(part, localize, sources_length // len(parts))
        else:
            lines.append(localize("part-not-found"))
    return lines


def _is_answered(part: Answer) -> bool:
    return part.certainty is not Certainty.NONE


def _group(answer: Answer) -> list[tuple[list[Answer], Passage | None]]:
    """The parts with their passages; None for parts without an answer."""
    merged = {passage.place: passage for passage in answer.passages}
    groups: list[tuple[list[Answer], Passage | None]] = []
    parts_of: dict[tuple[str, int, int], list[Answer]] = {}
    for part in answer.parts:
        place = part.passages[0].place if _is_answered(part) else None
        if place is None or place not in merged:
            groups.append(([part], None))
        elif place in parts_of:
            parts_of[place].append(part)
        else:
            parts_of[place] = [part]
            groups.append((parts_of[place], merged[place]))
    return groups


def further_passages(answer: Answer) -> list[Passage]:
    """The other passages of the parts with an answer, the best ones of each part first."""
    shown = {passage.place for passage in answer.passages}
    found = [part.passages for part in answer.parts if _is_answered(part)]
    longest = max(map(len, found), default=0)
    ranked = [
        passages[rank] for rank in range(longest) for passages in found if rank < len(passages)
    ]
    return [p for p in {p.place: p for p in ranked}.values() if p.place not in shown]
