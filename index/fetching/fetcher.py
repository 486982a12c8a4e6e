"""Fetching documents within limits of time, size and media type."""

import asyncio
import logging
import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from functools import cache

import aiohttp
from aiohttp.abc import AbstractResolver, ResolveResult
from yarl import URL

from index.article import MAX_URL_LENGTH
from index.errors import SourceError
from index.fetching.failures import (
    MAX_HEADER_BYTES,
    MAX_HEADERS,
    cause_of,
    has_oversized_headers,
)
from index.fetching.guard import PRIVATE, ForbiddenError, Guard, is_public, to_url
from index.fetching.headers import (
    charset_of,
    media_type_of,
    retry_after_of,
    sendable,
    validators_of,
)
from index.fetching.robots import Robots
from index.text.truncation import truncate

TIMEOUT_SECONDS = 10.0
MAX_BYTES = 5 << 20
"""The size limit of a document after decompression."""

MAX_REDIRECTS = 5
MAX_CONCURRENT_FETCHES = 8
CHUNK_BYTES = 1 << 16
MAX_ROBOTS_BYTES = 500 << 10
"""Bytes of a robots.txt that are read, the least that RFC 9309 requires."""

NAME = "Dateline"
USER_AGENT = f"{NAME}/0.1 (a bot that quotes news articles and links to them)"

SPACE = re.compile(r"\s")
REDIRECTS = (301, 302, 303, 307, 308)
PERMANENT_REDIRECTS = (301, 308)
NOT_MODIFIED = 304

log = logging.getLogger(__name__)


class UnreachableError(SourceError):
    """A document cannot be fetched now, but may be later.

    Args:
        retry_after: the seconds to wait that the site asks for, if it does.
    """

    def __init__(self, reason: str, retry_after: float | None = None) -> None:
        super().__init__(reason)
        self.retry_after = retry_after


class MediaTypeError(SourceError):
    """A document has a media type that is not accepted."""

    def __init__(self, reason: str, media_type: str) -> None:
        super().__init__(reason)
        self.media_type = media_type


@dataclass(frozen=True, slots=True)
class Fetched:
    """A fetched document.

    Args:
        url: its URL after redirects.
        media_type: in lower case, without parameters.
        charset: the encoding that the server declares.
        validators: headers for the next request (``If-None-Match``, …).
        permanent_url: its URL after those redirects, from the first one on, that are permanent:
            the one for future requests.
    """

    url: str
    content: bytes
    media_type: str
    charset: str | None
    validators: Mapping[str, str]
    permanent_url: str = ""


class PublicResolver(AbstractResolver):
    """Resolves names to public addresses only; connections go to the addresses that it returns.

    The proxy may have a private one: it has been chosen by the operator.

    Raises:
        ForbiddenError: an address of the name is private, and the host is not allowed.
    """

    def __init__(self, resolver: AbstractResolver, guard: Guard) -> None:
        self._resolver = resolver
        self._guard = guard

    async def resolve(self, host: str, port: int = 0, family: int = 0) -> list[ResolveResult]:
        addresses = await self._resolver.resolve(host, port, family)  # type: ignore[arg-type]
        if not self._guard.allows(host, port) and not self._guard.is_proxy(host, port):
            for address in addresses:
                if not is_public(address["host"]):
                    raise ForbiddenError(f"{host}: {PRIVATE}")
        return addresses

    async def close(self) -> None:
        await self._resolver.close()


class Fetcher:
    """Fetches documents from the public internet, a few at a time.

    The guard checks every connection, also after redirects. robots.txt is respected. If the guard
    names a proxy, everything is fetched through it, but for the hosts that may be private.

    Args:
        guard: the hosts that may be fetched from.
        resolver: resolves names; None: the system's resolver.
    """

    def __init__(
        self, guard: Guard | None = None, resolver: AbstractResolver | None = None
    ) -> None:
        self.guard = guard or Guard()
        if self.guard.proxy:
            _log_proxy(self.guard.proxy)
        self._resolver = resolver
        self._robots = Robots(NAME, self._robots_txt)
        self._slots = asyncio.Semaphore(MAX_CONCURRENT_FETCHES)

    async def fetch(
        self,
        url: str,
        media_types: Collection[str],
        validators: Mapping[str, str] | None = None,
    ) -> Fetched | None:
        """Fetch a document; None if it has not changed since it was last fetched.

        Args:
            media_types: the ones that are accepted.
            validators: those of the document when it was last fetched.

        Raises:
            ForbiddenError: the URL must not be fetched: a private network, robots.txt, …
            UnreachableError: it cannot be fetched now, but may be later.
            MediaTypeError: it has another media type.
            SourceError: it does not exist or is too large.
        """
        try:
            async with self._slots, asyncio.timeout(TIMEOUT_SECONDS):
                return await self._follow(parse_url(url), media_types, sendable(validators or {}))
        except TimeoutError:
            raise UnreachableError(f"{url}: it took more than {TIMEOUT_SECONDS:.0f} s.") from None
        except (aiohttp.ClientError, OSError) as error:
            if has_oversized_headers(error):
                raise SourceError(
                    f"{url}: the site sends more than {MAX_HEADERS} headers, or one of more than"
                    f" {MAX_HEADER_BYTES >> 10} KiB."
                ) from error
            raise UnreachableError(f"{url}: it cannot be reached ({cause_of(error)}).") from error

    async def _follow(
        self,
        url: URL,
        media_types: Collection[str],
        validators: Mapping[str, str],
        *,
        check_robots: bool = True,
    ) -> Fetched | None:
        """Request a document and follow redirects."""
        is_permanent, permanent_url = True, url
        async with self._session() as session:
            for _ in range(MAX_REDIRECTS + 1):
                self.guard.check(url)
                if check_robots and not await self._robots.allow(url):
                    raise ForbiddenError(f"{url}: the site's robots.txt does not allow it.")
                headers = {"Accept": ", ".join(media_types) or "*/*", **validators}
                async with session.get(
                    url, headers=headers, allow_redirects=False, proxy=self.guard.proxy_for(url)
                ) as response:
                    if response.status not in REDIRECTS:
                        fetched = await _read_response(response, media_types)
                        return fetched and replace(fetched, permanent_url=str(permanent_url))
                    if "Location" not in response.headers:
                        raise SourceError(f"{url}: it redirects without a target.")
                    url = parse_url(response.headers["Location"], url)
                    is_permanent = is_permanent and response.status in PERMANENT_REDIRECTS
                    if is_permanent:  # validators of the former address say nothing of this one
                        permanent_url, validators = url, {}
        raise SourceError(f"{url}: it was redirected more than {MAX_REDIRECTS} times.")

    def _session(self) -> aiohttp.ClientSession:
        """A session for one document, without cookies, cached addresses or reused connections."""
        resolver = PublicResolver(self._resolver or aiohttp.ThreadedResolver(), self.guard)
        return aiohttp.ClientSession(
            connector=aiohttp.TCPConnector(resolver=resolver, use_dns_cache=False),
            cookie_jar=aiohttp.DummyCookieJar(),
            headers={"User-Agent": USER_AGENT, "Accept-Encoding": "gzip, deflate"},
            timeout=aiohttp.ClientTimeout(),
            max_line_size=MAX_HEADER_BYTES,
            max_field_size=MAX_HEADER_BYTES,
            max_headers=MAX_HEADERS,
        )

    async def _robots_txt(self, url: URL) -> str:
        """A site's robots.txt; "" if it has none or does not serve it.

        Raises:
            UnreachableError: the site cannot be reached now.
        """
        try:
            fetched = await self._follow(url, (), {}, check_robots=False)
        except (ForbiddenError, UnreachableError):
            raise
        except SourceError:
            return ""
        return fetched.content.decode(errors="replace") if fetched else ""


def parse_url(text: str, base: URL | None = None) -> URL:
    """Parse a URL, relative to ``base`` if given, and drop its fragment.

    Raises:
        ForbiddenError: it is not a URL, or longer than one of an article can be.
    """
    text = text.strip()
    shown = truncate(text, 200).encode(errors="replace").decode()
    too_long = ForbiddenError(f"{shown}: this URL has more than {MAX_URL_LENGTH:,} characters.")
    if len(text) > MAX_URL_LENGTH:
        raise too_long
    try:
        if SPACE.search(text):
            raise ValueError("there is white space in it")
        url = to_url(text).with_fragment(None)
        url = base.join(url) if base else url
        is_too_long = len(str(url)) > MAX_URL_LENGTH  # with characters encoded, and the base
    except ValueError:
        raise ForbiddenError(f"{shown}: this is not a web address.") from None
    if is_too_long:
        raise too_long
    return url


async def _read_response(
    response: aiohttp.ClientResponse, media_types: Collection[str]
) -> Fetched | None:
    """The document in a response; see ``Fetcher.fetch``. Without ``media_types``, any type is
    accepted and the content truncated to the limit of a robots.txt."""
    url, status = response.url, response.status
    if status == NOT_MODIFIED:
        return None
    if status == 429 or status >= 500:
        retry_after = retry_after_of(response.headers.get("Retry-After", ""))
        raise UnreachableError(f"{url}: the site answered with an error ({status}).", retry_after)
    if status == 407:
        raise UnreachableError(f"{url}: the proxy in FETCH_PROXY asks for a password ({status}).")
    if status in (401, 402, 403, 451):
        raise SourceError(f"{url}: the site refuses access ({status}).")
    if 200 < status < 300:
        raise SourceError(f"{url}: the site sent no content ({status}).")
    if status != 200:
        raise SourceError(f"{url}: it does not exist ({status}).")
    content_type = response.headers.get("Content-Type")
    media_type = media_type_of(content_type)
    if media_types and media_type not in media_types:
        raise MediaTypeError(f"{url}: the media type {media_type} is not supported.", media_type)
    content = bytearray()
    async for chunk in response.content.iter_chunked(CHUNK_BYTES):
        content += chunk
        if not media_types and len(content) >= MAX_ROBOTS_BYTES:
            del content[MAX_ROBOTS_BYTES:]
            break
        if len(content) > MAX_BYTES:
            raise SourceError(f"{url}: it is larger than {MAX_BYTES >> 20} MiB.")
    return Fetched(
        str(url),
        bytes(content),
        media_type,
        charset_of(content_type),
        validators_of(response.headers),
    )


@cache
def _log_proxy(proxy: str) -> None:
    """Log, once, what cannot be checked with a proxy."""
    log.warning(
        f"Links are fetched through the proxy {proxy} (FETCH_PROXY), which looks up their hosts:"
        " whether a name leads into a private network is not checked here."
    )
