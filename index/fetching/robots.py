"""robots.txt: the pages that a site allows to be fetched (RFC 9309)."""

import asyncio
import re
from collections import OrderedDict
from collections.abc import Awaitable, Callable
from time import monotonic

from protego import Protego
from yarl import URL

MAX_CACHED_SITES = 1000
CACHE_SECONDS = 3600.0

AGENT = re.compile(
    r"^\s*user(?:-|\s+)?agent(?:\s*:|\s++(?!.*:(?:\s|$)))\s*(?P<name>[^#]*)", re.IGNORECASE
)
"""A line that names an agent, as Protego reads it."""

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
        return await asyncio.to_thread(rules.can_fetch, str(url), self._agent)

    async def _rules(self, site: URL) -> Protego:
        expires, rules = self._cache.get(site, (0.0, None))
        if rules is None or monotonic() >= expires:
            text = await self._read(site / "robots.txt")
            rules = await asyncio.to_thread(rules_of, text, self._agent)
            self._cache[site] = monotonic() + CACHE_SECONDS, rules
            self._cache.move_to_end(site)
            while len(self._cache) > MAX_CACHED_SITES:
                self._cache.popitem(last=False)
        return rules


def rules_of(text: str, agent: str) -> Protego:
    """The rules in a robots.txt for an agent, whose name is given."""
    return Protego.parse(_without_others(text, agent))


def _without_others(text: str, agent: str) -> str:
    """A robots.txt with one name for all other agents.

    A group of rules may be for any number of agents, and Protego keeps each rule for each of them:
    of ten thousand rules for ten thousand agents, a hundred million.
    """

    lines = text.splitlines()
    for number, line in enumerate(lines):
        match = AGENT.match(line)
        if match and (named := match["name"].strip().lower()):
            name = named if named == "*" else named.replace("*", "")
            is_ours = name == "*" or (name and agent.lower().startswith(name))
            lines[number] = f"User-agent: {name if is_ours else 'others'}"
    return "\n".join(lines)
