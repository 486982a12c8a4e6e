"""Marks of footnotes and exponents in PDF documents, Word documents and e-books.

Run: python -m benchmarks.superscripts [--failures]   (failures of the tuned half alone)

Each line of ``superscripts.tsv`` is a paragraph with its superscripts between carets, and what is
to be read. Odd lines are for tuning, even ones are held back.
"""

import re
import sys
from collections.abc import Callable, Iterator
from html import escape
from pathlib import Path

from index.sources.parsers import docx as docx_parser
from index.sources.parsers import epub as epub_parser
from index.sources.parsers import pdf as pdf_parser
from tests.index.sources.pdf_layouts import SENTENCES, document
from tests.index.sources.zipped_documents import docx, epub, paragraph, run

CASES = Path(__file__).with_name("superscripts.tsv")
SUPERSCRIPT = re.compile(r"\^([^^]+)\^")


def cases(half: int) -> list[tuple[str, str]]:
    """The paragraphs of a half, 0 or 1, as written and as they are to be read."""
    lines = CASES.read_text(encoding="utf-8").splitlines()[half::2]
    return [(written, expected) for written, _, expected in (one.partition("\t") for one in lines)]


def pieces(written: str) -> Iterator[tuple[str, bool]]:
    """The pieces of a paragraph, and whether each is a superscript."""
    for number, piece in enumerate(SUPERSCRIPT.split(written)):
        if piece:
            yield piece, number % 2 == 1


def read_pdf(written: str) -> str:
    """The text read from a PDF document with a paragraph."""
    drawn = [f"/F 8 Tf 1 0 0 1 50 {700 - 10 * n} Tm ({one}) Tj" for n, one in enumerate(SENTENCES)]
    drawn.append("1 0 0 1 50 600 Tm")
    for piece, is_raised in pieces(written):
        shown = re.sub(r"([()\\])", r"\\\1", piece)
        size, rise = (5.2, 2.7) if is_raised else (8, 0)
        drawn.append(f"/F {size} Tf {rise} Ts ({shown}) Tj")
    text = pdf_parser.parse(document(drawn))["text"] or ""
    return text.rpartition("\n\n")[2]


def read_docx(written: str) -> str:
    """The text read from a Word document with a paragraph."""
    properties = {True: '<w:vertAlign w:val="superscript"/>', False: ""}
    runs = (run(escape(piece), properties[is_raised]) for piece, is_raised in pieces(written))
    return "\n\n".join(text for _, text in docx_parser.parse(docx(paragraph(*runs)))["blocks"])


def read_epub(written: str) -> str:
    """The text read from an e-book with a paragraph."""
    marked = "".join(
        f"<sup>{escape(piece)}</sup>" if is_raised else escape(piece)
        for piece, is_raised in pieces(written)
    )
    return "\n\n".join(text for _, text in epub_parser.parse(epub(f"<p>{marked}</p>"))["blocks"])


READERS: dict[str, Callable[[str], str]] = {
    ".pdf": read_pdf,
    ".docx": read_docx,
    ".epub": read_epub,
}


def main() -> None:
    """Print the figures of both halves for each format."""
    for suffix, read in READERS.items():
        for half, name in enumerate(("tuned", "held back")):
            found = [(written, expected, read(written)) for written, expected in cases(half)]
            wrong = [one for one in found if one[1] != one[2]]
            print(f"{suffix}, {name}: {len(found) - len(wrong)} of {len(found)}")
            if "--failures" in sys.argv and half == 0:
                for written, _, text in wrong:
                    print(f"  {written}\n  {text}")


if __name__ == "__main__":
    main()
