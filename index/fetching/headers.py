"""Headers of responses, read so that no value is an error: one that makes no sense is ignored."""

import codecs
import re
from collections.abc import Mapping
from datetime import datetime
from email.utils import parsedate_to_datetime

DEFAULT_MEDIA_TYPE = "application/octet-stream"

MEDIA_TYPE = re.compile(r"^\s*([\w!#$&^.+-]+/[\w!#$&^.+-]+)(?=[\s;,]|$)", re.ASCII)

CHARSET = re.compile(r";\s*+charset\s*+=\s*+[\"']?([\w.:-]+)", re.ASCII | re.IGNORECASE)

ENCODING = re.compile(
    r"ascii|utf-(?:8|16|32)(?:-.*)?|iso8859-\d+|cp\d+|koi8-.|mac-\w+|gb.*|big5.*|euc_.*|shift_.*"
    r"|iso2022_.*|hz|johab|tis-620|kz1048|ptcp154"
)
"""Python's names of the encodings that documents may have. The others are none of the web's, and
decoding some takes time with the square of the length (punycode) or always fails (undefined)."""

VALIDATORS = {"ETag": "If-None-Match", "Last-Modified": "If-Modified-Since"}
"""The headers that tell a version of a document, and those of requests that refer to it."""

MAX_VALIDATOR_LENGTH = 500


def media_type_of(content_type: str | None) -> str:
    """The media type in a ``Content-Type``, in lower case and without its parameters."""
    match = MEDIA_TYPE.match(content_type or "")
    return match[1].lower() if match else DEFAULT_MEDIA_TYPE


def charset_of(content_type: str | None) -> str | None:
    """The encoding in a ``Content-Type``; None if it has none that documents may have."""
    match = CHARSET.search(content_type or "")
    if match is None:
        return None
    try:
        encoding = codecs.lookup(match[1]).name
    except (LookupError, ValueError):
        return None
    return match[1] if ENCODING.fullmatch(encoding) else None


def retry_after_of(header: str) -> float | None:
    """The seconds in a ``Retry-After`` (RFC 9110), or until the time in it; None without one."""
    header = header.strip()
    if header.isascii() and header.isdigit():
        return float(header[:18])  # more is not finite, or for ever
    try:
        until = parsedate_to_datetime(header)
        return max(0.0, (until - datetime.now(until.tzinfo)).total_seconds())
    except (ValueError, TypeError, IndexError, OverflowError):
        return None


def validators_of(headers: Mapping[str, str]) -> dict[str, str]:
    """The headers of the next request for a document, from the headers of a response."""
    return sendable({VALIDATORS[name]: headers[name] for name in VALIDATORS if name in headers})


def sendable(headers: Mapping[str, str]) -> dict[str, str]:
    """Those of some headers that can be sent: short, and of printable ASCII characters."""
    return {
        name: value
        for name, value in headers.items()
        if value.isascii() and value.isprintable() and len(value) <= MAX_VALIDATOR_LENGTH
    }
