"""How many PDF documents of known layouts are read with exactly their paragraphs.

Run: python -m benchmarks.pdf_layouts [--failures]   (failures of the tuned halves alone)
"""

import sys
from collections.abc import Mapping
from zlib import crc32

from index.sources.parsers.pdf import parse
from tests.index.sources.pdf_indents import HELD_BACK, TUNED, Sheet
from tests.index.sources.pdf_layouts import LAYOUTS, Layout

Documents = Mapping[str, Layout | Sheet]


def main() -> None:
    """Print the figures of both halves, for paragraphs marked by space and by indentation."""
    spaced: list[Documents] = [
        {name: one for name, one in LAYOUTS.items() if crc32(name.encode()) % 2 == rest}
        for rest in (0, 1)
    ]
    kinds: dict[str, list[Documents]] = {"space": spaced, "indentation": [TUNED, HELD_BACK]}
    for kind, halves in kinds.items():
        for half, documents in zip(("tuned", "held back"), halves, strict=True):
            wrong = [name for name, one in documents.items() if not is_right(one)]
            print(f"{kind}, {half}: {len(documents) - len(wrong)} of {len(documents)}")
            if "--failures" in sys.argv and half == "tuned":
                print(*wrong, sep="\n")


def is_right(document: Layout | Sheet) -> bool:
    """Whether exactly the paragraphs of a document are read."""
    return (parse(document.document)["text"] or "").split("\n\n") == document.texts


if __name__ == "__main__":
    main()
