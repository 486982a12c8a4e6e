"""Texts cut to a length."""


def truncate(text: str, length: int) -> str:
    """A text of at most ``length`` characters: one that is longer is cut at a space if there is
    one, and ends in "…"."""
    if len(text) <= length:
        return text
    beginning = text[: length - 1]
    if not text[length - 1].isspace():
        beginning = beginning.rpartition(" ")[0] or beginning
    return beginning.rstrip() + "…"
