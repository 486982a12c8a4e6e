"""The picture of a timeline, and the card around it: the drawing and its description."""

import re
from datetime import date, datetime
from io import BytesIO
from typing import Any

import pytest
from PIL import Image

from bot.cards.layout import MAX_TEXT_LENGTH
from bot.cards.timeline import MAX_DESCRIPTION_LENGTH, timeline_card
from bot.cards.timeline_picture import (
    BACKGROUND,
    DPI,
    INK,
    MARK,
    MAX_ROWS,
    QUIET,
    ROW_HEIGHT,
    WIDTH,
    Point,
    describe,
    draw,
    drawable,
    points_of,
)
from bot.language import translator_for
from bot.markdown import length
from index import SHARED, Article, Certainty, Passage, Scope, Timeline, TimelineEntry
from index.article import Sentence, cite
from tests.bot.conftest import walk

ENGLISH, SPANISH = translator_for("en"), translator_for("es")
DAY = date(2025, 3, 2)


def entry(
    text: str, figure: str = "", day: date | None = DAY, publisher: str | None = "Wire"
) -> TimelineEntry:
    """The entry of an article whose only sentence has a highlighted figure."""
    article = Article("A title", text, publisher, day, "https://a.example/1")
    start = text.index(figure)
    highlights = ((start, start + len(figure)),) if figure else ()
    citation = cite(article, 0, len(text), Sentence(0, len(text), 1, 1))
    return TimelineEntry(Passage(0, len(text), 0.9, citation, highlights), 0.9)


def timeline(*entries: TimelineEntry, **fields: Any) -> Timeline:
    return Timeline("how many?", "how many?", Certainty.FOUND, entries, searched=9, **fields)


def points(*figures: str) -> list[Point]:
    entries = (entry(f"There were {figure} in all.", figure) for figure in figures)
    return points_of(timeline(*entries), ENGLISH)


def card_of(one: Timeline, page: int = 0, **options: Any) -> Any:
    from discord import ui

    def button(passage: Passage) -> ui.Button[ui.LayoutView]:
        return ui.Button(label="Context", custom_id=f"c{id(passage)}")

    def page_button(number: int, label: str, enabled: bool) -> ui.Button[ui.LayoutView]:
        return ui.Button(label=label, custom_id=f"p{number}", disabled=not enabled)

    localize = options.get("localize", ENGLISH)
    scope = options.get("scope", Scope((SHARED,)))
    return timeline_card(one, page, scope, options.get("picture"), button, page_button, localize)


def parts_of(card: Any) -> list[dict[str, Any]]:
    return walk(card.to_components())


def text_of_card(card: Any) -> str:
    return "\n".join(part["content"] for part in parts_of(card) if part["type"] == 10)


# The drawing


def test_points_have_the_values_and_the_words_of_the_articles() -> None:
    assert points("about 200", "at least 1,400", "1.5 million", "50 to 60", "up to nine") == [
        Point(1, "2 March 2025", "Wire", "about 200", 200, 200, "about"),
        Point(2, "2 March 2025", "Wire", "at least 1,400", 1400, 1400, "at least"),
        Point(3, "2 March 2025", "Wire", "1.5 million", 1_500_000, 1_500_000),
        Point(4, "2 March 2025", "Wire", "50 to 60", 50, 60),
        Point(5, "2 March 2025", "Wire", "up to nine", 9, 9, "at most"),
    ]


def test_units_of_one_dimension_are_converted() -> None:
    drawn = points("2 kilometres", "500 metres", "1 mile")

    assert [round(point.low, 3) for point in drawn] == [2, 0.5, 1.609]


def test_a_long_figure_is_cut_to_its_number() -> None:
    drawn = points(
        "2,650 hectares of forest and heath", "at least 40 hectares in the far north", "7 acres"
    )

    assert [p.figure for p in drawn] == ["2,650 hectares", "at least 40 hectares", "7 acres"]


def test_a_point_has_a_day_without_a_time_and_the_title_for_an_unknown_paper() -> None:
    at = datetime(2025, 3, 2, 18, 30)  # noqa: DTZ001  # as some feeds have it
    three = [entry(f"There are {n} now.", str(n), at, None) for n in (3, 4, 5)]

    assert {(p.day, p.publisher) for p in points_of(timeline(*three), ENGLISH)} == {
        ("2 March 2025", "A title")
    }


def test_only_the_newest_figures_are_drawn() -> None:
    drawn = points(*(f"{n} otters" for n in range(10, 40)))

    assert [point.number for point in drawn] == list(range(31 - MAX_ROWS, 31))


def test_without_three_figures_there_is_no_picture() -> None:
    assert points("3", "4") == []
    assert points_of(timeline(entry("Nobody knows."), entry("All know.")), ENGLISH) == []


@pytest.mark.parametrize(
    "figures",
    [
        ("1", "2", "3"),
        ("0", "zero", "0"),
        ("-3 degrees", "12 degrees", "minus 40 degrees"),
        ("$1.2 billion", "$900 million", "$2"),
        ("50 to 60", "about 70", "at least 80", "up to 90"),
    ],
)
def test_a_picture_is_a_png_as_wide_as_said_with_a_row_for_each_point(
    figures: tuple[str, ...],
) -> None:
    drawn = points(*figures)
    assert len(drawn) == len(figures)

    with Image.open(BytesIO(draw(drawn))) as image:
        assert image.format == "PNG"
        assert image.width == round(WIDTH * DPI)
        assert image.height >= len(figures) * ROW_HEIGHT * DPI
        assert len(image.convert("RGB").getcolors(1 << 24) or ()) > 10


def test_characters_missing_from_the_font_are_left_out() -> None:
    assert drawable("Ñandú Žižek Київ Ελλάδα – “1,2”") == "Ñandú Žižek Київ Ελλάδα – “1,2”"
    assert drawable("朝日新聞") == ""
    assert drawable("الجزيرة") == ""
    assert drawable("Otters 🦦") == ""
    assert draw([Point(1, "2 March 2025", "朝日新聞", "五", 5, 5)] * 3).startswith(b"\x89PNG")


def _luminance(color: str) -> float:
    """The relative luminance of WCAG 2.2."""
    parts = [int(color[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@pytest.mark.parametrize("color", [INK, QUIET, MARK])
def test_text_and_marks_stand_out_from_the_background(color: str) -> None:
    contrast = (_luminance(color) + 0.05) / (_luminance(BACKGROUND) + 0.05)

    assert contrast >= 7


# The description


def test_the_picture_is_described_in_each_language() -> None:
    drawn = points("3 otters", "4 otters", "nine otters")[:2]

    assert describe(drawn, ENGLISH) == (
        "The figures by date. 2 March 2025, Wire: 3 otters; 2 March 2025, Wire: 4 otters."
    )
    assert describe(drawn, SPANISH).startswith("Las cifras por fecha. 2 March 2025, Wire: 3 otters")


def test_the_card_is_within_the_limits_of_discord() -> None:
    long = "word " * 900 + "end."
    entries = [entry(long, publisher="P" * 200) for _ in range(30)]
    card = card_of(timeline(*entries, omitted=12), picture=(b"", "x " * 2000))
    components = parts_of(card)

    assert len(components) <= 40
    texts = [c["content"] for c in components if c["type"] == 10]
    assert sum(map(length, texts)) <= MAX_TEXT_LENGTH
    (gallery,) = [c for c in components if c["type"] == 12]
    assert len(gallery["items"][0]["description"]) <= MAX_DESCRIPTION_LENGTH
    assert [file.filename for file in card.attachments()] == ["timeline.png"]
    assert "12 less certain articles are left out" in text_of_card(card)


def test_other_pages_have_no_picture() -> None:
    card = card_of(timeline(*[entry("There are 3.", "3")] * 7), 1, picture=(b"png", "words"))

    assert card.attachments() == []
    assert [c for c in parts_of(card) if c["type"] == 12] == []


@pytest.mark.parametrize("page", [-1, 0, 5])
def test_a_page_that_does_not_exist_is_the_nearest_one(page: int) -> None:
    shown = text_of_card(card_of(timeline(*[entry("There are 3.", "3")] * 7), page))

    assert f"Page {2 if page == 5 else 1} of 2" in shown


def test_weak_answers_and_entries_without_a_date_are_marked() -> None:
    one = Timeline("how many?", "how many?", Certainty.WEAK, (entry("Some say 3.", "3", None),))

    shown = text_of_card(card_of(one))

    assert "This may be it." in shown
    assert "**Undated**\n> Some say **3**." in shown


def test_the_card_speaks_spanish() -> None:
    shown = text_of_card(card_of(timeline(*[entry("There are 3.", "3")] * 3), localize=SPANISH))

    assert "**2 de marzo de 2025**\n> There are **3**." in shown
    assert "3 artículos, del más antiguo al más reciente" in shown


def test_nothing_found_says_why() -> None:
    nothing = Timeline("otters?", "otters?", Certainty.NONE)

    assert "The library is empty" in text_of_card(card_of(nothing))
    filtered = card_of(nothing, scope=Scope((SHARED,), publisher="Wire"))
    assert re.search(r"No articles match these filters\.\n-# by Wire$", text_of_card(filtered))
