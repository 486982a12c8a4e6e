"""Words that sites use when they speak to their readers (``words.toml``), as patterns."""

import re
import tomllib
from itertools import groupby
from pathlib import Path

WORDS: dict[str, dict[str, str]] = tomllib.loads(
    Path(__file__).with_suffix(".toml").read_text(encoding="utf-8")
)
"""Stems by what they mean and by language."""


MIN_LONG_STEM = 6
"""Characters of a stem that means the same with and without its accents."""

VOWELS = {
    letter: f"[{group}]"
    for group in ("aáàâãä", "eéèêë", "iíìîï", "oóòôõö", "uúùûü")
    for letter in group
}


def _any_of(meaning: str) -> str:
    """A regular expression of the words with some meaning, in all languages."""
    stems = sorted({stem for text in WORDS[meaning].values() for stem in text.split()})
    # By first letters, since it is several times faster than trying each word.
    letters = {
        first: "|".join(map(_rest_of, those)) for first, those in groupby(stems, lambda s: s[0])
    }
    alternatives = "|".join(f"{re.escape(first)}(?:{rest})" for first, rest in letters.items())
    return rf"(?i:\b(?:{alternatives}))"


def _rest_of(stem: str) -> str:
    """The regular expression of a stem without its first letter. In a long one, accents do not
    count: forms of a word differ in them ("suscriptor", "suscríbete")."""
    rest = re.escape(stem[1:].removesuffix(".")).replace("_", r"\s")
    if len(stem) >= MIN_LONG_STEM:
        rest = "".join(VOWELS.get(letter, letter) for letter in rest)
    return rest + (r"\b" if stem.endswith(".") else "")


READER = re.compile(rf"{_any_of('reader')}|(?<=[\w,;:] )(?:Sie|Ihnen|Ihre?[mnrs]?)\b")
"""The German words for the reader have a capital letter, as others have at the start of a
sentence only."""

SITE = re.compile(_any_of("site"))
PAGE = re.compile(_any_of("page"))
PAGE_PART = re.compile(_any_of("page_part"))
THIS = re.compile(_any_of("this"))
GONE = re.compile(_any_of("gone"))
SUBSCRIPTION = re.compile(_any_of("subscription"))
PURCHASE = re.compile(_any_of("purchase"))
READING = re.compile(_any_of("reading"))
ONLY = re.compile(_any_of("only"))
OTHER_OFFER = re.compile(_any_of("other_offer"))

REST = re.compile(
    rf"{_any_of('rest')}|\d\s?%|\b\d{{2,4}}\s(?:more\s|weitere\s)?"
    r"(?i:words|wörter|zeilen|mots|lignes|palabras|líneas|palavras|linhas|parole|righe)\b"
)
"""Words for the rest of an article, and how long it is."""

PRICE = re.compile(r"[$£€]\s?\d|\d\s?(?:€|[Ee]uros?\b|reais\b|real\b|p\b)|\b\d[.,]\d\d\b")
OFFER = re.compile(_any_of("offer"))

METERED = re.compile(
    r"\b[1-9]\d?\s(?:\w{1,20}\s){0,2}(?:articles?|stories|story)\s(?:left|remaining)\b"
    r"|\bnoch\s[1-9]\d?\s(?:\w{1,20}\s){0,2}Artikel\b|\breste\s[1-9]\d?\s(?:\w{1,20}\s){0,2}articles?\b"
    r"|\b(?:quedan?|restam?|restano|resta)\s[1-9]\d?\s(?:\w{1,20}\s){0,2}art[ií]\w{2,6}\b",
    re.IGNORECASE,
)
"""How many articles a reader may still read, this one included."""
