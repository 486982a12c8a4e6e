"""A web site on loopback, in a thread of its own."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread


@dataclass
class Page:
    """What is answered at a path."""

    content: bytes | Iterator[bytes] = b""
    kind: str | None = "text/html; charset=utf-8"
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)


Answer = Page | Callable[[Mapping[str, str]], Page]


class Site:
    """Pages by their paths; any other is not there. ``asked`` are the paths, in order."""

    def __init__(self, port: int) -> None:
        self.port = port
        self.host = f"127.0.0.1:{port}"
        self.pages: dict[str, Answer] = {}
        self.asked: list[str] = []
        self.headers: list[Mapping[str, str]] = []

    def url(self, path: str = "/") -> str:
        return f"http://{self.host}{path}"

    def put(self, path: str, content: str | bytes, kind: str = "text/html; charset=utf-8") -> str:
        """Answer with some content at a path; returns its address."""
        self.pages[path] = Page(content.encode() if isinstance(content, str) else content, kind)
        return self.url(path)

    def redirect(self, path: str, to: str, status: int = 302) -> str:
        self.pages[path] = Page(status=status, headers={"Location": to})
        return self.url(path)

    def answer(self, path: str, headers: Mapping[str, str]) -> Page:
        self.asked.append(path)
        self.headers.append(headers)
        page = self.pages.get(path, Page(b"not here", status=404))
        return page if isinstance(page, Page) else page(headers)


@contextmanager
def running_site() -> Iterator[Site]:
    """A site that answers until the block ends."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            page = site.answer(self.path, dict(self.headers))
            self.send_response(page.status)
            if page.kind is not None:
                self.send_header("Content-Type", page.kind)
            for name, value in page.headers.items():
                self.send_header(name, value)
            whole = isinstance(page.content, bytes)
            if isinstance(page.content, bytes):
                self.send_header("Content-Length", str(len(page.content)))
            else:
                self.send_header("Connection", "close")
            self.end_headers()
            try:
                for piece in [page.content] if isinstance(page.content, bytes) else page.content:
                    self.wfile.write(piece)
                    self.wfile.flush()
            except OSError:  # who asked has seen enough
                whole = False
            self.close_connection = self.close_connection or not whole

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    site = Site(server.server_address[1])
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    try:
        yield site
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
