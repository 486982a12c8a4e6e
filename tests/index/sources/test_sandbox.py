"""Documents are taken apart in processes of their own, a few at a time."""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import suppress
from threading import Thread

import pytest

from index.sources import sandbox as sandbox_module
from index.sources.sandbox import ParsingError, Sandbox
from tests.index.sources.hostile import ARTICLE, DOCUMENTS
from tests.index.subprocesses import environment

PARSERS = ("feedparser", "lxml", "trafilatura", "pdfminer", "markdown_it")

READ_ALL = f"""
import sys
from contextlib import suppress
from index import SourceError
from index.fetching.fetcher import Fetched
from index.sources.feed import read_feed
from index.sources.feed_article import article_in_entry
from index.sources.web import ARTICLE_TYPES, article_of
from tests.index.feeds import PARAGRAPHS, item, rss
from tests.index.sources.hostile import ARTICLE, page_of, stream, text_of
from tests.index.sources.zipped_documents import docx, epub

text = "".join(f"<p>{{paragraph}}</p>" for paragraph in PARAGRAPHS)
feed = read_feed(rss(item("Pier", "/pier", content=text)).encode(), "https://harbor.example/feed")
assert article_in_entry(feed.entries[0], feed.url, "shared")
documents = {{"pdf": page_of(stream(text_of(9))), "document": docx("Ferry"), "zip": epub("Ferry")}}
for kind in ARTICLE_TYPES:
    content = ARTICLE.encode() if "html" in kind else "\\n\\n".join(PARAGRAPHS).encode()
    content = next((documents[one] for one in documents if kind.endswith(one)), content)
    assert article_of(Fetched("https://harbor.example/a", content, kind, None, {{}}), "shared").text
print([name for name in {PARSERS} if name in sys.modules])
"""


@pytest.fixture
def started(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[subprocess.Popen[bytes]]]:
    """The processes that sandboxes start, in order; they are killed after the test."""
    processes: list[subprocess.Popen[bytes]] = []
    start = sandbox_module._start

    def record(memory: int) -> subprocess.Popen[bytes]:
        processes.append(start(memory))
        return processes[-1]

    monkeypatch.setattr(sandbox_module, "_start", record)
    yield processes
    for process in processes:
        process.kill()
        process.communicate()


def test_no_document_is_parsed_in_the_process_that_reads_it() -> None:
    ran = subprocess.run(
        [sys.executable, "-c", READ_ALL],
        capture_output=True,
        env=environment(),
        check=False,
        text=True,
    )
    assert (ran.stdout.strip(), ran.stderr) == ("[]", "")


def title_of(page: str, sandbox: Sandbox) -> object:
    return sandbox.parse("page", page.encode())["title"]


def test_a_process_is_used_again(started: list[subprocess.Popen[bytes]]) -> None:
    sandbox = Sandbox(processes=3)
    for _ in range(3):
        assert title_of(ARTICLE, sandbox) == "Ferry"
    assert len(started) == 1
    sandbox.close()
    assert started[0].poll() is not None
    assert title_of(ARTICLE, sandbox) == "Ferry"
    sandbox.close()


def test_a_document_that_takes_long_does_not_hold_up_others(
    started: list[subprocess.Popen[bytes]],
) -> None:
    sandbox = Sandbox(timeout=600, processes=2)

    def parse_for_ever() -> None:
        with suppress(ParsingError):
            sandbox.parse("pdf", DOCUMENTS["a pdf that refers to itself"]())

    slow = Thread(target=parse_for_ever)
    slow.start()
    while not started:
        slow.join(0.01)
    for _ in range(3):
        assert title_of(ARTICLE, sandbox) == "Ferry"
    assert slow.is_alive()
    assert len(started) == 2
    started[0].kill()
    slow.join()
    sandbox.close()


def test_no_more_processes_are_started_than_allowed(
    started: list[subprocess.Popen[bytes]],
) -> None:
    sandbox = Sandbox(processes=2)
    titles: list[object] = []
    threads = [Thread(target=lambda: titles.append(title_of(ARTICLE, sandbox))) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert titles == ["Ferry"] * 6
    assert len(started) <= 2
    sandbox.close()
