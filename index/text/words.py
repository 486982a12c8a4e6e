"""Words, compared as full-text search compares them."""

import re
import unicodedata

WORD = re.compile(r"\w+")


def fold(word: str) -> str:
    """A word in lower case and without diacritics: "Erdoğan" is "erdogan"."""
    decomposed = unicodedata.normalize("NFKD", word.lower())
    return "".join(character for character in decomposed if not unicodedata.combining(character))
