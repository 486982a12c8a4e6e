"""PDF documents whose paragraphs are marked by indentation, with no space between them.

``TUNED`` and ``HELD_BACK`` have them by name: different texts, fonts and measures, and shapes that
the other half lacks.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import cycle, islice

from pdfminer.fontmetrics import FONT_METRICS

from tests.index.sources.hostile import pdf, stream
from tests.index.sources.pdf_layouts import HEIGHT, MARGIN, SENTENCES, WIDTH

OTHER_SENTENCES = (
    "Snow closed the pass above Liset for the third time since the end of October.",
    "The plow left the depot at four, and it was stuck behind a truck by half past five.",
    "“We had bread for two days,” said the keeper of the inn, who slept by the stove.",
    "Seventeen hikers spent the night on benches in the hall of the school.",
    "Did the council ever read the report that it paid 40,000 crowns for?",
    "A spokesman of the county, Arne Moe, promised a second plow by the new year.",
    "Until then the road is open from nine to three, and only behind a convoy.",
    "The bus to Hove goes by way of the tunnel, which adds an hour to each trip.",
)


@dataclass(frozen=True)
class Block:
    """A paragraph, and how it is set.

    Args:
        first, rest: how far its first line and the others are indented, in units of the font's
            size.
        narrower: how much narrower its lines are on the right.
        gap: additional space above it, in points.
        is_centered: whether its lines are.
    """

    text: str
    first: float = 0
    rest: float = 0
    narrower: float = 0
    gap: float = 0
    is_centered: bool = False


@dataclass(frozen=True)
class Sheet:
    """A page of such blocks.

    Args:
        spacing: from line to line, in units of the font's size.
        is_justified: whether spaces are stretched so that lines are full.
    """

    blocks: Sequence[Block]
    font: str = "Courier"
    size: float = 10
    spacing: float = 1.2
    columns: int = 1
    gutter: int = 24
    is_justified: bool = False

    @property
    def texts(self) -> list[str]:
        """The paragraphs, in reading order."""
        return [block.text for block in self.blocks]

    @cached_property
    def document(self) -> bytes:
        """The PDF file, on one page."""
        width = (WIDTH - 2 * MARGIN - (self.columns - 1) * self.gutter) / self.columns
        share = -(-len(self.blocks) // self.columns)
        drawn: list[str] = []
        for column in range(self.columns):
            left, y = MARGIN + column * (width + self.gutter), float(HEIGHT - MARGIN)
            for block in self.blocks[column * share : (column + 1) * share]:
                y -= block.gap
                for x, word_spacing, line in self._lines(block, width):
                    shown = line.replace("(", r"\(").replace(")", r"\)")
                    drawn.append(
                        f"/F {self.size} Tf {word_spacing:.3f} Tw"
                        f" 1 0 0 1 {left + x:.2f} {y:.2f} Tm ({shown}) Tj"
                    )
                    y -= self.spacing * self.size
            assert y > 0, "the page is full"
        return pdf(
            "<< /Type /Catalog /Pages 2 0 R >>",
            "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 {WIDTH} {HEIGHT}] /Contents 4 0 R"
            " /Resources << /Font << /F 5 0 R >> >> >>",
            stream("\n".join(["BT", *drawn, "ET"]).encode("cp1252")),
            f"<< /Type /Font /Subtype /Type1 /BaseFont /{self.font} /Encoding /WinAnsiEncoding >>",
        )

    def _lines(self, block: Block, width: float) -> Iterator[tuple[float, float, str]]:
        """The start of each line, the additional width of its spaces, and its words."""
        right = width - block.narrower * self.size
        x, words = block.first * self.size, list[str]()
        for word in [*block.text.split(), ""]:
            line = " ".join(words)
            room = right - x - self._width(line)
            if words and (not word or room < self._width(f" {word}")):
                is_stretched = self.is_justified and word
                yield (
                    x + room / 2 if block.is_centered else x,
                    room / max(1, len(words) - 1) if is_stretched else 0,
                    line,
                )
                x, words = block.rest * self.size, []
            words.append(word)

    def _width(self, text: str) -> float:
        _, widths = FONT_METRICS[self.font]
        return sum(widths.get(character, 0.5) for character in text) * self.size / 1000


def told(sentences: Sequence[str], lengths: Sequence[int]) -> list[str]:
    """Paragraphs of so many sentences each."""
    one = cycle(sentences)
    return [" ".join(islice(one, length)) for length in lengths]


def indented(texts: Sequence[str], indent: float, *, opens_flush: bool = False) -> list[Block]:
    """Paragraphs whose first lines are indented, but for the very first one if it opens flush."""
    blocks = [Block(text, first=indent) for text in texts]
    return [replace(blocks[0], first=0), *blocks[1:]] if opens_flush else blocks


def hanging(texts: Sequence[str], indent: float) -> list[Block]:
    """Paragraphs all of whose lines but the first are indented."""
    return [Block(text, rest=indent) for text in texts]


def tuned() -> dict[str, Sheet]:
    story = told(SENTENCES, (3, 2, 4, 3, 1, 3, 2, 4))
    sheets = {
        f"{font}, {columns} columns, spacing {spacing}, indent {indent}"
        f"{', justified' * is_justified}{', opens flush' * opens_flush}": Sheet(
            indented(story, indent, opens_flush=opens_flush),
            font,
            10 if columns == 1 else 8,
            spacing,
            columns,
            is_justified=is_justified,
        )
        for font, columns in (("Courier", 1), ("Helvetica", 1), ("Helvetica", 2))
        for spacing, indent in ((1.15, 1), (1.2, 2), (1.5, 1.5))
        for is_justified in (False, True)
        for opens_flush in (False, True)
    }
    spoken = told(SENTENCES, (1, 1, 1, 3, 1, 1, 4))
    first, second, third, *_ = story
    return sheets | {
        "one-line paragraphs between others": Sheet(indented(spoken, 2), "Helvetica"),
        "hanging": Sheet(hanging(story, 2), "Helvetica"),
        "hanging, justified": Sheet(hanging(story, 1.5), "Helvetica", is_justified=True),
        "a quotation": Sheet(
            [Block(first), Block(second + " " + third, 3, 3, 3), Block(third, first=1.5)],
            "Helvetica",
        ),
        "a centered heading": Sheet(
            [Block("WHAT THE BOARD HEARD", is_centered=True, gap=0), *indented(story, 1.5)],
            "Helvetica",
        ),
        "a heading at the left": Sheet(
            [
                Block("What the board heard"),
                *indented(story[:4], 1.5),
                Block("What it decided"),
                *indented(story[4:], 1.5),
            ],
            "Helvetica",
        ),
        "flush, with space": Sheet([Block(text, gap=8) for text in story], "Helvetica"),
        "sentences that end where lines do": Sheet(
            [Block(" ".join(SENTENCES[:1] * 4)), Block(second, first=2)], "Courier", 9.8
        ),
    }


def held_back() -> dict[str, Sheet]:
    story = told(OTHER_SENTENCES, (2, 4, 3, 1, 2, 5, 3))
    sheets = {
        f"{font}, {columns} columns, spacing {spacing}, indent {indent}"
        f"{', justified' * is_justified}{', opens flush' * opens_flush}": Sheet(
            indented(story, indent, opens_flush=opens_flush),
            font,
            11 if columns == 1 else 9,
            spacing,
            columns,
            gutter=18,
            is_justified=is_justified,
        )
        for font, columns in (("Times-Roman", 1), ("Times-Roman", 2), ("Helvetica", 3))
        for spacing, indent in ((1.1, 1.2), (1.3, 1.8), (1.6, 3))
        for is_justified in (False, True)
        for opens_flush in (False, True)
    }
    spoken = told(OTHER_SENTENCES, (2, 1, 1, 1, 1, 2, 1))
    first, second, third, *_ = story
    notes = [f"{number}. {text}" for number, text in enumerate(story, 1)]
    return sheets | {
        "a conversation": Sheet(indented(spoken, 1.5, opens_flush=True), "Times-Roman", 11),
        "hanging, numbered": Sheet(hanging(notes, 1.25), "Times-Roman", 11),
        "hanging, two columns": Sheet(hanging(story, 2.5), "Times-Roman", 9, columns=2),
        "a quotation in the middle": Sheet(
            [*indented([first, second], 1.5), Block(third, 2.5, 2.5, 2.5), Block(second)],
            "Times-Roman",
            11,
            is_justified=True,
        ),
        "a centered title of two lines": Sheet(
            [
                Block(f"{OTHER_SENTENCES[0]} {OTHER_SENTENCES[6][:-1]}", is_centered=True),
                *indented(story, 1.5, opens_flush=True),
            ],
            "Times-Roman",
            11,
        ),
        "indents and space": Sheet(
            [replace(block, gap=6) for block in indented(story, 2)], "Times-Roman", 11
        ),
        "questions": Sheet(
            indented([OTHER_SENTENCES[4], first, OTHER_SENTENCES[4], second], 2), "Times-Roman", 12
        ),
    }


TUNED, HELD_BACK = tuned(), held_back()
