"""How many PDF documents of known layouts are read with exactly their paragraphs.

Run: python -m benchmarks.pdf_layouts [--failures]   (failures of the tuned half alone)
"""

import sys
from zlib import crc32

from index.sources.parsers.pdf import parse
from tests.index.sources.pdf_layouts import LAYOUTS


def main() -> None:
    """Print the figures of both halves."""
    for half, rest in (("tuned", 0), ("held back", 1)):
        names = [name for name in LAYOUTS if crc32(name.encode()) % 2 == rest]
        wrong = [
            name
            for name in names
            if (parse(LAYOUTS[name].document)["text"] or "").split("\n\n") != LAYOUTS[name].texts
        ]
        print(f"{half}: {len(names) - len(wrong)} of {len(names)}")
        if "--failures" in sys.argv and not rest:
            print(*wrong, sep="\n")


if __name__ == "__main__":
    main()
