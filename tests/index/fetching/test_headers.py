"""No header, however odd, is anything but an answer or a refusal with its reason."""

import asyncio
import socket
from collections.abc import Iterator
from threading import Thread

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from index import SourceError
from index.fetching.fetcher import Fetched, Fetcher
from index.fetching.guard import Guard
from index.fetching.headers import charset_of, media_type_of, retry_after_of, validators_of
from index.sources.web import ARTICLE_TYPES, article_of

NAMES = (
    "Content-Type Content-Length Content-Encoding Transfer-Encoding Location Retry-After ETag"
    " Last-Modified Set-Cookie Link Connection Content-Range Trailer X"
).split()
VALUES = st.text(st.characters(codec="latin-1", exclude_characters="\r\n\0")) | st.sampled_from(
    """² -1 0 7 1_0 +5 99999999999999999999 0x10 undefined charset=undefined text/html gzip br zstd
    deflate chunked identity http:// http://[ //[::1 http://127.0.0.1:99999/ /\udcff /%zz
    Thu,\u00a031\u00a0Feb Mon,\u00a099999999999999999999\u00a0Jan\u00a02020\u00a000:00:00\u00a0+9999
    text/html;charset*9=x text/html;charset="((((" W/"\u00e9" close keep-alive a=b""".split(" ")
)


class RawServer:
    """Answers every request with the same bytes."""

    def __init__(self) -> None:
        self.response = b""
        self._socket = socket.create_server(("127.0.0.1", 0))
        self.port = self._socket.getsockname()[1]
        self._thread = Thread(target=self._serve, daemon=True)
        self._thread.start()

    def _serve(self) -> None:
        while True:
            try:
                connection, _ = self._socket.accept()
            except OSError:  # it was closed
                return
            with connection:
                asked = connection.recv(65536)
                missing = b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n"
                connection.sendall(missing if b"robots.txt" in asked else self.response)

    def close(self) -> None:
        self._socket.shutdown(socket.SHUT_RDWR)
        self._socket.close()
        self._thread.join()


@pytest.fixture(scope="module")
def server() -> Iterator[RawServer]:
    server = RawServer()
    yield server
    server.close()


def response(status: int, headers: list[tuple[str, str]]) -> bytes:
    lines = [f"HTTP/1.1 {status} Odd", *(f"{name}: {value}" for name, value in headers)]
    head = "\r\n".join(lines).encode("utf-8", "surrogateescape")
    return head + b"\r\n\r\nThe night ferry was late."


@given(
    st.sampled_from([200, 200, 301, 304, 429, 503, 100, 204, 999]),
    st.lists(st.tuples(st.sampled_from(NAMES), VALUES), max_size=4),
)
@example(503, [("Retry-After", "²")])
@example(503, [("Retry-After", "Mon, 99999999999999999999 Jan 2020 00:00:00 +0000")])
@example(503, [("Retry-After", "9" * 5000)])
@example(200, [("Content-Type", "text/plain; charset=undefined")])
@example(200, [("Content-Type", "text/plain; charset=punycode")])
@example(200, [("Content-Type", "text/plain; charset*" + "9" * 5000 + "=x")])
@example(200, [("Content-Type", "(" * 5000)])
@example(200, [("Content-Type", "text/html"), ("ETag", '"\udcff"')])
@example(302, [("Location", "http://[")])
@example(302, [("Location", "/\udcff")])
@example(302, [("Location", "/" + "a" * 5000)])
@example(302, [("Location", "//127.0.0.1:port/")])
@example(200, [("Content-Type", "text/plain"), ("Content-Length", "-1")])
@example(200, [("Content-Type", "text/plain"), ("Content-Length", "99999999")])
@example(200, [("Content-Type", "text/plain"), ("Content-Encoding", "gzip")])
@example(200, [("Content-Type", "text/plain"), ("Content-Encoding", "br")])
@example(200, [("Content-Type", "text/plain"), ("Transfer-Encoding", "chunked")])
def test_a_response_is_read_or_refused(
    server: RawServer, status: int, headers: list[tuple[str, str]]
) -> None:
    server.response = response(status, headers)
    fetcher = Fetcher(Guard({("127.0.0.1", server.port)}))
    refusal = ""
    try:
        found = asyncio.run(fetcher.fetch(f"http://127.0.0.1:{server.port}/a", ARTICLE_TYPES))
        if found is not None and found.media_type == "text/plain":
            article_of(found, "shared")
        if found is not None:  # what it said of its version can be sent back
            asyncio.run(fetcher.fetch(found.url, ARTICLE_TYPES, found.validators))
    except SourceError as error:
        refusal = str(error)
    assert refusal.encode() is not None  # it has no lone surrogates


@pytest.mark.parametrize(
    ("header", "seconds"),
    [
        ("120", 120.0),
        (" 7 ", 7.0),
        ("²", None),
        ("٣", None),
        ("-5", None),
        ("1.5", None),
        ("soon", None),
        ("Thu, 09 Oct 2025 08:05:00 GMT", 0.0),
        ("Mon, 99999999999999999999 Jan 2020 00:00:00 +0000", None),
        ("", None),
    ],
)
def test_retry_after(header: str, seconds: float | None) -> None:
    assert retry_after_of(header) == seconds


@pytest.mark.parametrize(
    ("header", "media_type", "charset"),
    [
        ("text/HTML; charset=ISO-8859-1", "text/html", "ISO-8859-1"),
        ('text/plain;a=b; Charset="windows-1252"', "text/plain", "windows-1252"),
        ("text/html;charset=utf-8", "text/html", "utf-8"),
        ("text/html; charset=Shift_JIS", "text/html", "Shift_JIS"),
        ("text/html; charset=GB2312", "text/html", "GB2312"),
        ("text/html; charset=undefined", "text/html", None),
        ("text/html; charset=idna", "text/html", None),
        ("text/html; charset=base64", "text/html", None),
        ("text/html; charset=klingon", "text/html", None),
        ("text/html; charset=", "text/html", None),
        ("text/html; charset=²", "text/html", None),
        ("text", "application/octet-stream", None),
        (None, "application/octet-stream", None),
    ],
)
def test_content_type(header: str | None, media_type: str, charset: str | None) -> None:
    assert (media_type_of(header), charset_of(header)) == (media_type, charset)


@pytest.mark.parametrize("value", ["\udcff", "é", '"a\x00"', "x" * 5000])
def test_a_validator_that_cannot_be_sent_is_dropped(value: str) -> None:
    assert validators_of({"ETag": value, "Last-Modified": "soon"}) == {"If-Modified-Since": "soon"}


@given(st.text())
def test_any_value_of_a_header_is_read(value: str) -> None:
    assert "/" in media_type_of(value)
    retry_after_of(value)
    charset = charset_of(f"text/plain; charset={value}")
    fetched = Fetched("https://coast.example/a", b"F\xe4hre", "text/plain", charset, {})
    assert article_of(fetched, "shared").text == "Fähre" or charset
    assert set(validators_of({"ETag": value}).values()) <= {value}
