"""Superscripts on web pages, written as text, and footnote marks, which need not be superscripts in
the markup.
"""

import re
from collections.abc import Callable
from typing import Any

from ..superscripts import MARK, MAX_LENGTH, NUMBER, superscript

NOTE = re.compile(r"note|cite|citation|reference|\bref\b|\bfn", re.IGNORECASE)
"""Words in the class, id, role, type or target of a footnote mark."""

NOTE_ID = re.compile(r"(?:fn|note|cite)\W?(\d{1,3})\Z", re.IGNORECASE)
"""The id of a footnote."""

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
