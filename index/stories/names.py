"""The names in an article, by their capitals: a rough measure of what it is about."""

import re

from index.article import Article
from index.text.similarity import DATE_WORDS

NAME = re.compile(r"(?<=[\w,;:]\s)[^\W\d_a-zß-öø-ÿ][\w’'-]+")
"""Matches a word that is written with a capital within a sentence."""

TITLE_WORD = re.compile(r"\b[^\W\d_a-zß-öø-ÿ][\w’'-]+")


def names_in(article: Article) -> frozenset[str]:
    """The words of the title and the text that are written with capitals, case-folded, without
    days and months."""
    return frozenset(names_of(article.title, article.text))


def names_of(title: str, text: str) -> list[str]:
    """``names_in`` of a title and part of a text, in order, with repetitions."""
    words = (*TITLE_WORD.findall(title), *NAME.findall(text))
    names = (word.casefold().removesuffix("'s").removesuffix("’s") for word in words)
    return [name for name in names if name not in DATE_WORDS]
