"""A story over ten days, for the tests of timelines: a flood whose death toll rises."""

from datetime import date

from index import SHARED, Article

QUESTION = "How many people died in the Sarn flood?"
TOPIC = "the Sarn flood"

REPORTS = (
    (
        date(2025, 3, 2),
        "Harbor Wire",
        "Sarn bursts its banks",
        "The river Sarn flooded the village of Ulm Cross in the night. Four people have died, the"
        " mayor said. Rain is forecast until Tuesday.",
    ),
    (
        date(2025, 3, 4),
        "Valley News",
        "Flood on the Sarn: bridge gone",
        "The flood on the Sarn has carried away the old bridge of Ulm Cross. At least nine people"
        " have died, police said. Schools stay closed.",
    ),
    (
        date(2025, 3, 6),
        "Valley News",
        "Minister visits the Sarn flood",
        "The minister walked through the streets that the Sarn flood has covered in mud. She"
        " promised help for the farmers.",
    ),
    (
        date(2025, 3, 12),
        "Harbor Wire",
        "Last missing of the Sarn flood found",
        "The search after the Sarn flood has ended. In all, 12 people died in the flood, the"
        " district said. A service will be held on Sunday.",
    ),
)
"""Date, publisher, title and text of each report; the third one says nothing of the dead."""


def flood_reports(collection: str = SHARED) -> list[Article]:
    """The reports, each with an address of its own, the newest first."""
    return [
        Article(title, text, publisher, day, f"https://flood.example/{number}", collection)
        for number, (day, publisher, title, text) in reversed(list(enumerate(REPORTS, 1)))
    ]
