"""PDF documents whose paragraphs are known, in the layouts that reports and newspapers have.

``LAYOUTS`` has them by name. Those whose names have an even CRC-32 are for tuning, the others
are held back.
"""

from dataclasses import dataclass
from itertools import cycle, islice
from textwrap import wrap

from tests.index.sources.hostile import pdf, stream

SENTENCES = (
    "The harbor board of Korsvik met on Monday and heard how far the new pier has come.",
    "Its chair said that the stone had been cut, but that the barge was late again.",
    "Two of the five members asked for a second offer from the yard in Eastby.",
    "Nobody could say what the repair of the lamp had cost, or who had paid for it.",
    "Fishermen told the board that the channel must be dredged before the winter storms.",
    "A vote on the budget was put off until the auditor has read all of the invoices.",
    "The ferry line offered to lend its crane for nine days if the town pays the fuel.",
)
WIDTH, HEIGHT, MARGIN = 600, 800, 50
CHARACTER = 0.6
"""The width of each character of Courier, in units of the font's size."""


@dataclass(frozen=True)
class Layout:
    """How a document is set.

    Args:
        spacing: from line to line, in units of the font's size.
        gap: additional space between paragraphs, in points.
        by_row: whether lines beside each other are drawn one after the other.
        heading: whether there is a line in large letters above the columns.
        sentences: of each paragraph.
    """

    spacing: float = 1.2
    gap: float = 10
    columns: int = 1
    size: int = 10
    gutter: int = 20
    by_row: bool = False
    heading: bool = False
    sentences: int = 3
    paragraphs: int = 6

    @property
    def texts(self) -> list[str]:
        """The paragraphs, in reading order."""
        told = cycle(SENTENCES)
        texts = [" ".join(islice(told, self.sentences)) for _ in range(self.paragraphs)]
        return ["What the board heard", *texts] if self.heading else texts

    @property
    def document(self) -> bytes:
        """The PDF file, on one page."""
        width = (WIDTH - 2 * MARGIN - (self.columns - 1) * self.gutter) / self.columns
        texts, top = self.texts, HEIGHT - MARGIN
        lines: list[tuple[float, float, int, str]] = []
        if self.heading:
            lines.append((top, MARGIN, 2 * self.size, texts.pop(0)))
            top -= 4 * self.size
        share = -(-len(texts) // self.columns)
        for column in range(self.columns):
            x, y = MARGIN + column * (width + self.gutter), float(top)
            for text in texts[column * share : (column + 1) * share]:
                for line in wrap(text, int(width / (CHARACTER * self.size))):
                    lines.append((y, x, self.size, line))
                    y -= self.spacing * self.size
                y -= self.gap
            assert y > 0, "the page is full"
        if self.by_row:
            lines.sort(key=lambda line: -line[0])
        return document([f"/F {size} Tf 1 0 0 1 {x} {y} Tm ({t}) Tj" for y, x, size, t in lines])


def document(drawn: list[str], info: str = "") -> bytes:
    """A PDF file of one page on which texts are drawn, with the entries of its metadata."""
    content = pdf(
        "<< /Type /Catalog /Pages 2 0 R >>",
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 {WIDTH} {HEIGHT}] /Contents 4 0 R"
        " /Resources << /Font << /F 5 0 R >> >> >>",
        stream("\n".join(["BT", *drawn, "ET"]).encode("cp1252")),
        "<< /Type /Font /Subtype /Type1 /BaseFont /Courier /Encoding /WinAnsiEncoding >>",
    )
    return content.replace(b"/Root 1 0 R", b"/Root 1 0 R /Info << %s >>" % info.encode())


LAYOUTS = {
    f"{columns} columns, spacing {spacing}, gap {gap}, {order}{', heading' * heading}": Layout(
        spacing=spacing,
        gap=gap,
        columns=columns,
        by_row=order == "by row",
        heading=heading,
        gutter=18 if columns == 2 else 24,
        size=10 if columns == 1 else 8,
    )
    for columns in (1, 2, 3)
    for spacing, gap in ((1.15, 6), (1.5, 12), (1.6, 12), (2.0, 20), (2.5, 24))
    for order in ("by column", "by row")
    for heading in (False, True)
    if spacing < 2.5 or columns == 1
} | {
    f"short paragraphs, spacing {spacing}, gap {gap}": Layout(
        spacing=spacing, gap=gap, sentences=1, paragraphs=8
    )
    for spacing, gap in ((1.2, 12), (1.5, 15), (1.6, 16), (2.0, 20))
}
