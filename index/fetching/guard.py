"""Which hosts may be fetched from: those of the public internet, and those that are named."""

import re
from collections.abc import Collection
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address

from yarl import URL

from index.errors import SourceError

PORTS = (80, 443)
PRIVATE = "it leads into a private network, which FETCH_ALLOW does not name."

NAT64 = IPv6Network("64:ff9b::/96")
"""IPv4 as a network that speaks IPv6 alone sees it (RFC 6052)."""

UNICAST = IPv6Network("2000::/3")
"""All that has been given out of IPv6 for the public internet (RFC 4291)."""

EXAMPLES = IPv6Network("3fff::/20")
"""For documentation (RFC 9637), which the standard library of Python 3.11 does not know yet."""


class ForbiddenError(SourceError):
    """An address from which nothing is fetched, whoever asks for it."""


@dataclass(frozen=True, slots=True)
class Guard:
    """Tells the hosts that may be fetched from.

    Args:
        allowed: hosts that may be private, each with a port or (None) any.
        ports: those that other hosts may be asked on.
    """

    allowed: Collection[tuple[str, int | None]] = ()
    ports: Collection[int] = PORTS

    def check(self, url: URL) -> None:
        """Raises: ForbiddenError, unless the URL is one that may be fetched from.

        What a name leads to is checked by ``fetcher.PublicResolver`` when it is connected to.
        """
        host, port = url.raw_host, url.port
        if url.scheme not in ("http", "https") or not host or port is None:
            raise ForbiddenError(f"{url}: only http:// and https:// links are fetched.")
        if url.raw_user is not None or url.raw_password is not None:
            raise ForbiddenError("Links with a user name or password in them are not fetched.")
        if not _is_name(host):
            raise ForbiddenError(f"{url}: this is no web address.")
        if self.allows(host, port):
            return
        if port not in self.ports:
            raise ForbiddenError(
                f"{url}: nothing is fetched from port {port}, unless FETCH_ALLOW or FETCH_PORTS"
                " names it."
            )
        if _is_numeric(host) and not is_public(host):
            raise ForbiddenError(f"{url}: {PRIVATE}")

    def allows(self, host: str, port: int) -> bool:
        """Whether a host has been named as one that may be private."""
        return (host, port) in self.allowed or (host, None) in self.allowed


def is_public(address: str) -> bool:
    """Whether an IP address is one of the public internet, and meant for one receiver.

    One that carries an IPv4 address is judged by that as well. What merely resembles an address
    (``127.1``, ``0177.0.0.1``, ``2130706433``) is none.
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
    carried = [ip.sixtofour, *(ip.teredo or ())]
    public = all(_is_global(ip4) for ip4 in carried if ip4)
    return public and ip in UNICAST and ip not in EXAMPLES and _is_global(ip)


def read_hosts(text: str) -> frozenset[tuple[str, int | None]]:
    """The hosts that a setting names: "intranet.example, 10.0.0.8:8080, [fd00::1]".

    Raises:
        ValueError: one of them is no host.
    """
    return frozenset(_read_host(part.strip()) for part in text.split(",") if part.strip())


def read_ports(text: str) -> frozenset[int]:
    """The ports that a setting names: "80, 443". Raises: ValueError."""
    ports = frozenset(int(part) for part in text.split(",") if part.strip())
    if not ports or not all(1 <= port <= 65535 for port in ports):
        raise ValueError("it is no port")
    return ports


def _read_host(text: str) -> tuple[str, int | None]:
    url = URL(f"//{text}")
    if url.raw_host is None or url.raw_user is not None or url.raw_path.strip("/"):
        raise ValueError("it is no host")
    if url.query_string or url.fragment or not _is_name(url.raw_host) or url.explicit_port == 0:
        raise ValueError("it is no host")
    return url.raw_host, url.explicit_port


def _is_name(host: str) -> bool:
    """Whether a host can be looked up: an address, or labels that a name may have."""
    if ":" in host:
        return True
    try:
        host.encode("idna")
    except UnicodeError:  # a label is empty, or too long
        return False
    return re.fullmatch(r"[\w.-]+", host, re.ASCII) is not None


def _is_numeric(host: str) -> bool:
    """Whether aiohttp takes a host for an IP address, and asks no resolver about it."""
    return ":" in host or host.replace(".", "").isdigit()


def _is_global(ip: IPv4Address | IPv6Address) -> bool:
    return ip.is_global and not ip.is_multicast and not ip.is_reserved
