"""Documents that are crafted to break parsers are refused or read, in bounded time."""

import sys
from pathlib import Path
from threading import Thread

import pytest

from index import Article, SourceError
from index.fetching.fetcher import MAX_BYTES, Fetched
from index.sources.sandbox import ParsingError, Sandbox, sandbox
from index.sources.web import ARTICLE_TYPES, article_of
from tests.index.sources.hostile import ARCHIVES, ARTICLE, DOCUMENTS, PAGES

READ = {
    "an encoding that does not exist",
    "another encoding than it says",
    "dates without an end",
    "directions turned",
    "a document in a document",
    "a docx of tables in tables",
    "a docx whose note refers to itself",
    "a docx whose styles are based on each other",
    "a docx with forty thousand members",
    "a title of a megabyte",
    "json that goes deep",
    "an epub of one chapter a hundred thousand times",
    "an epub that is not well-formed",
    "an epub with entities",
    "json that is long",
}
"""Those whose article can be read; the others are refused."""

ENDLESS = {
    "a docx of a million paragraphs",
    "a hundred thousand links",
    "a hundred thousand paragraphs",
    "a pdf that refers to itself",
    "a pdf that draws forever",
    "a pdf of a hundred thousand lines",
    "a pdf of a million pages",
    "a pdf of brackets",
}
"""The files that exceed the time limit."""


def test_there_are_many() -> None:
    assert len(PAGES) + len(DOCUMENTS) + len(ARCHIVES) >= 30


def content_of(name: str) -> tuple[bytes, str]:
    made = {**PAGES, **DOCUMENTS, **ARCHIVES}[name]()
    content = made.encode("utf-8", "surrogatepass") if isinstance(made, str) else made
    return content[:MAX_BYTES], media_type_of(name)


def media_type_of(name: str) -> str:
    if name in PAGES:
        return "text/html"
    kind = {"docx": "wordprocessingml", "epub": "epub"}
    sought = next((kind[word] for word in name.split() if word in kind), "pdf")
    return next(one for one in ARTICLE_TYPES if sought in one)


@pytest.mark.parametrize("name", [*PAGES, *DOCUMENTS, *ARCHIVES])
def test_it_is_refused_or_read(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    content, kind = content_of(name)
    fetched = Fetched("https://news.example/a", content, kind, None, {})
    with monkeypatch.context() as patch:
        if name in ENDLESS:
            patch.setattr(sandbox, "_timeout", 1.0)
        if name in READ:
            article = article_of(fetched, "shared")
            assert article.url == "https://news.example/a"
            assert "passwd" not in article.text
            assert len(article.title) <= 1000
        else:
            with pytest.raises(SourceError, match=r"^https://news\.example/a: "):
                article_of(fetched, "shared")
    # In any case, the next document is read.
    assert article_of(Fetched("https://x.example", ARTICLE.encode(), "text/html", None, {}), "c")


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux limits the memory of a process")
def test_a_document_that_exhausts_the_memory_is_refused() -> None:
    content, _ = content_of("a hundred thousand paragraphs")
    one = Sandbox(memory=150 << 20)
    try:
        assert one.parse("page", ARTICLE.encode())["title"] == "Ferry"
        with pytest.raises(ParsingError):
            one.parse("page", content)
        assert one.parse("page", ARTICLE.encode())["title"] == "Ferry"
    finally:
        one.close()


def test_a_process_that_was_killed_is_started_again() -> None:
    one = Sandbox()
    try:
        assert one.parse("page", ARTICLE.encode())["title"] == "Ferry"
        process = one._idle.queue[-1]
        assert process is not None
        process.kill()
        process.wait()
        assert one.parse("page", ARTICLE.encode())["title"] == "Ferry"
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


def test_the_parsers_import_nothing_of_the_package() -> None:
    folder = Path(sys.modules["index.sources.sandbox"].__file__ or "").with_name("parsers")
    scripts = [script.read_text() for script in folder.glob("*.py")]
    assert len(scripts) > 3
    assert "index" not in {
        line.split()[1].split(".")[0]
        for script in scripts
        for line in script.splitlines()
        if line.strip().startswith(("import ", "from "))
    }
