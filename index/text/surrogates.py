"""Lone surrogates, which a command line in no encoding has, and which nothing can encode."""


def without_surrogates(text: str) -> str:
    """The text with U+FFFD instead of lone surrogates."""
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
