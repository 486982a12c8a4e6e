"""What may go wrong with a request to the stand-in."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from fnmatch import fnmatch
from typing import Any

from aiohttp import web


@dataclass
class Fault:
    """Happens to requests in place of their being served.

    Args:
        requests: a pattern, such as "POST /channels/*/messages".
        response: the answer instead: `data`, `status`, `headers`; None: the connection is closed.
        times: how many requests it happens to.
        served: the request is carried out first, so that only its response is lost.
        until: the request hangs until this is set.
    """

    requests: str
    response: dict[str, Any] | None = None
    times: int = 1
    served: bool = False
    until: asyncio.Event | None = None
    struck: int = 0

    def strikes(self, method: str, path: str) -> bool:
        if self.struck >= self.times or not fnmatch(f"{method} {path}", self.requests):
            return False
        self.struck += 1
        return True


def server_error(status: int = 500) -> dict[str, Any]:
    return {"data": {"message": "Internal Server Error", "code": 0}, "status": status}


def rate_limited(seconds: float) -> dict[str, Any]:
    data = {"message": "You are being rate limited.", "retry_after": seconds, "global": False}
    headers = {"Retry-After": str(seconds), "Via": "1.1 google"}
    return {"data": data, "status": 429, "headers": headers}


def drop(request: web.Request) -> web.StreamResponse:
    """Close the connection of a request without a response."""
    assert request.transport is not None
    request.transport.abort()
    return web.Response()
