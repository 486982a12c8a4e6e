"""The character encoding of web pages and feeds, as browsers read it.

Labels mean what the WHATWG Encoding Standard says (https://encoding.spec.whatwg.org): what is
declared to be ISO-8859-1 is windows-1252, and GB 2312 is GBK.
"""

import codecs
import re
from collections.abc import Iterator
from contextlib import suppress
from typing import Any

MAX_PROLOG = 4096
"""Bytes at the start of a document that may declare its encoding."""

DECLARED = re.compile(
    rb"<(?:meta|\?xml)\s[^>]{0,300}?(?:charset|encoding)\s?=\s?[\"']?\s?([\w.:-]{1,40})",
    re.IGNORECASE,
)
LANGUAGE = re.compile(
    rb"<html\s[^>]{0,300}?lang\s?=\s?[\"']?([a-z]{2}(?:-\w{2,4})?)", re.IGNORECASE
)
"""The declarations of an encoding, in ``<meta>`` or in an XML declaration, and of a language."""

LANGUAGES = {
    "windows-1250": "cs hr hu pl ro sk sl sq",
    "windows-1251": "be bg kk ky mk mn ru sr tg uk",
    "windows-1253": "el",
    "windows-1254": "az ku tr",
    "windows-1255": "he",
    "windows-1256": "ar fa ur",
    "windows-1257": "et lt lv",
    "windows-1258": "vi",
    "windows-874": "th",
    "shift_jis": "ja",
    "euc-kr": "ko",
    "gb18030": "zh",
    "big5": "zh-tw zh-hk zh-hant",
}
BY_LANGUAGE = {language: label for label, all_ in LANGUAGES.items() for language in all_.split()}
"""Encodings assumed without a declaration, by language, much as in browsers; else windows-1252."""

NON_LATIN = (
    "cp1251 koi8_r iso8859_5 cp1253 iso8859_7 cp1255 cp1256 gb18030 big5 shift_jis euc_jp euc_kr"
).split()
"""The encodings that are detected, with an underscore for a hyphen."""

RUN = re.compile(rb"[\x80-\xff]{3,}")
"""Bytes beyond ASCII side by side, as in few words of Latin script."""

MAX_SAMPLE = 20_000
"""Bytes of the lines beyond ASCII from which the encoding is detected."""


def decode(content: bytes, charset: str | None = None) -> str:
    """The text of a document, without a byte order mark.

    A byte order mark decides, then whether it is UTF-8, whatever is declared, and then what is
    declared, by the server first. A document in UTF-8 may have some bytes in windows-1252.

    Args:
        charset: the label that the server declares.
    """
    import webencodings

    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return str(webencodings.decode(content, "utf-8")[0])
    declared = [*_declared(content, charset)]
    if b"\0" in content or b"\x1b" in content:  # may be UTF-16 or ISO-2022-JP, and valid UTF-8
        wide = [one for one in declared if one.name.startswith(("utf-16", "iso-2022"))]
    else:
        wide = []
    utf8 = webencodings.lookup("utf-8")
    for encoding in [*wide, utf8]:
        with suppress(UnicodeDecodeError):
            return _decoded(content, encoding, "strict")
    if _is_mostly_utf8(content):
        return _decoded(content, utf8, "windows-1252")
    others = [one for one in declared if one is not utf8 and one not in wide]
    for encoding in others:
        with suppress(UnicodeDecodeError):
            return _decoded(content, encoding, "strict")
    return _decoded(content, next(iter(others), None) or _guess(content), "replace")


def _decoded(content: bytes, encoding: Any, errors: str) -> str:
    return str(encoding.codec_info.decode(content, errors)[0]).removeprefix("\ufeff")


def _declared(content: bytes, charset: str | None) -> Iterator[Any]:
    """The encodings that the server and the document itself declare, as far as they exist."""
    import webencodings

    stated = DECLARED.search(content[:MAX_PROLOG])
    for label in (charset, stated and stated[1].decode("ascii", "replace")):
        encoding = webencodings.lookup(label) if label else None
        if encoding and encoding.name not in ("replacement", "x-user-defined"):
            yield encoding


def _is_mostly_utf8(content: bytes) -> bool:
    """Whether more characters beyond ASCII are valid UTF-8 than not."""
    text = content.decode("utf-8", "replace")
    broken = text.count("\ufffd")
    return len(text) - len(text.encode("ascii", "ignore")) > 2 * broken


def _in_windows_1252(error: UnicodeError) -> tuple[str, int]:
    """The error handler that reads bytes as windows-1252."""
    assert isinstance(error, UnicodeDecodeError)
    return error.object[error.start : error.end].decode("windows-1252", "replace"), error.end


codecs.register_error("windows-1252", _in_windows_1252)


def _guess(content: bytes) -> Any:
    """The encoding of a document that declares none: by its language, or detected."""
    import webencodings

    if found := LANGUAGE.search(content[:MAX_PROLOG]):
        language = found[1].decode("ascii", "replace").lower()
        label = BY_LANGUAGE.get(language) or BY_LANGUAGE.get(language[:2])
        encoding = webencodings.lookup(label or "")
        with suppress(UnicodeDecodeError):
            if encoding and _decoded(content, encoding, "strict"):
                return encoding
    beyond = b"\n".join(line for line in content.splitlines() if not line.isascii())[:MAX_SAMPLE]
    alone = RUN.sub(b"", beyond).translate(None, delete=bytes(range(128)))
    if len(alone) < sum(map(len, RUN.findall(beyond))):
        from charset_normalizer import from_bytes

        if best := from_bytes(beyond, cp_isolation=NON_LATIN).best():
            return webencodings.lookup(best.encoding.replace("_", "-"))
    return webencodings.lookup("windows-1252")
