"""A site with a feed, for the pictures: served from a folder, on this machine only."""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

FEED = "harbor-wire.xml"
HEADLINES = (
    "Otters move into the old dock",
    "The ferry sails again on Sundays",
    "A museum for the lighthouse",
    "Snow closes the road to Sel Valley",
)
MISSING = "/pictures-of-the-storm"
"""A page that the feed names and the site does not have."""


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        pass


@contextmanager
def newsstand() -> Iterator[tuple[str, int]]:
    """The feed's address, and the site's port, until the block ends."""
    with tempfile.TemporaryDirectory() as folder:
        handler = partial(_Quiet, directory=folder)
        with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
            (Path(folder) / FEED).write_text(_feed())
            Thread(target=server.serve_forever, daemon=True).start()
            yield f"http://127.0.0.1:{server.server_port}/{FEED}", server.server_port
            server.shutdown()


def _feed() -> str:
    """The feed, newest first: without dates, all of it is news."""
    items = "".join(
        f"<item><title>{headline}</title><link>/{number}</link>"
        f"<content:encoded><![CDATA[{_story(headline)}]]></content:encoded></item>"
        for number, headline in reversed(list(enumerate(HEADLINES)))
    )
    missing = f"<item><title>Pictures of the storm</title><link>{MISSING}</link></item>"
    namespace = 'xmlns:content="http://purl.org/rss/1.0/modules/content/"'
    return (
        f'<rss version="2.0" {namespace}><channel><title>Harbor Wire</title>{items}{missing}'
        "</channel></rss>"
    )


def _story(headline: str) -> str:
    said = ("in the harbor", "in the market", "in the town hall", "in the school", "on the pier")
    return "".join(
        f"<p>{headline}: that is what people {place} spoke about on Thursday, and many of them"
        " said that they had waited for it for years.</p>"
        for place in said
    )
