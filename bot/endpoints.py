"""Another address for Discord: for tests, against a stand-in on this machine."""

import aiohttp
import discord
from discord.http import Route
from yarl import URL


def redirect(client: discord.Client, api_url: str, gateway_url: str) -> None:
    """Send a client's requests and gateway connections elsewhere, before it is started.

    Every connection to the gateway, be it the first, a resumed or a renewed one, takes its
    address from another place and ends in ``HTTPClient.ws_connect``: so that is where it is
    replaced. ``api_url`` holds for the whole process.
    """
    Route.BASE = api_url.rstrip("/")
    connect = client.http.ws_connect

    async def ws_connect(url: str, *, compress: int = 0) -> aiohttp.ClientWebSocketResponse:
        return await connect(str(URL(gateway_url).with_query(URL(url).query)), compress=compress)

    client.http.ws_connect = ws_connect  # type: ignore[method-assign]
