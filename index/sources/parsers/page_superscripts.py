"""Superscripts: which are footnote marks, exponents, or letters of an abbreviation.

Footnote marks need not be superscripts in the markup.
"""

import re
from collections.abc import Callable
from typing import Any

MAX_LENGTH = 30
"""Characters of the longest superscript, and of the text beside one, that are looked at."""

RAISED = str.maketrans("0123456789+-−–()nix", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁻⁽⁾ⁿⁱˣ")
TRADEMARKS = {"TM": "™", "SM": "℠"}

NOTE = re.compile(r"note|cite|citation|reference|\bref\b|\bfn", re.IGNORECASE)
"""What the class, id, role, type or target of a footnote mark contains."""

NOTE_ID = re.compile(r"(?:fn|note|cite)\W?(\d{1,3})\Z", re.IGNORECASE)
"""The id of a footnote."""

MARK = re.compile(r"\A(?:[\[({].*[\])}]|[*†‡§¶‖#]+|\d+(?:\s?[,;–—-]\s?\d+)+|\d+[a-z])\Z", re.DOTALL)
"""A footnote mark, wherever it stands: [3], (3), *, 3a, or several numbers."""

EXPRESSION = re.compile(r"\A(?:[+\-−–]|\w+[+\-−–=×·*/.]\w)")
"""The start of an exponent that is more than a number."""

LETTER_MARK = re.compile(r"[a-df-h]\Z")
NUMBER = re.compile(r"\d{1,3}\Z")
POWER = re.compile(r"[+\-−–]\d{0,3}\Z|\d{1,2}[+\-−]\Z|[nix]\Z")
"""An exponent or the charge of an ion, wherever it stands."""

UNIT = re.compile(
    r"(?<![^\W\d_])(?<!['’])(?:[kdcmnµμ]?m|ft|yd)\Z"  # m, km
    r"|[\d/·]\s?(?:s|h|K|A|in|mi|sec|hr)\Z"  # 5 in, m/s
)
BASE = re.compile(r"(?<![\d.,])(?:10|2)\Z|(?<![^\W_])(?<!['’])(?:[a-zα-ω]|R)\Z")
"""What takes an exponent: ten, two, or a variable."""

FORMULA_BEFORE = re.compile(r"(?:\A|\s)[=+−×·≈<>]\s?\w{1,4}\Z")
FORMULA_AFTER = re.compile(r"\s?[=+−×·≈<>]")
WORD = re.compile(r"(?:\d[\d.,]{2}|[^\W\d_]{3}|%)\Z")
"""The end of a longer word or figure, to which no letter is added above the line."""

PRICE = re.compile(r"[$€£]\s?\d[\d,]*\Z")
CENTS = re.compile(r"\d\d\Z")
ELEMENT = re.compile(r"[A-Z][a-z]?(?![a-z])")
SLASH = re.compile(r"\A\s*[/⁄]\s*(?=(\d?))")

BLOCKS = frozenset(
    "address article aside blockquote body br caption dd details div dl dt fieldset figcaption"
    " figure footer form h1 h2 h3 h4 h5 h6 header hr li main nav ol p pre section table td th tr"
    " ul".split()
)
"""The elements that begin and end a paragraph."""

MAX_STEPS = 10
"""Elements before a superscript that are looked through for the text before it."""


def replace_superscripts(tree: Any, remove: Callable[[Any], None]) -> None:
    """Write the superscripts of a page as text.

    Footnote marks are removed; exponents become Unicode's superscripts (10⁶, m²), fractions 3 1/2,
    and letters stay as they are (21st).

    Args:
        tree: an element of lxml, which is changed.
        remove: removes an element, but not the text after it.
    """
    for element in [*tree.iter("a", "span")]:
        if _is_other_mark(element):
            remove(element)
    superscripts = [*tree.iter("sup")]
    if not superscripts:
        return
    notes = {
        found[1] for value in tree.xpath(".//@id") if (found := NOTE_ID.search(value[-MAX_LENGTH:]))
    }
    notes.update(_text(sup) for sup in superscripts if _starts_paragraph(sup))
    for sup in superscripts:
        text = _text(sup)
        if sup.getparent() is None or not 0 < len(text) <= MAX_LENGTH:
            continue
        before, after = _text_before(sup), (sup.tail or "")[:MAX_LENGTH]
        if (fraction := _fraction(sup, text)) is not None:
            written: str | None = f" {fraction}" if (before or "")[-1:].isdigit() else fraction
        elif _is_linked_to_a_note(sup):
            written = None
        else:
            written = superscript(before, text, after, is_noted=text in notes)
        if written is None:
            remove(sup)
        else:
            sup.clear(keep_tail=True)
            sup.tag, sup.text = "span", written


def superscript(before: str | None, text: str, after: str, *, is_noted: bool = False) -> str | None:
    """How a superscript is written on the line; None for a footnote mark.

    Args:
        before: the end of the text before it; None at the start of a paragraph.
        after: the start of the text after it.
        is_noted: whether the page has a footnote with this number.
    """
    if MARK.match(text):
        return None
    if POWER.match(text):
        return text if text == "+" and before and before[-1].isdigit() else text.translate(RAISED)
    if EXPRESSION.match(text):
        return f"^{text}" if text.replace(".", "").isdigit() else f"^({text})"
    if not NUMBER.match(text):
        if LETTER_MARK.match(text) and WORD.search(before or ""):
            return None
        is_joined = text[:1].isdigit() and (before or "")[-1:].isdigit()
        return f" {text}" if is_joined else TRADEMARKS.get(text, text)
    if not before or not before[-1:].strip():  # at the start of a word
        is_isotope = ELEMENT.match(after) and (before is not None or len(text) > 1)
        return text.translate(RAISED) if is_isotope else None
    if PRICE.search(before) and CENTS.match(text):
        return f".{text}"
    is_exponent = (
        (UNIT.search(before) and text in ("2", "3"))
        or FORMULA_BEFORE.search(before)
        or FORMULA_AFTER.match(after)
        or (BASE.search(before) and text != "1" and not is_noted)
    )
    return text.translate(RAISED) if is_exponent else None


def _text(element: Any) -> str:
    return "".join(element.itertext()).strip()


def _starts_paragraph(element: Any) -> bool:
    parent, previous = element.getparent(), element.getprevious()
    if parent is None:
        return False
    if previous is not None:
        return previous.tag == "br" and not (previous.tail or "").strip()
    is_first = not (parent.text or "").strip()
    return is_first and (parent.tag in BLOCKS or _starts_paragraph(parent))


def _text_before(element: Any) -> str | None:
    """The end of the text before an element in its paragraph; None if it is the first."""
    text = ""
    for _ in range(MAX_STEPS):
        previous, parent = element.getprevious(), element.getparent()
        if previous is not None:
            is_text = isinstance(previous.tag, str) and previous.tag not in BLOCKS
            content = "".join(previous.itertext())[-MAX_LENGTH:] if is_text else ""
            text = f"{content}{previous.tail or ''}{text}"
            element = previous
        elif parent is not None:
            text = f"{parent.text or ''}{text}"
            element = parent
        if len(text) >= MAX_LENGTH or element.tag in BLOCKS or previous is parent is None:
            break
    return text[-MAX_LENGTH:] if text.strip() else None


def _fraction(sup: Any, text: str) -> str | None:
    """The superscript and a slash, if it is the upper part of a fraction; the slash is taken from
    the text after it."""
    tail, following = sup.tail or "", sup.getnext()
    slash = SLASH.match(tail)
    if not (slash and NUMBER.match(text)):
        return None
    is_above = following is not None and following.tag == "sub" and slash.end() == len(tail)
    if not (slash[1] or is_above):
        return None
    sup.tail = tail[slash.end() :]
    return f"{text}/"


def _is_linked_to_a_note(sup: Any) -> bool:
    """Whether a superscript is marked up as that of a footnote, or leads to a part of the page."""
    parent = sup.getparent()
    is_only_text = parent.tag == "a" and _text(parent) == _text(sup)
    for element in [*sup.iter("sup", "a"), *([parent] if is_only_text else [])]:
        names = (element.get(name) or "" for name in ("class", "id", "role", "epub:type"))
        _, mark, fragment = (element.get("href") or "").partition("#")
        if any(map(NOTE.search, names)) or (mark and fragment):
            return True
    return False


def _is_other_mark(element: Any) -> bool:
    """Whether a link or a span that is no superscript in the markup is a footnote's mark."""
    fragment = (element.get("href") or "").partition("#")[2]
    names = f"{element.get('class') or ''} {element.get('role') or ''} {fragment}"
    if not names.strip():
        return False
    text = _text(element)
    if len(text) > MAX_LENGTH or not (NUMBER.match(text) or MARK.match(text)):
        return False
    before = _text_before(element)
    is_attached = before is not None and not before[-1:].isspace()
    return is_attached and (bool(fragment) or NOTE.search(names) is not None)
