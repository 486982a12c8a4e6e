"""The guard: private addresses are never fetched, however they are written."""

import pytest
from yarl import URL

from index.fetching.fetcher import Fetcher
from index.fetching.guard import ForbiddenError, Guard, is_public, parse_hosts, parse_ports
from tests.index.fetching.conftest import Names
from tests.index.site import Site

ADDRESSES = """
    127.0.0.1 127.0.0.53 127.255.255.254 0.0.0.0 0.0.0.1 10.0.0.1 10.255.255.255 100.64.0.1
    100.127.255.254 169.254.169.254 169.254.0.1 172.16.0.1 172.31.255.255 192.0.0.1 192.0.2.1
    192.168.0.1 192.168.255.255 198.18.0.1 198.19.255.255 198.51.100.1 203.0.113.1 224.0.0.1
    239.255.255.255 240.0.0.1 255.255.255.255 127.1 127.0.1 0 1 2130706433 017700000001 0177.0.0.1
    127.0.0.01 127.0.0.1. 3232235521 127.0.0.1.1 999.0.0.1
    [::] [::1] [::ffff:127.0.0.1] [::ffff:7f00:1] [::ffff:10.0.0.1] [::ffff:0:127.0.0.1]
    [::127.0.0.1] [0:0:0:0:0:0:0:1] [0000::1] [fe80::1] [fe80::1%25eth0] [fec0::1] [fc00::1]
    [fd12:3456::1] [ff02::1] [ff0e::1] [64:ff9b::7f00:1] [64:ff9b::10.0.0.1] [64:ff9b:1::1]
    [2001:db8::1] [2001::1] [2002:7f00:1::] [2002:a00:1::1] [100::1] [3fff::1] [5f00::1]
""".split()
"""Hosts that are private, in every spelling, or none at all."""

NAMES = {
    "localhost": "127.0.0.1",
    "LOCALHOST": "127.0.0.1",
    "localhost.": "127.0.0.1",
    "sub.localhost": "127.0.0.1",
    "localhost.localdomain": "127.0.0.1",
    "ip6-localhost": "::1",
    "intranet": "10.1.2.3",
    "metadata.google.internal": "169.254.169.254",
    "router.home.arpa": "192.168.1.1",
    "127.0.0.1.nip.example": "127.0.0.1",
    "mapped.example": "::ffff:127.0.0.1",
    "unspecified.example": "0.0.0.0",
    "unspecified6.example": "::",
    "local6.example": "fd00::1",
    "0x7f000001": "127.0.0.1",
    "0x7f.1": "127.0.0.1",
    "0x7f.0x0.0x0.0x1": "127.0.0.1",
    "①②⑦.⓪.⓪.①": "127.0.0.1",
    "127。0。0。1": "127.0.0.1",
    "ｌｏｃａｌｈｏｓｔ": "127.0.0.1",
}
"""Names that lead to private addresses."""

LINKS = """
    file:///etc/passwd ftp://news.example/a gopher://news.example/ data:text/html,hi
    javascript:alert(1) dict://127.0.0.1:11211/ ldap://127.0.0.1/ ws://news.example/ //127.0.0.1/
    /etc/passwd news.example http:// http:/// http://:80/ https://? http://[::1 http://[]/
    http://user@news.example/ http://user:password@news.example/ http://:@news.example/
    http://news.example@127.0.0.1/ http://127.0.0.1#@news.example/ http://127.0.0.1?@news.example/
    http://news.example\\@127.0.0.1/ http:\\\\127.0.0.1\\ http://127.0.0.1:80\\@news.example/
    http://news.example:22/ http://news.example:25/ http://news.example:6379/
    http://news.example:8080/ http://news.example:0/ http://news.example:99999/
    http://news.example:80:80/ http://news.example:a/ https://127.0.0.1:443/ http://127.0.0.1:80/
""".split()

HOSTILE = [
    *(f"http://{address}/" for address in ADDRESSES),
    *(f"https://{name}/a?b#c" for name in NAMES),
    *LINKS,
    "http://ex..ample/",
    "http://.news.example/",
    "http://../",
    f"http://{'x' * 300}.example/",
    "http://news_*.example/",
    "http://news.example /",
    "http://news\n.example/",
    "",
    " ",
]


def leads_away(link: str) -> bool:
    """Whether a redirection to it does not lead to another page of the same site."""
    try:
        return "\n" not in link and URL("https://base.example/a").join(URL(link)).host not in (
            "base.example",
            None,
        )
    except ValueError:
        return "\n" not in link


@pytest.fixture
def names(names: Names) -> Names:
    for name, address in NAMES.items():
        names.addresses[URL(f"http://{name}").raw_host or name] = [[address]]
    return names


@pytest.mark.parametrize("link", HOSTILE)
async def test_what_is_private_is_not_fetched(fetcher: Fetcher, link: str) -> None:
    with pytest.raises(ForbiddenError):
        await fetcher.fetch(link, ["text/html"])


@pytest.mark.parametrize("link", [link for link in HOSTILE if leads_away(link)])
async def test_nor_is_it_where_a_site_redirects_to_it(
    fetcher: Fetcher, site: Site, link: str
) -> None:
    to = link.encode().decode("latin-1")  # as http.server sends it
    with pytest.raises(ForbiddenError):
        await fetcher.fetch(site.redirect("/a", to), ["text/html"])
    assert site.asked == ["/robots.txt", "/a"]


async def test_a_name_with_one_private_address_is_not_connected_to(
    fetcher: Fetcher, names: Names
) -> None:
    names.addresses["mixed.example"] = [["93.184.215.14", "127.0.0.1"]]
    with pytest.raises(ForbiddenError, match="private network"):
        await fetcher.fetch("http://mixed.example/", ["text/html"])


async def test_a_name_that_changes_its_address_is_checked_each_time_it_is_connected_to(
    fetcher: Fetcher, names: Names
) -> None:
    """The first look-up, for robots.txt, gives an address that is public and answers nothing."""
    names.addresses["rebound.example"] = [["255.255.255.255.invalid"], ["127.0.0.1"]]
    for _ in range(2):
        with pytest.raises(ForbiddenError):
            await fetcher.fetch("http://rebound.example/", ["text/html"])


async def test_what_a_named_host_redirects_to_is_not_named_as_well(
    names: Names, site: Site
) -> None:
    guard = Guard({("first.example", site.port)}, {80, site.port})
    names.addresses["first.example"] = [["127.0.0.1"]]
    names.addresses["second.example"] = [["127.0.0.1"]]
    site.redirect("/a", f"http://second.example:{site.port}/b")
    with pytest.raises(ForbiddenError, match=r"second\.example: it is in a private network"):
        await Fetcher(guard, names).fetch(f"http://first.example:{site.port}/a", ["text/html"])
    assert "/b" not in site.asked


async def test_a_host_that_is_named_may_be_private(site: Site, names: Names) -> None:
    names.addresses["intranet.example"] = [["127.0.0.1"]]
    site.put("/a", "hi")
    for allowed in ("intranet.example", f"intranet.example:{site.port}"):
        fetcher = Fetcher(Guard(parse_hosts(allowed)), names)
        found = await fetcher.fetch(f"http://intranet.example:{site.port}/a", ["text/html"])
        assert found is not None
        assert found.content == b"hi"
        with pytest.raises(ForbiddenError):
            await fetcher.fetch(site.url("/a"), ["text/html"])


@pytest.mark.parametrize("address", ADDRESSES)
def test_no_private_address_is_public(address: str) -> None:
    assert not is_public(address.strip("[]").replace("%25", "%"))


@pytest.mark.parametrize(
    "address",
    "8.8.8.8 93.184.215.14 2606:4700::1111 ::ffff:8.8.8.8 64:ff9b::808:808 2002:808:808::1".split(),
)
def test_public_addresses_are(address: str) -> None:
    assert is_public(address)


def test_hosts_and_ports_are_read_as_people_write_them() -> None:
    assert parse_hosts("") == frozenset()
    assert parse_hosts(" Intranet.example, 10.0.0.8:8080,[fd00::1]:80 ,") == {
        ("intranet.example", None),
        ("10.0.0.8", 8080),
        ("fd00::1", 80),
    }
    assert parse_ports("80, 8080") == {80, 8080}


@pytest.mark.parametrize(
    "wrong",
    [
        "http://a.example",
        "a b",
        "a/b",
        "u@a",
        "a:x",
        "a:99999",
        "?",
        "*",
        "*.a",
        "a;b",
        "a:0",
        ":80",
        "[f:1]:8@",
    ],
)
def test_what_is_no_host_is_refused(wrong: str) -> None:
    with pytest.raises(ValueError):  # noqa: PT011
        parse_hosts(wrong)


@pytest.mark.parametrize("wrong", ["", "0", "65536", "x", "-1", "80;443"])
def test_what_is_no_port_is_refused(wrong: str) -> None:
    with pytest.raises(ValueError):  # noqa: PT011
        parse_ports(wrong)
