"""Why nothing could be fetched, in words for people."""

import aiohttp
from aiohttp.http_exceptions import LineTooLong

MAX_HEADERS, MAX_HEADER_BYTES = 500, 1 << 16
"""The limits of a response's headers, in number and in the size of each and of the status line.
Some sites send a policy or a list of preloads that is longer than aiohttp's own limit."""


def has_oversized_headers(error: BaseException) -> bool:
    """Whether a response exceeded ``MAX_HEADERS`` or ``MAX_HEADER_BYTES``."""
    if not isinstance(error, aiohttp.ClientResponseError):
        return False
    cause: BaseException | None = error
    while cause is not None and not isinstance(cause, LineTooLong):
        cause = cause.__cause__
    return cause is not None or "too many headers" in error.message.lower()


def cause_of(error: BaseException) -> str:
    """The reason why a connection failed."""
    if isinstance(error, aiohttp.ClientProxyConnectionError):
        return "the proxy in FETCH_PROXY does not answer"
    if isinstance(error, aiohttp.ClientHttpProxyError):
        return f"the proxy in FETCH_PROXY refused it, with the status {error.status}"
    if isinstance(error, aiohttp.ClientConnectorDNSError):
        return "the host is unknown"
    if isinstance(error, aiohttp.ClientConnectorCertificateError):
        return "its certificate is invalid"
    if isinstance(error, aiohttp.ClientSSLError):
        return "no secure connection can be made"
    if isinstance(error, aiohttp.ClientPayloadError | aiohttp.ClientResponseError):
        return "the response is broken"
    if isinstance(error, aiohttp.ServerDisconnectedError):
        return "the connection was closed without a response"
    if isinstance(error, OSError) and error.strerror:
        return error.strerror
    return "the connection failed"
