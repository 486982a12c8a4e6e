"""A notice above a posted answer fits, however long the answer is."""

from typing import Any

import pytest
from discord import ui

from bot.cards.corrected_answers import marked_card
from bot.cards.layout import MAX_TEXT_LENGTH, container
from bot.markdown import length


def texts(view: ui.LayoutView) -> list[str]:
    return [item.content for item in view.walk_children() if isinstance(item, ui.TextDisplay)]


@pytest.fixture
def message(monkeypatch: pytest.MonkeyPatch) -> Any:
    """Makes a message from texts."""

    def make(*contents: str) -> Any:
        view = container(*map(ui.TextDisplay[ui.LayoutView], contents))
        monkeypatch.setattr(ui.LayoutView, "from_message", lambda *_, **__: view)
        return None

    return make


async def test_the_notice_stands_above_what_was_there(message: Any) -> None:
    card = marked_card(message("**Why?**", "> Because."), "Corrected.")
    assert card is not None
    assert texts(card) == ["Corrected.", "**Why?**", "> Because."]


async def test_a_notice_is_not_repeated(message: Any) -> None:
    assert marked_card(message("Corrected.", "> Because."), "Corrected.") is None


async def test_a_long_quote_makes_room(message: Any) -> None:
    quote = "> " + "word **bold words** " * 199
    card = marked_card(message("**Why?**", quote[: MAX_TEXT_LENGTH - 8]), "Corrected. " * 20)
    assert card is not None
    notice, _, cut = texts(card)
    assert sum(map(length, texts(card))) <= MAX_TEXT_LENGTH
    assert notice.startswith("Corrected.")
    assert cut.endswith("…")
    assert cut.count("**") % 2 == 0
