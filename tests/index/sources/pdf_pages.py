"""PDF documents of several pages, whose paragraphs go on from column to column and page to page,
between running headers and footers.

``TUNED`` and ``HELD_BACK`` have them by name: different texts, fonts, measures and headers.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from tests.index.sources.hostile import pdf, stream
from tests.index.sources.pdf_indents import OTHER_SENTENCES, Block, Sheet, told
from tests.index.sources.pdf_layouts import MARGIN, SENTENCES

WIDTH, HEIGHT = 400, 300


@dataclass(frozen=True)
class Report:
    """A document.

    Args:
        indent: of first lines, in units of the font's size.
        gap: additional space between paragraphs, in points.
        headers, footers: those of the pages, in turn; {page} and {pages} are numbers.
        first_header: that of the first page, if it has another one; "": none.
        chapters: whether each page begins with a heading in large letters.
    """

    paragraphs: Sequence[str]
    font: str = "Helvetica"
    size: float = 9
    columns: int = 1
    indent: float = 0
    gap: float = 6
    is_justified: bool = False
    headers: Sequence[str] = ("",)
    footers: Sequence[str] = ("",)
    first_header: str | None = None
    chapters: bool = False

    @property
    def texts(self) -> list[str]:
        """The paragraphs, in reading order."""
        if not self.chapters:
            return [*filter(None, [self.first_header]), *self.paragraphs]
        return [
            one
            for number, text in enumerate(self.paragraphs, 1)
            for one in (f"Part {number}", text)
        ]

    @cached_property
    def document(self) -> bytes:
        """The PDF file."""
        contents = self._pages()
        kids = " ".join(f"{4 + 2 * number} 0 R" for number in range(len(contents)))
        pages: list[str | bytes] = []
        for number, drawn in enumerate(contents):
            pages.append(
                f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 {WIDTH} {HEIGHT}]"
                f" /Contents {5 + 2 * number} 0 R /Resources << /Font << /F 3 0 R >> >> >>"
            )
            lines = [*drawn, *self._margins(number, len(contents))]
            pages.append(stream("\n".join(["BT", *lines, "ET"]).encode("cp1252")))
        return pdf(
            "<< /Type /Catalog /Pages 2 0 R >>",
            f"<< /Type /Pages /Kids [{kids}] /Count {len(contents)} >>",
            f"<< /Type /Font /Subtype /Type1 /BaseFont /{self.font} /Encoding /WinAnsiEncoding >>",
            *pages,
        )

    def _pages(self) -> list[list[str]]:
        """What is drawn on each page."""
        width = (WIDTH - 2 * MARGIN - 20 * (self.columns - 1)) / self.columns
        sheet = Sheet([], self.font, self.size, is_justified=self.is_justified)
        pages: list[list[str]] = []
        column, y = self.columns, 0.0
        for number, text in enumerate(self.paragraphs, 1):
            if self.chapters:
                pages.append([_drawn(f"Part {number}", MARGIN, HEIGHT - MARGIN, 2 * self.size)])
                column, y = 0, HEIGHT - MARGIN - 4 * self.size
            for x, word_spacing, line in sheet._lines(Block(text, first=self.indent), width):
                if y < MARGIN:
                    column, y = column + 1, float(HEIGHT - MARGIN)
                if column >= self.columns:
                    pages.append([])
                    column, y = 0, float(HEIGHT - MARGIN)
                left = MARGIN + column * (width + 20)
                pages[-1].append(_drawn(line, left + x, y, self.size, word_spacing))
                y -= 1.2 * self.size
            y -= self.gap
        return pages

    def _margins(self, number: int, pages: int) -> list[str]:
        """What is drawn above and below the text of a page."""
        header = self.headers[number % len(self.headers)]
        if number == 0 and self.first_header is not None:
            header = self.first_header
        footer = self.footers[number % len(self.footers)]
        return [
            _drawn(text.format(page=number + 1, pages=pages), x, y, self.size - 1)
            for text, x, y in ((header, MARGIN, HEIGHT - 25), (footer, WIDTH / 2, 20))
            if text
        ]


def _drawn(text: str, x: float, y: float, size: float, word_spacing: float = 0) -> str:
    shown = text.replace("(", r"\(").replace(")", r"\)")
    return f"/F {size} Tf {word_spacing:.3f} Tw 1 0 0 1 {x:.2f} {y:.2f} Tm ({shown}) Tj"


STYLES = {"space": (0, 6), "indentation": (1.5, 0)}
"""The indentation and the gap of paragraphs."""


def tuned() -> dict[str, Report]:
    story = told(SENTENCES, (3, 5, 2, 6, 4, 3, 7, 2, 5, 4, 6, 3, 5, 4))
    margins = {
        "nothing else": ("", ""),
        "a header": ("The Harbor Board of Korsvik", ""),
        "a number below": ("", "{page}"),
        "a header and a number": ("Minutes of the harbor board", "Page {page} of {pages}"),
        "a header with a number": ("Minutes, page {page}", ""),
    }
    reports = {
        f"{columns} columns, {style}, {name}": Report(
            story, columns=columns, indent=indent, gap=gap, headers=(above,), footers=(below,)
        )
        for columns in (1, 2)
        for style, (indent, gap) in STYLES.items()
        for name, (above, below) in margins.items()
    }
    chapters = told(SENTENCES, (3, 4, 5, 3))
    return reports | {
        "a header on each page but the first": Report(
            story, headers=("Minutes of May",), first_header="", footers=("- {page} -",)
        ),
        "two headers in turn": Report(story, headers=("Harbor board", "Minutes of May")),
        "parts": Report(chapters, chapters=True, footers=("{page}",)),
    }


def held_back() -> dict[str, Report]:
    story = told(OTHER_SENTENCES, (4, 2, 5, 3, 6, 2, 4, 7, 3, 5, 2, 6, 4, 5, 3, 4))
    margins = {
        "nothing else": ("", ""),
        "a title and a date": ("Winter on the pass – 9 October 2025", ""),
        "numbers of all": ("", "{page}/{pages}"),
        "a bar": ("County of Liset | {page}", "For release at noon"),
    }
    reports = {
        f"{columns} columns, {style}, {name}{', justified' * is_justified}": Report(
            story,
            "Times-Roman",
            10,
            columns,
            indent,
            gap,
            is_justified,
            headers=(above,),
            footers=(below,),
        )
        for columns in (1, 2)
        for style, (indent, gap) in STYLES.items()
        for name, (above, below) in margins.items()
        for is_justified in (False, True)
    }
    names = [f"Section {one}" for one in ("north", "south")]
    chapters = told(OTHER_SENTENCES, (2, 5, 3, 4, 2))
    return reports | {
        "sections in turn": Report(story, "Times-Roman", 10, headers=names, footers=("p. {page}",)),
        "no header on the first page": Report(
            story, "Times-Roman", 10, headers=("{page}",), first_header="Press release"
        ),
        "parts without numbers below": Report(chapters, "Times-Roman", 10, chapters=True),
    }


TUNED, HELD_BACK = tuned(), held_back()
