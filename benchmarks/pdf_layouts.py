"""How many PDF documents of known layouts are read with exactly their paragraphs.

Run: python -m benchmarks.pdf_layouts [--failures]   (failures of the tuned halves alone)
"""

import sys
from collections.abc import Mapping
from zlib import crc32

from index.sources.parsers.pdf import parse
from tests.index.sources import pdf_indents, pdf_pages
from tests.index.sources.pdf_indents import Sheet
from tests.index.sources.pdf_layouts import LAYOUTS, Layout
from tests.index.sources.pdf_pages import Report

Document = Layout | Sheet | Report
Documents = Mapping[str, Document]


def main() -> None:
    """Print the figures of both halves, for paragraphs marked by space, marked by indentation, and
    continued on the next page."""
    spaced: list[Documents] = [
        {name: one for name, one in LAYOUTS.items() if crc32(name.encode()) % 2 == rest}
        for rest in (0, 1)
    ]
    kinds: dict[str, list[Documents]] = {
        "space": spaced,
        "indentation": [pdf_indents.TUNED, pdf_indents.HELD_BACK],
        "pages": [pdf_pages.TUNED, pdf_pages.HELD_BACK],
    }
    for kind, halves in kinds.items():
        for half, documents in zip(("tuned", "held back"), halves, strict=True):
            wrong = [name for name, one in documents.items() if not is_right(one)]
            print(f"{kind}, {half}: {len(documents) - len(wrong)} of {len(documents)}")
            if "--failures" in sys.argv and half == "tuned":
                print(*wrong, sep="\n")


def is_right(document: Document) -> bool:
    """Whether exactly the paragraphs of a document are read."""
    return (parse(document.document)["text"] or "").split("\n\n") == document.texts


if __name__ == "__main__":
    main()
