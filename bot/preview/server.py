"""The server of the preview's page, which finds its session by itself.

simcord's page expects the secret of the running session in the fragment of its URL. Without it, as
in a bookmark, or with the one of an earlier run, it would show an error and nothing else. Here, the
page gets the secret from the server before it starts, and starts again when the secret changes.

Whoever can open the port on this machine can therefore use the preview. Web pages of others cannot:
browsers do not let them read what they load from another origin, and the server answers only
requests for its own name.
"""

import asyncio
from importlib.resources import files
from typing import Any, ClassVar

from aiohttp import web
from simcord.preview._server import PreviewServer

STARTED_BY_SIMCORD = '<script type="module" src="/app.js"></script>'
STARTED_BY_US = '<script type="module" src="/session-finder.js"></script>'

SCRIPT = "session-finder.js"


class SessionFindingServer(PreviewServer):
    """Serves simcord's page with a script that gives it the secret of the running session."""

    _STATIC_FILES: ClassVar[dict[str, str]] = {
        **PreviewServer._STATIC_FILES,
        f"/{SCRIPT}": SCRIPT,
        "/session-secret": "",
    }

    def __init__(self, page: Any, port: int) -> None:
        super().__init__(page, port)
        self.turn = asyncio.Lock()
        """Held while the bot works, for a person or a timer."""

    async def _action(self, request: Any) -> Any:
        async with self.turn:
            # Ages are told from this time, which simcord advances only when a page is refreshed.
            self.preview._advance_presentation_time()
            return await super()._action(request)

    async def _static(self, request: Any) -> Any:
        if request.headers.get("Host", "") not in self._allowed_hosts():
            raise web.HTTPForbidden
        match request.path:
            case "/session-secret":
                text, content_type = self.preview.capability, "text/plain"
            case "/session-finder.js":
                text = files("bot.preview").joinpath(SCRIPT).read_text(encoding="utf-8")
                content_type = "application/javascript"
            case "/":
                page = await super()._static(request)
                text = page.text.replace(STARTED_BY_SIMCORD, STARTED_BY_US)
                content_type = "text/html"
            case _:
                return await super()._static(request)
        return web.Response(text=text, content_type=content_type, headers=self._SECURITY_HEADERS)
