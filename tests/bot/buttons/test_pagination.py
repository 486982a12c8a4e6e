"""Every ``custom_id`` keeps working, whichever version of the bot made it."""

from typing import Any

import pytest

from bot.buttons.pagination import PageButton
from tests.bot.conftest import World

ARTICLE = "0123456789abcdef"


@pytest.mark.parametrize(
    ("custom_id", "name", "page", "key"),
    [
        ("page:answer:1:7", "answer", 1, 7),
        ("page:feeds:-1:0", "feeds", -1, 0),
        ("more:7:1", "answer", 1, 7),
        ("articles:2:0", "articles", 2, 0),
        ("articles:-1:7", "articles", -1, 7),
        ("found:7:-1", "found", -1, 7),
        ("turn:failed:3", "failed", 3, 0),
        ("turn:feeds:0", "feeds", 0, 0),
    ],
)
async def test_a_page_button_is_read_in_each_of_its_forms(
    custom_id: str, name: str, page: int, key: int
) -> None:
    match = PageButton.__discord_ui_compiled_template__.fullmatch(custom_id)
    assert match is not None
    interaction: Any = None
    item: Any = None
    button = await PageButton.from_custom_id(interaction, item, match)
    assert (button.name, button.page, button.key) == (name, page, key)


@pytest.mark.parametrize(
    "custom_id",
    [
        f"context:{ARTICLE}:0:1a",
        f"context:{ARTICLE}:0:1a:0f",
        f"nearest:{ARTICLE}:0:1a,{ARTICLE}:1b:2:0f",
        "more:7:1",
        "articles:-1:7",
        "found:7:-1",
        "turn:failed:3",
        "page:answer:1:7",
        "vote:7:0",
        "vote:7:1",
        "private:7",
        "retry:0:0",
        "retry:7:1",
        "forget-failed",
        f"remove:{ARTICLE}",
        "keep",
        "again:12345678901234567890",
    ],
)
async def test_one_button_reacts_to_each_custom_id_there_is(world: World, custom_id: str) -> None:
    known: Any = world.bot._connection._view_store._dynamic_items
    interaction: Any = None
    item: Any = None
    (button,) = [
        await button.from_custom_id(interaction, item, match)
        for pattern, button in known.items()
        if (match := pattern.fullmatch(custom_id))
    ]
    if not isinstance(button, PageButton):
        assert button.custom_id == custom_id
