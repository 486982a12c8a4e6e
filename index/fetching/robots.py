"""What a site's robots.txt lets us fetch (RFC 9309)."""

from collections.abc import Awaitable, Callable

from cachetools import TTLCache
from protego import Protego
from yarl import URL

SITES = 1000
REMEMBERED = 3600
"""Seconds."""

Read = Callable[[URL], Awaitable[str]]
"""Gives the text of a robots.txt, "" where the site has none."""


class Robots:
    """The rules of the sites that were asked last."""

    def __init__(self, agent: str, read: Read) -> None:
        self._agent = agent
        self._read = read
        self._rules: TTLCache[URL, Protego] = TTLCache(SITES, REMEMBERED)

    async def allow(self, url: URL) -> bool:
        """Whether a page may be fetched. Raises what reading the rules raises."""
        site = url.origin()
        rules = self._rules.get(site)
        if rules is None:
            rules = Protego.parse(await self._read(site / "robots.txt"))
            self._rules[site] = rules
        return bool(rules.can_fetch(str(url), self._agent))
