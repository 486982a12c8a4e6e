"""Documents that are made to break what reads them are refused or read, in bounded time."""

import sys
from pathlib import Path
from threading import Thread

import pytest

from index import Article, SourceError
from index.fetching.fetcher import LARGEST, Fetched
from index.sources.sandbox import UnreadableError, Workshop, workshop
from index.sources.web import article_of
from tests.index.sources.hostile import ARTICLE, DOCUMENTS, PAGES

READ = {
    "an encoding that does not exist",
    "another encoding than it says",
    "dates without an end",
    "directions turned",
    "a document in a document",
    "a title of a megabyte",
    "json that goes deep",
    "json that is long",
}
"""Those with an article in them that can be read all the same; the others are refused."""

ENDLESS = {
    "a hundred thousand links",
    "a hundred thousand paragraphs",
    "a pdf that refers to itself",
    "a pdf that draws forever",
    "a pdf of a hundred thousand lines",
    "a pdf of a million pages",
    "a pdf of brackets",
}
"""Those that take their time, and are stopped."""


def test_there_are_many() -> None:
    assert len(PAGES) + len(DOCUMENTS) >= 30


def content_of(name: str) -> tuple[bytes, str]:
    made = PAGES[name]() if name in PAGES else DOCUMENTS[name]()
    content = made.encode("utf-8", "surrogatepass") if isinstance(made, str) else made
    return content[:LARGEST], "text/html" if name in PAGES else "application/pdf"


@pytest.mark.parametrize("name", [*PAGES, *DOCUMENTS])
def test_it_is_refused_or_read(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    content, kind = content_of(name)
    fetched = Fetched("https://news.example/a", content, kind, None, {})
    with monkeypatch.context() as patch:
        if name in ENDLESS:
            patch.setattr(workshop, "_seconds", 1.0)
        if name in READ:
            article = article_of(fetched, "shared")
            assert article.url == "https://news.example/a"
            assert "passwd" not in article.text
            assert len(article.title) <= 1000
        else:
            with pytest.raises(SourceError, match=r"^https://news\.example/a: "):
                article_of(fetched, "shared")
    # Whatever happened, the next one is read.
    assert article_of(Fetched("https://x.example", ARTICLE.encode(), "text/html", None, {}), "c")


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux limits the memory of a process")
def test_what_takes_all_memory_is_refused() -> None:
    content, _ = content_of("a hundred thousand paragraphs")
    one = Workshop(memory=150 << 20)
    try:
        assert one.read("page", ARTICLE.encode())["title"] == "Ferry"
        with pytest.raises(UnreadableError):
            one.read("page", content)
        assert one.read("page", ARTICLE.encode())["title"] == "Ferry"
    finally:
        one.close()


def test_a_process_that_ends_is_begun_again() -> None:
    one = Workshop()
    try:
        assert one.read("page", ARTICLE.encode())["title"] == "Ferry"
        assert one._process is not None
        one._process.kill()
        one._process.wait()
        assert one.read("page", ARTICLE.encode())["title"] == "Ferry"
    finally:
        one.close()


def test_many_at_once_wait_for_their_turn() -> None:
    found: list[Article] = []

    def read(number: int) -> None:
        page = ARTICLE.replace("Ferry", f"Ferry {number}").encode()
        fetched = Fetched(f"https://news.example/{number}", page, "text/html", None, {})
        found.append(article_of(fetched, "shared"))

    threads = [Thread(target=read, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert {one.title for one in found} == {f"Ferry {number}" for number in range(8)}
    assert all(str(one.url).endswith(one.title.removeprefix("Ferry ")) for one in found)


def test_nothing_of_the_rest_is_loaded_beside_the_parsers() -> None:
    folder = Path(sys.modules["index.sources.sandbox"].__file__ or "").with_name("parsing")
    scripts = [script.read_text() for script in folder.glob("*.py")]
    assert len(scripts) > 3
    assert "index" not in {
        line.split()[1].split(".")[0]
        for script in scripts
        for line in script.splitlines()
        if line.strip().startswith(("import ", "from "))
    }
