"""The tree of a page as its reader sees it: without hidden and deleted text and without footnote
marks, and with exponents that stay exponents without their markup."""

import re
from typing import Any

from .superscripts import replace_superscripts

DELETED_TAGS = ("del", "s", "strike")
"""Elements of text that is struck out."""

HIDING_STYLE = re.compile(
    r"display\s?:\s?none|visibility\s?:\s?hidden|text-decoration(?:-line)?\s?:[\s\w]{0,30}line-through"
    r"|(?<![-\w])(?:left|top|text-indent)\s?:\s?-(?:999|\d{4})|clip\s?:\s?rect\(\s?[01](?:px)?[,\s]",
    re.IGNORECASE,
)
"""Inline style that hides text or strikes it out. Transparent text may be about to appear."""

ZERO_SIZE = re.compile(r"font-size\s?:\s?0(?![\d.])", re.IGNORECASE)
"""Inline style that hides text, but not the elements in it with a size of their own."""

SCREEN_READER_CLASS = re.compile(
    r"(?:visuallyhidden|hidevisually|(?<!not)sronly|screenreader(?:text|only)?|showforsr"
    r"|elementinvisible|assistivetext)(?:focusable)?\Z"
)
"""Classes, in lower case and without separators, of text that only screen readers read."""

INLINE_TAGS = ("a", "span", "b", "strong", "i", "em")

PLAIN_TAGS = ("abbr", "button", "code", "data", "label", "output", "q", "span", "time")
"""Inline elements that trafilatura removes with their words, or at which it ends a paragraph, for
what they are or for their class."""

LINE_BREAK = re.compile(r"[\r\n]+")

SEPARATORS = re.compile(r"[-_]+")

SIGN = re.compile(r"\A[\s#¶§🔗↩↑↗^→›»•*†‡\ufe0e\ufe0f]*\Z")
"""The text of a link within a page, or of an ornament, that says nothing."""

REMOVED = "removed"
"""The tag of elements that are to be removed."""

NO_SPACE_BEFORE = tuple(",.;:!?)]…")
"""Punctuation before which removed text must leave no space."""


def clean(tree: Any) -> None:
    """Remove hidden and struck out text from a page, or a part of one, and write superscripts as
    text.

    Hidden elements with most of a page's text stay, since scripts show them at once.

    Args:
        tree: an element of lxml, which is changed.
    """
    from lxml.etree import strip_elements

    for element in [*tree.iter(*DELETED_TAGS)]:
        _remove(element)
    hidden = [element for element in tree.iterdescendants() if _is_hidden(element)]
    half = _length(tree) / 2 if hidden else 0
    for element in hidden:
        # A template is never shown as it is.
        is_page = element.tag != "template" and element.find(".//p") is not None
        if not (is_page and _length(element) > half):
            _remove(element)
    strip_elements(tree, REMOVED, with_tail=False)
    replace_superscripts(tree, _remove)
    for element in [*tree.iter(*PLAIN_TAGS)]:
        if _is_within_sentence(element):
            _make_plain(element)
    _remove_signs(tree)
    strip_elements(tree, REMOVED, with_tail=False)
    _join_lines(tree)


def cleaned_text(markup: str) -> str:
    """The text of an HTML fragment, cleaned and on one line."""
    from lxml.html import fragment_fromstring

    fragment = fragment_fromstring(markup, create_parent="p")
    clean(fragment)
    return one_line(fragment)


def one_line(element: Any) -> str:
    """The text of an element on one line."""
    for part in element.iterdescendants("br", "p", "div", "li"):
        part.tail = f" {part.tail or ''}"
    return " ".join(str(element.text_content()).split())


def _join_lines(tree: Any) -> None:
    """Write line breaks of the markup as spaces, as browsers show them; trafilatura takes some for
    the ends of paragraphs."""
    kept = {inner for pre in tree.iter("pre", "textarea") for inner in pre.iter()}
    for element in tree.iter():
        if element.text and element not in kept:
            element.text = LINE_BREAK.sub(" ", element.text)
        if element.tail and element.getparent() not in kept:
            element.tail = LINE_BREAK.sub(" ", element.tail)


def _is_within_sentence(element: Any) -> bool:
    """Whether there is text in the same parent before an element, and after it."""
    parent, previous = element.getparent(), element.getprevious()
    if parent is None or parent.tag in ("pre", "body"):
        return False
    before = previous.tail if previous is not None else parent.text
    return bool((before or "").strip() and (element.tail or "").strip())


def _make_plain(element: Any) -> None:
    """Change an inline element to its words alone."""
    if element.tag == "q":
        last = element[-1] if len(element) else None
        element.text = f"“{element.text or ''}"
        if last is None:
            element.text += "”"
        else:
            last.tail = f"{last.tail or ''}”"
    element.tag = "span"
    element.attrib.clear()


def _is_hidden(element: Any) -> bool:
    """Whether an element is hidden by itself, and not to be found by a search in the page."""
    if not isinstance(element.tag, str) or element.tag in ("script", "style"):
        return False
    is_closed = element.tag == "dialog" and element.get("open") is None
    if is_closed or element.tag == "template" or element.get("popover") is not None:
        return True
    if element.get("hidden", "until-found").lower() != "until-found":
        return True
    style = element.get("style") or ""
    if HIDING_STYLE.search(style) or (ZERO_SIZE.search(style) and not len(element)):
        return True
    return any(
        SCREEN_READER_CLASS.search(SEPARATORS.sub("", name.lower()))
        for name in (element.get("class") or "").split()
    )


def _length(element: Any) -> int:
    """The number of characters in an element, without scripts."""
    length = -len(element.tail or "")
    for part in element.iter("*"):
        length += len(part.tail or "")
        if part.tag not in ("script", "style"):
            length += len(part.text or "")
    return length


def _remove_signs(tree: Any) -> None:
    """Remove links within the page and ornaments that say nothing."""
    for element in [*tree.iter(*INLINE_TAGS)]:
        is_silent = element.get("aria-hidden") == "true"
        is_within_page = (element.get("href") or "").startswith("#")
        if not (is_silent or is_within_page):
            continue
        text = "".join(element.itertext())
        if SIGN.match(text) and (is_within_page or not len(element)):
            _remove(element)
        elif is_silent and any(map(str.isdigit, text)):
            # Only its reading aloud is replaced; without figures, it may be an icon's name.
            del element.attrib["aria-hidden"]


def _remove(element: Any) -> None:
    """Mark an element to be removed, and remove the space before it if punctuation follows."""
    parent, previous = element.getparent(), element.getprevious()
    if parent is None:
        return
    if (element.tail or "").startswith(NO_SPACE_BEFORE):
        if previous is not None:
            previous.tail = (previous.tail or "").rstrip()
        else:
            parent.text = (parent.text or "").rstrip()
    element.clear(keep_tail=True)
    element.tag = REMOVED  # all at once, since moving the text after each takes time
