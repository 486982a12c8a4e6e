"""Fetching one document, within bounds of time, size and kind."""

import asyncio
import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from email.utils import parsedate_to_datetime

import aiohttp
from aiohttp.abc import AbstractResolver, ResolveResult
from yarl import URL

from index.errors import SourceError
from index.fetching.guard import PRIVATE, ForbiddenError, Guard, is_public
from index.fetching.robots import Robots

SECONDS = 10.0
LARGEST = 5 << 20
"""Bytes of a document, after decompression."""

REDIRECTS = 5
AT_ONCE = 8
CHUNK = 1 << 16
ROBOTS_READ = 500 << 10
"""Bytes of a robots.txt that are read, as RFC 9309 asks for at least."""

NAME = "Dateline"
AGENT = f"{NAME}/0.1 (a bot that quotes news articles and links to them)"

REDIRECTED = (301, 302, 303, 307, 308)
NOT_MODIFIED = 304


class UnreachableError(SourceError):
    """A document that may be there when it is asked for again.

    Args:
        seconds: after which the site wants to be asked again, if it says so.
    """

    def __init__(self, reason: str, seconds: float | None = None) -> None:
        super().__init__(reason)
        self.seconds = seconds


class OtherKindError(SourceError):
    """A document of a kind (a media type) that is not asked for."""

    def __init__(self, reason: str, kind: str) -> None:
        super().__init__(reason)
        self.kind = kind


@dataclass(frozen=True, slots=True)
class Fetched:
    """A document, and what the server says of it.

    Args:
        url: where it was in the end.
        kind: its media type, lower case, without parameters.
        charset: of its text, as the server says.
        validators: what to send along when it is asked for again (``If-None-Match``, …).
    """

    url: str
    content: bytes
    kind: str
    charset: str | None
    validators: Mapping[str, str]


class PublicResolver(AbstractResolver):
    """Resolves names to public addresses only; what it gives is what is connected to.

    Raises:
        ForbiddenError: any address of the name is private, and it is not an allowed host.
    """

    def __init__(self, resolver: AbstractResolver, guard: Guard) -> None:
        self._resolver = resolver
        self._guard = guard

    async def resolve(self, host: str, port: int = 0, family: int = 0) -> list[ResolveResult]:
        found = await self._resolver.resolve(host, port, family)  # type: ignore[arg-type]
        if not self._guard.allows(host, port):
            for result in found:
                if not is_public(result["host"]):
                    raise ForbiddenError(f"{host}: {PRIVATE}")
        return found

    async def close(self) -> None:
        await self._resolver.close()


class Fetcher:
    """Fetches documents from the public internet, a few at a time.

    What it connects to, after each redirect too, is checked by the guard; robots.txt is obeyed.

    Args:
        guard: tells what may be fetched from.
        resolver: finds the addresses of names; None: the system does.
    """

    def __init__(
        self, guard: Guard | None = None, resolver: AbstractResolver | None = None
    ) -> None:
        self.guard = guard or Guard()
        self._resolver = resolver
        self._robots = Robots(NAME, self._robots_txt)
        self._turns = asyncio.Semaphore(AT_ONCE)

    async def fetch(
        self, url: str, kinds: Collection[str], known: Mapping[str, str] | None = None
    ) -> Fetched | None:
        """Fetch a document; None where it has not changed since it was fetched last.

        Args:
            kinds: the media types that are taken.
            known: the ``validators`` of what was fetched last.

        Raises:
            ForbiddenError: nothing is fetched from there: a private network, robots.txt, …
            UnreachableError: it is not there now, but may be later.
            SourceError: it is not there, is too large or of another kind.
        """
        headers = {"Accept": ", ".join(kinds), **(known or {})}
        try:
            async with self._turns, asyncio.timeout(SECONDS):
                return await self._follow(_parsed(url), kinds, headers)
        except TimeoutError:
            raise UnreachableError(f"{url}: it took more than {SECONDS:.0f} s.") from None
        except (aiohttp.ClientError, OSError) as error:
            raise UnreachableError(f"{url}: it cannot be reached ({_cause(error)}).") from error

    async def _follow(
        self, url: URL, kinds: Collection[str], headers: Mapping[str, str], *, robots: bool = True
    ) -> Fetched | None:
        """Ask for a document, and for what it redirects to."""
        async with self._session() as session:
            for _ in range(REDIRECTS + 1):
                self.guard.check(url)
                if robots and not await self._robots.allow(url):
                    raise ForbiddenError(f"{url}: the site does not want it fetched (robots.txt).")
                async with session.get(url, headers=headers, allow_redirects=False) as response:
                    if response.status not in REDIRECTED:
                        return await _document(response, kinds)
                    if "Location" not in response.headers:
                        raise SourceError(f"{url}: it is redirected to nowhere.")
                    url = _parsed(response.headers["Location"], url)
        raise SourceError(f"{url}: it was redirected more than {REDIRECTS} times.")

    def _session(self) -> aiohttp.ClientSession:
        """Connections for one document: nothing is left of them, neither open nor remembered."""
        resolver = PublicResolver(self._resolver or aiohttp.ThreadedResolver(), self.guard)
        return aiohttp.ClientSession(
            connector=aiohttp.TCPConnector(resolver=resolver, use_dns_cache=False),
            cookie_jar=aiohttp.DummyCookieJar(),
            headers={"User-Agent": AGENT, "Accept-Encoding": "gzip, deflate"},
            timeout=aiohttp.ClientTimeout(),
        )

    async def _robots_txt(self, url: URL) -> str:
        """A site's robots.txt; "" where it has none or keeps it to itself.

        Raises:
            UnreachableError: whether there is one cannot be told.
        """
        try:
            found = await self._follow(url, (), {}, robots=False)
        except (ForbiddenError, UnreachableError):
            raise
        except SourceError:
            return ""
        return found.content.decode(errors="replace") if found else ""


def _parsed(text: str, base: URL | None = None) -> URL:
    """The URL in a text, without its fragment; relative to a base.

    Raises:
        ForbiddenError: it is none.
    """
    try:
        if re.search(r"\s", text.strip()):
            raise ValueError("there is white space in it")
        url = URL(text.strip()).with_fragment(None)
        return base.join(url) if base else url
    except ValueError:
        raise ForbiddenError(f"{text}: this is no web address.") from None


async def _document(response: aiohttp.ClientResponse, kinds: Collection[str]) -> Fetched | None:
    """What a response brings; see ``Fetcher.fetch``. Without ``kinds``, of any and cut short."""
    url, status = response.url, response.status
    if status == NOT_MODIFIED:
        return None
    if status == 429 or status >= 500:
        after = _seconds(response.headers.get("Retry-After", ""))
        raise UnreachableError(f"{url}: the site answers with an error ({status}).", after)
    if status in (401, 402, 403, 407, 451):
        raise SourceError(f"{url}: the site does not show it to us ({status}).")
    if 200 < status < 300:
        raise SourceError(f"{url}: the site sends nothing to read ({status}).")
    if status != 200:
        raise SourceError(f"{url}: it is not there ({status}).")
    kind = response.content_type.lower()
    if kinds and kind not in kinds:
        raise OtherKindError(f"{url}: documents of the kind {kind} are not read.", kind)
    content = bytearray()
    async for chunk in response.content.iter_chunked(CHUNK):
        content += chunk
        if not kinds and len(content) >= ROBOTS_READ:
            del content[ROBOTS_READ:]
            break
        if len(content) > LARGEST:
            raise SourceError(f"{url}: it is larger than {LARGEST >> 20} MiB.")
    validators = {
        ask: response.headers[told]
        for told, ask in (("ETag", "If-None-Match"), ("Last-Modified", "If-Modified-Since"))
        if told in response.headers
    }
    return Fetched(str(url), bytes(content), kind, response.charset, validators)


def _seconds(retry_after: str) -> float | None:
    """The seconds in a header ``Retry-After`` (RFC 9110), or until the moment in it."""
    if retry_after.strip().isdigit():
        return float(retry_after)
    try:
        moment = parsedate_to_datetime(retry_after)
        return max(0.0, (moment - datetime.now(moment.tzinfo)).total_seconds())
    except ValueError:
        return None


def _cause(error: BaseException) -> str:
    """Why a connection failed, in a few words."""
    if isinstance(error, aiohttp.ClientConnectorDNSError):
        return "there is no such host"
    if isinstance(error, aiohttp.ClientConnectorCertificateError):
        return "its certificate is not valid"
    if isinstance(error, aiohttp.ClientPayloadError):
        return "what it sends is broken"
    if isinstance(error, OSError) and error.strerror:
        return error.strerror
    return type(error).__name__
