"""robots.txt: the pages that a site allows to be fetched (RFC 9309)."""

from collections import OrderedDict
from collections.abc import Awaitable, Callable
from time import monotonic

from protego import Protego
from yarl import URL

MAX_CACHED_SITES = 1000
CACHE_SECONDS = 3600.0

ReadRobotsTxt = Callable[[URL], Awaitable[str]]
"""Returns the text of a robots.txt, or "" if the site has none."""


class Robots:
    """The rules of sites, cached.

    Args:
        agent: the name by which rules address this program.
    """

    def __init__(self, agent: str, read: ReadRobotsTxt) -> None:
        self._agent = agent
        self._read = read
        self._cache: OrderedDict[URL, tuple[float, Protego]] = OrderedDict()

    async def allow(self, url: URL) -> bool:
        """Whether a page may be fetched. Raises what reading the robots.txt raises."""
        rules = await self._rules(url.origin())
        return bool(rules.can_fetch(str(url), self._agent))

    async def _rules(self, site: URL) -> Protego:
        expires, rules = self._cache.get(site, (0.0, None))
        if rules is None or monotonic() >= expires:
            rules = Protego.parse(await self._read(site / "robots.txt"))
            self._cache[site] = monotonic() + CACHE_SECONDS, rules
            self._cache.move_to_end(site)
            while len(self._cache) > MAX_CACHED_SITES:
                self._cache.popitem(last=False)
        return rules
