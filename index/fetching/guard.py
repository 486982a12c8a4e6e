"""The hosts that may be fetched from: public ones, and others that a setting allows."""

import re
from collections.abc import Collection
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address

from yarl import URL

from index.errors import SourceError

PORTS = (80, 443)
PRIVATE = "it is in a private network that FETCH_ALLOW does not list."

NAT64 = IPv6Network("64:ff9b::/96")
"""IPv4 addresses in an IPv6-only network (RFC 6052)."""

UNICAST = IPv6Network("2000::/3")
"""The part of IPv6 that is allocated for the public internet (RFC 4291)."""

DOCUMENTATION = IPv6Network("3fff::/20")
"""For documentation (RFC 9637); Python 3.11 does not know it yet."""

HOST = re.compile(r"[\w.-]+", re.ASCII)


class ForbiddenError(SourceError):
    """A URL that must not be fetched."""


@dataclass(frozen=True, slots=True)
class Guard:
    """Checks the hosts that are fetched from.

    Args:
        allowed: hosts that may be private, each with a port or None for any.
        ports: the ports of other hosts.
        proxy: the URL of a proxy (see ``parse_proxy``) through which all other hosts are reached,
            and which looks up their addresses, so that these cannot be checked.
    """

    allowed: Collection[tuple[str, int | None]] = ()
    ports: Collection[int] = PORTS
    proxy: str | None = None

    def check(self, url: URL) -> None:
        """Raise ForbiddenError unless the URL may be fetched.

        The addresses of a name are checked by ``fetcher.PublicResolver`` when connecting.
        """
        host, port = url.raw_host, url.port
        if url.scheme not in ("http", "https") or not host or port is None:
            raise ForbiddenError(f"{url}: only http:// and https:// links can be fetched.")
        if url.raw_user is not None or url.raw_password is not None:
            raise ForbiddenError("Links with a user name or password cannot be fetched.")
        if not _is_name(host):
            raise ForbiddenError(f"{url}: this is not a web address.")
        if self.allows(host, port):
            return
        if port not in self.ports:
            raise ForbiddenError(
                f"{url}: port {port} is not allowed; FETCH_ALLOW or FETCH_PORTS must list it."
            )
        if _is_numeric(host) and not is_public(host):
            raise ForbiddenError(f"{url}: {PRIVATE}")

    def allows(self, host: str, port: int) -> bool:
        """Whether a host may be private."""
        return (host, port) in self.allowed or (host, None) in self.allowed

    def proxy_for(self, url: URL) -> str | None:
        """The proxy through which a URL is fetched; None: it is fetched directly."""
        is_own = self.allows(url.raw_host or "", url.port or 0)
        return None if is_own else self.proxy

    def is_proxy(self, host: str, port: int) -> bool:
        """Whether a connection leads to the proxy."""
        proxy = URL(self.proxy or "")
        return (host, port) == (proxy.raw_host, proxy.port)


def to_url(text: str) -> URL:
    """A URL. Raises ValueError, also for "http://[f:1]:8@", where yarl raises an IndexError."""
    try:
        return URL(text)
    except IndexError:
        raise ValueError("its host is malformed") from None


def is_public(address: str) -> bool:
    """Whether an IP address is a unicast address of the public internet.

    An IPv4 address embedded in an IPv6 address must be public too. Other notations (``127.1``,
    ``0177.0.0.1``, ``2130706433``) are not accepted.
    """
    try:
        ip = ip_address(address)
    except ValueError:
        return False
    if isinstance(ip, IPv4Address):
        return _is_global(ip)
    if ip.ipv4_mapped:
        return _is_global(ip.ipv4_mapped)
    if ip in NAT64:
        return _is_global(IPv4Address(int(ip) & 0xFFFFFFFF))
    embedded = [ip.sixtofour, *(ip.teredo or ())]
    public = all(_is_global(ip4) for ip4 in embedded if ip4)
    return public and ip in UNICAST and ip not in DOCUMENTATION and _is_global(ip)


def parse_hosts(text: str) -> frozenset[tuple[str, int | None]]:
    """Parse the hosts in a setting: "intranet.example, 10.0.0.8:8080, [fd00::1]".

    Raises:
        ValueError: one of them is not a host.
    """
    return frozenset(_parse_host(part.strip()) for part in text.split(",") if part.strip())


def parse_ports(text: str) -> frozenset[int]:
    """Parse the ports in a setting: "80, 443". Raises ValueError."""
    ports = frozenset(int(part) for part in text.split(",") if part.strip())
    if not ports or not all(1 <= port <= 65535 for port in ports):
        raise ValueError("it is not a port")
    return ports


def parse_proxy(text: str) -> str | None:
    """Parse the proxy in a setting, "http://proxy.example:3128"; None if it is empty.

    Raises:
        ValueError: it is not an http:// URL of a host and a port alone.
    """
    text = text.strip()
    if not text:
        return None
    scheme, _, rest = text.partition("://")
    host, port = _parse_host(rest)
    if scheme.lower() != "http" or port is None:
        raise ValueError("it is not a proxy")
    return str(URL.build(scheme="http", host=host, port=port))


def _parse_host(text: str) -> tuple[str, int | None]:
    url = to_url(f"//{text}")
    if url.raw_host is None or url.raw_user is not None or url.raw_path.strip("/"):
        raise ValueError("it is not a host")
    if url.query_string or url.fragment or not _is_name(url.raw_host) or url.explicit_port == 0:
        raise ValueError("it is not a host")
    return url.raw_host, url.explicit_port


def _is_name(host: str) -> bool:
    """Whether a host can be resolved: an address, or valid labels."""
    if ":" in host:
        return True
    try:
        host.encode("idna")
    except UnicodeError:  # a label is empty or too long
        return False
    return HOST.fullmatch(host) is not None


def _is_numeric(host: str) -> bool:
    """Whether aiohttp takes a host for an IP address and does not resolve it."""
    return ":" in host or host.replace(".", "").isdigit()


def _is_global(ip: IPv4Address | IPv6Address) -> bool:
    return ip.is_global and not ip.is_multicast and not ip.is_reserved
