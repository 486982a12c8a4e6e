"""The parser of PDF documents."""

import logging
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from io import BytesIO
from itertools import chain, islice, pairwise
from statistics import median_low
from typing import Any

from .documents.pdf_pages import Paragraph, whole_paragraphs
from .documents.pdf_paragraphs import MIN_STEP, SENTENCE_ENDS, paragraphs
from .documents.properties import stated_author, stated_title
from .superscripts import resolve

HYPHEN = re.compile(r"(?<=[^\W\d_])-\n(?=[a-zß-ÿ])")
"""A hyphen at the end of a line, inside a word."""

LINE_SPACING, MAX_LINE_SPACING = 1.2, 3.5
"""From line to line in a paragraph, in heights of a line: where no line tells, and at most."""

PARAGRAPH_SPACING = 1.15
"""From a paragraph to the next, at least, in units of the spacing of its lines."""

FULL = 0.85
"""The share of a column's width from which a line is full, so that its paragraph may go on."""

MIN_COLUMN_WIDTH = 0.12
"""The share of a page's width from which blocks below each other are a column, not bullets."""


MAX_SPACE = 1.5
"""The widest space between words of a justified line, in sizes of the text; columns that are drawn
row by row are further apart."""

INDENT = 30
"""The distance in points within which lines begin in the same column."""

SIGNATURE, MAX_SIGNATURE_START = b"%PDF-", 1024
"""The mark of PDF files, and the first bytes in which readers look for it."""

MAX_SUPERSCRIPT_SIZE, MIN_RISE = 0.85, 0.15
"""The size of a superscript and how far its bottom is above the text's, in the text's size."""


def parse(content: bytes) -> dict[str, Any]:
    """The text of a PDF document, with blank lines between paragraphs, and its title and author;
    ``is_locked`` if it cannot be read without a password, and ``is_other`` if it is no PDF.

    The date in a file's metadata is when it was made, which says nothing of when it was published.
    """
    from pdfminer.pdfdocument import PDFDocument, PDFPasswordIncorrect
    from pdfminer.pdfparser import PDFParser

    logging.getLogger("pdfminer").setLevel(logging.CRITICAL)
    if SIGNATURE not in content[:MAX_SIGNATURE_START]:
        return {"is_other": True}
    try:
        document = PDFDocument(PDFParser(BytesIO(content)))
    except PDFPasswordIncorrect:
        return {"is_locked": True}
    (info, *_) = [*document.info, {}]
    found = [
        paragraph
        for number, (page, spacing) in enumerate(_pages(document))
        for paragraph in _paragraphs(page, number, spacing)
        if paragraph.text.strip()
    ]
    return {"text": "\n\n".join(map(_unwrap, whole_paragraphs(found))), **_metadata(info)}


def _paragraphs(page: Any, number: int, spacing: float) -> Iterator[Paragraph]:
    """The paragraphs of a page, in reading order.

    Args:
        number: of the page.
        spacing: see ``paragraphs``.
    """
    from pdfminer.layout import LTTextBox

    blocks = [block for block in page if isinstance(block, LTTextBox)]
    rights: defaultdict[int, float] = defaultdict(float)  # of lines, by where they begin
    for line in chain.from_iterable(blocks):
        place = round(line.x0 / INDENT)
        rights[place] = max(rights[place], line.x1)
    in_order = _in_reading_order(blocks, page.width * MIN_COLUMN_WIDTH)
    for lines in paragraphs(in_order, spacing):
        first, *others = lines
        last = lines[-1]
        place = round(last.x0 / INDENT)
        right = max(rights.get(near, 0.0) for near in (place - 1, place, place + 1))
        yield Paragraph(
            resolve(piece for line in lines for piece in _pieces(line)),
            number,
            first.y1,
            last.y0,
            first.height,
            (right - last.x1) * len(last.get_text()) / max(last.width, 1),
            (first.x0 - min(one.x0 for one in others)) / first.height if others else None,
        )


def _pages(document: Any) -> Iterator[tuple[Any, float]]:
    """The pages of a document, each with its blocks and how far the lines of a paragraph are apart
    at most, in heights of a line."""
    from pdfminer.converter import PDFPageAggregator
    from pdfminer.layout import LAParams
    from pdfminer.pdfinterp import PDFPageInterpreter, PDFResourceManager
    from pdfminer.pdfpage import PDFPage

    resources = PDFResourceManager()
    device = PDFPageAggregator(resources, laparams=None)
    interpreter = PDFPageInterpreter(resources, device)
    for drawn in PDFPage.create_pages(document):
        interpreter.process_page(drawn)
        page = device.get_result()
        _widen_spaces(page)
        layout = LAParams(boxes_flow=None)
        spacing = _line_spacing(page, layout) * PARAGRAPH_SPACING
        layout.line_margin = spacing - 1
        page.analyze(layout)
        yield page, spacing


def _widen_spaces(page: Any) -> None:
    """Make the spaces of justified lines as wide as they are shown, so that their words are not
    taken for columns. A space does not include what the document adds to spaces (``Tw``)."""
    from pdfminer.layout import LTChar

    for one, following in pairwise(page):
        if (
            isinstance(one, LTChar)
            and isinstance(following, LTChar)
            and one.get_text() == " "
            and abs(one.y0 - following.y0) < MIN_RISE * one.size
            and 0 < following.x0 - one.x1 < MAX_SPACE * one.size
        ):
            one.set_bbox((one.x0, one.y0, following.x0, one.y1))


def _line_spacing(page: Any, layout: Any) -> float:
    """From line to line in the paragraphs of a page, in heights of a line: from lines that are full
    and do not end like a sentence, and so are not the last of their paragraph."""
    from pdfminer.layout import LTChar

    characters = [one for one in page if isinstance(one, LTChar)]
    found = page.group_objects(layout, characters) if characters else ()
    lines = sorted((line for line in found if line.height > 0), key=lambda line: -line.y1)
    spacings = []
    for number, upper in enumerate(lines):
        below = list(_below(upper, islice(lines, number + 1, None)))
        near = [upper, *below]
        width = max(line.x1 for line in near) - min(line.x0 for line in near)
        is_full = upper.width >= FULL * width
        if below and is_full and not upper.get_text().rstrip().endswith(SENTENCE_ENDS):
            spacings.append((upper.y1 - below[0].y1) / upper.height)
    return median_low(spacings) if spacings else LINE_SPACING


def _below(upper: Any, lines: Iterable[Any]) -> Iterator[Any]:
    """The lines below another one that may be of its paragraph.

    Args:
        lines: from the top.
    """
    for line in lines:
        step = (upper.y1 - line.y1) / upper.height
        if step >= MAX_LINE_SPACING:
            return
        is_of_one_size = round(line.height) == round(upper.height)
        if step > MIN_STEP and is_of_one_size and line.is_hoverlap(upper):
            yield line


def _in_reading_order(blocks: list[Any], min_width: float) -> list[Any]:
    """The blocks of a page, column by column, by recursive cuts: between columns where all blocks
    are clear of a vertical strip, else between what lies above and below a block that spans them.

    Args:
        min_width: of a column.
    """
    columns = _columns(blocks, min_width)
    if len(columns) > 1:
        return [one for column in columns for one in _in_reading_order(column, min_width)]
    bands = _bands(blocks, min_width)
    if len(bands) > 1:
        return [one for band in bands for one in _in_reading_order(band, min_width)]
    return sorted(blocks, key=lambda block: (-round(block.y1), block.x0))


def _columns(blocks: list[Any], min_width: float) -> list[list[Any]]:
    """Blocks, divided where a vertical strip between them is empty; from the left."""
    columns: list[list[Any]] = []
    start = end = 0.0
    for block in sorted(blocks, key=lambda block: block.x0):
        if not columns or (block.x0 >= end and end - start >= min_width):
            columns.append([])
            start = block.x0
        columns[-1].append(block)
        end = max(end, block.x1) if len(columns[-1]) > 1 else block.x1
    if len(columns) > 1 and end - start < min_width:
        columns[-2:] = [columns[-2] + columns[-1]]
    return columns


def _bands(blocks: list[Any], min_width: float) -> list[list[Any]]:
    """Blocks, divided where a horizontal strip between them is empty, unless they go on in the same
    columns below it; from the top."""
    bands: list[list[Any]] = []
    bottom = 0.0
    for block in sorted(blocks, key=lambda block: -block.y1):
        if not bands or block.y1 <= bottom:
            bands.append([])
        bands[-1].append(block)
        bottom = min(bottom, block.y0) if len(bands[-1]) > 1 else block.y0
    joined: list[list[Any]] = []
    for band in bands:
        if joined and len(_columns(joined[-1] + band, min_width)) > 1:
            joined[-1] = joined[-1] + band
        else:
            joined.append(band)
    return joined


def _pieces(line: Any) -> Iterator[tuple[str, bool]]:
    """The characters of a line, and whether each is a superscript."""
    from pdfminer.layout import LTChar

    characters = [one for one in line if isinstance(one, LTChar)]
    sizes = Counter(round(one.size, 1) for one in characters)
    usual = max(sizes, key=sizes.__getitem__, default=0.0)
    bottom = min((one.y0 for one in characters if round(one.size, 1) == usual), default=0.0)
    for one in line:
        is_raised = (
            isinstance(one, LTChar)
            and one.size <= MAX_SUPERSCRIPT_SIZE * usual
            and one.y0 - bottom >= MIN_RISE * usual
        )
        yield one.get_text(), is_raised


def _unwrap(block: str) -> str:
    """A paragraph on one line, with hyphenated words joined."""
    return " ".join(HYPHEN.sub("", block).split())


def _metadata(info: dict[str, Any]) -> dict[str, str | None]:
    def entry(name: str) -> str:
        value = info.get(name)
        if not isinstance(value, bytes):
            return ""
        encoding = "utf-16" if value.startswith((b"\xfe\xff", b"\xff\xfe")) else "latin-1"
        return value.decode(encoding, errors="replace").replace("\0", "").strip()

    return {"title": stated_title(entry("Title")), "author": stated_author(entry("Author"))}
