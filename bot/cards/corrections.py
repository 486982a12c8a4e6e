"""What an answer's card says about corrected typing errors."""

from collections.abc import Callable, Sequence
from typing import Any

from discord import ui

from bot.language import Translator
from bot.markdown import bold, italic
from index import Correction

MAX_WORD_LENGTH = 40
"""Characters of a word with its markup."""


def corrections_section(
    corrections: Sequence[Correction],
    as_typed_button: Callable[[], ui.Item[Any]],
    localize: Translator,
) -> list[ui.Item[Any]]:
    """The corrected words, beside the button that searches for the question as typed; empty without
    corrections."""
    if not corrections:
        return []
    text = corrected_text(corrections, localize)
    return [ui.Section(ui.TextDisplay(text), accessory=as_typed_button())]


def corrected_text(corrections: Sequence[Correction], localize: Translator) -> str:
    """The corrected words, at least one."""
    words = ", ".join(
        localize(
            "corrected-word",
            searched=bold(correction.searched, MAX_WORD_LENGTH),
            typed=italic(correction.typed, MAX_WORD_LENGTH),
        )
        for correction in corrections
    )
    return localize("corrected", words=words)
