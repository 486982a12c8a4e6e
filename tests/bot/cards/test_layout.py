import pytest

from bot.cards.layout import clamp_page, count_pages


@pytest.mark.parametrize(
    ("total", "pages"), [(0, 0), (1, 1), (9, 1), (10, 1), (11, 2), (20, 2), (21, 3)]
)
def test_the_last_page_may_be_partly_filled(total: int, pages: int) -> None:
    assert count_pages(total, 10) == pages


@pytest.mark.parametrize(
    ("page", "total", "nearest"),
    [(0, 0, 0), (5, 0, 0), (-1, 25, 0), (1, 25, 1), (2, 25, 2), (3, 25, 2), (2, 20, 1)],
)
def test_a_page_that_does_not_exist_is_replaced_by_the_nearest(
    page: int, total: int, nearest: int
) -> None:
    assert clamp_page(page, total, 10) == nearest
