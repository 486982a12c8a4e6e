"""Titles and authors in a document's properties that a person gave, not a program."""

import re

FILE_TITLE = re.compile(
    r"\A(?:microsoft (?:word|powerpoint|excel) -"
    r"|.*[^\s.]\.(?:docx?|dotx?|odt|rtf|pdf|pptx?|xlsx?|indd|qxd|qxp|pages|tex|dvi|txt|html?|epub)$"
    r"|\W*(?:untitled|anonymous|unspecified|document|slide|page|layout|presentation|title)\W*\d*$"
    r"|(?:powerpoint|microsoft|word) (?:presentation|document)$|\[.*\]$)",
    re.IGNORECASE,
)
"""A title that a program made from the name of a file, or without one."""

ACCOUNT = re.compile(
    r"\A\W*(?:(?:\w+ ){0,2}(?:user|account|owner|customer)|admin(?:istrator)?|author|creator"
    r"|unknown|anonymous|unspecified|guest|root|hp|dell|lenovo|acer|asus|python-docx|pandoc|calibre"
    r"|word|office|(?:libre|open|microsoft )office|microsoft word)\W*\d*$",
    re.IGNORECASE,
)
"""The name of a program, or of an account that bears nobody's name."""


def stated_title(value: str | None) -> str | None:
    """A title that somebody gave; None if there is none."""
    title = " ".join((value or "").split())
    return None if FILE_TITLE.match(title) else title or None


def stated_author(value: str | None) -> str | None:
    """The name of an author; None if there is none."""
    author = " ".join((value or "").split())
    return None if ACCOUNT.match(author) else author or None
