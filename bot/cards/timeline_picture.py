"""The picture of a timeline's figures: a row for each article, from the oldest to the newest.

Rows, rather than a curve over a time axis, leave room for each figure with its paper and date: they
can be read on a phone, and never overlap.
"""

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any

from bot.language import Translator
from bot.markdown import cut
from index import Timeline, TimelineEntry
from index.text.quantities import Quantity, find_quantities
from index.text.units import COUNT, Unit

MAX_ROWS = 12
"""Rows of a picture: the newest figures."""

MAX_LABEL_LENGTH, MAX_FIGURE_LENGTH = 40, 20
"""Characters of a row's number, date and paper, and of a figure."""

WIDTH, ROW_HEIGHT, MARGIN = 3.2, 0.44, 0.14
"""Inches: at the width of a phone, about that of the picture, the text has its size in points."""

DPI = 300

BACKGROUND, INK, QUIET, MARK = "#22303f", "#f4f6f8", "#b9c6d3", "#ffc857"
"""A background of its own suits Discord's dark and light themes. The contrast to it (WCAG 2.2) is
12:1 for ``INK``, 7.7:1 for ``QUIET`` and 8.7:1 for ``MARK``."""

MARKERS = {"": "o", "about": "o", "at least": ">", "at most": "<"}
"""The marker of a quantity with each qualifier; that of a rounded figure is hollow."""

FIGURE_ROOM = 0.56
"""The share of the width beside the greatest value that is left for its label."""


@dataclass(frozen=True, slots=True)
class Point:
    """A figure as it is drawn and described in words.

    Args:
        number: of its entry in the timeline, from 1.
        day: of its article.
        publisher: of its article, or the title where it is unknown.
        figure: a slice of the article.
        low, high: the values, in the same unit as those of the other points.
        qualifier: as in ``Quantity``.
    """

    number: int
    day: str
    publisher: str
    figure: str
    low: float
    high: float
    qualifier: str = ""


def points_of(timeline: Timeline, localize: Translator) -> list[Point]:
    """The newest figures of a timeline, oldest first; empty if its entries are not figures."""
    measured = [
        (number, entry, entry.quantity)
        for number, entry in enumerate(timeline.entries, 1)
        if entry in timeline.points
    ]
    known = [(number, entry, quantity) for number, entry, quantity in measured if quantity]
    unit = next((quantity.unit for _, _, quantity in known if quantity.unit is not COUNT), COUNT)
    return [_point(number, entry, quantity, unit, localize) for number, entry, quantity in known][
        -MAX_ROWS:
    ]


def describe(points: Sequence[Point], localize: Translator) -> str:
    """The points in words, for people who cannot see the picture."""
    told = (
        localize("timeline-point", day=point.day, publisher=point.publisher, figure=point.figure)
        for point in points
    )
    return localize("timeline-picture", points="; ".join(told))


def draw(points: Sequence[Point]) -> bytes:
    """A PNG of points. It takes some 200 ms, and half a second the first time."""
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure

    rows_height = ROW_HEIGHT * len(points)
    height = rows_height + 2 * MARGIN
    figure = Figure(figsize=(WIDTH, height), dpi=DPI, facecolor=BACKGROUND)
    FigureCanvasAgg(figure)
    left = MARGIN / WIDTH
    axes = figure.add_axes((left, MARGIN / height, 1 - 2 * left, rows_height / height))
    axes.set_axis_off()
    axes.set_ylim(len(points), 0)
    least, greatest = min(0.0, *(p.low for p in points)), max(0.0, *(p.high for p in points))
    span = (greatest - least) or 1.0
    axes.set_xlim(least - 0.02 * span, greatest + FIGURE_ROOM / (1 - FIGURE_ROOM) * span)
    for row, point in enumerate(points):
        _draw_point(axes, row, point, 0.07 * span)
    png = BytesIO()
    figure.savefig(png, format="png", facecolor=BACKGROUND)
    return png.getvalue()


def _draw_point(axes: Any, row: int, point: Point, gap: float) -> None:
    """Draw a row: the date and paper, and below them the value with its figure."""
    label = " · ".join(
        part for part in (str(point.number), point.day, drawable(point.publisher)) if part
    )
    axes.text(
        0.0,
        row + 0.24,
        cut(label, MAX_LABEL_LENGTH),
        transform=axes.get_yaxis_transform(),
        size=8,
        color=QUIET,
        va="center",
        parse_math=False,
    )
    line = row + 0.68
    axes.vlines(0, line - 0.16, line + 0.16, color=QUIET, linewidth=0.8)
    axes.hlines(line, 0, point.high, color=MARK, linewidth=1.4, alpha=0.55)
    if point.low < point.high:
        axes.hlines(line, point.low, point.high, color=MARK, linewidth=5)
    axes.plot(
        [point.high],
        [line],
        MARKERS[point.qualifier],
        markersize=6.5,
        markeredgecolor=MARK,
        markeredgewidth=1.6,
        markerfacecolor=BACKGROUND if point.qualifier == "about" else MARK,
        clip_on=False,
    )
    axes.text(
        max(point.high, 0.0) + gap,
        line,
        drawable(point.figure),
        size=9,
        weight="bold",
        color=INK,
        va="center",
        parse_math=False,
    )


def drawable(text: str) -> str:
    """The text if the font has all its characters and it is written from left to right; else "",
    since the numbers of the rows lead to the text beside the picture."""
    has_glyph = all(ord(character) in _characters() for character in text)
    return text if has_glyph and not any(map(_is_right_to_left, text)) else ""


def _is_right_to_left(character: str) -> bool:
    return unicodedata.bidirectional(character) in ("R", "AL", "AN")


@cache
def _characters() -> frozenset[int]:
    """The code points that the font, which matplotlib brings along, has."""
    from matplotlib import get_data_path
    from matplotlib.ft2font import FT2Font

    font = FT2Font(str(Path(get_data_path()) / "fonts" / "ttf" / "DejaVuSans-Bold.ttf"))
    return frozenset(font.get_charmap())


def _point(
    number: int, entry: TimelineEntry, quantity: Quantity, unit: Unit, localize: Translator
) -> Point:
    published = entry.article.published
    assert published is not None

    def value(figure: Decimal) -> float:
        is_named = quantity.unit not in (COUNT, unit)
        return float(figure * quantity.unit.factor / unit.factor if is_named else figure)

    return Point(
        number,
        localize.day(date(published.year, published.month, published.day)),
        cut(entry.article.publisher or entry.article.title, MAX_LABEL_LENGTH),
        _short_figure(entry.figure),
        value(quantity.low),
        value(quantity.high),
        quantity.qualifier,
    )


def _short_figure(figure: str) -> str:
    """A figure without what follows its number and unit, if it is long."""
    if len(figure) <= MAX_FIGURE_LENGTH:
        return figure
    start, end = next((span for _, span in find_quantities(figure)), (0, 0))
    return figure[:end] if end <= MAX_FIGURE_LENGTH else figure[start:end]
