"""Articles at a new address: the same text of the same publisher stays one article."""

from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from index import Article, Library
from index.ingest import file_versions
from index.ingest.moved_articles import MIN_WORDS, is_moved
from index.sources import read_path
from tests.index.store.builders import url

FERRY = Article(
    "Ferry late", "The night ferry was late today.", "Coast Post", date(2025, 10, 9), url("a")
)
LONG = replace(FERRY, text="The night ferry was late. " * (MIN_WORDS // 5), url=url("long"))
MOVED = replace(FERRY, url=url("b"))


def changes(library: Library, *articles: Article) -> list[str]:
    return [addition.change for addition in library.add_all(articles)]


def stored(library: Library) -> list[tuple[str, str | None]]:
    return [(article.id, article.url) for article in library.articles()]


def test_the_same_text_at_a_new_address_keeps_its_id_and_history(library: Library) -> None:
    library.add(FERRY)

    addition = library.add(MOVED)

    assert (addition.change, addition.article.id) == ("updated", FERRY.id)
    assert stored(library) == [(FERRY.id, MOVED.url)]
    assert [former.article.url for former in library.history(FERRY.id)] == [FERRY.url]
    (passage,) = library.ask("was the ferry late?").passages
    assert passage.citation.link is not None
    assert passage.citation.link.startswith(url("b"))
    assert list(library.problems()) == []


def test_each_address_again_changes_nothing(library: Library) -> None:
    assert changes(library, FERRY, MOVED) == ["added", "updated"]
    assert changes(library, FERRY, MOVED, FERRY) == ["unchanged"] * 3
    assert stored(library) == [(FERRY.id, MOVED.url)]


def test_a_correction_at_the_new_address_is_one_of_the_moved_article(library: Library) -> None:
    changes(library, LONG, replace(LONG, url=url("new")))
    corrected = replace(LONG, url=url("new"), text=f"{LONG.text} Nobody complained.")

    assert changes(library, corrected, corrected) == ["updated", "unchanged"]
    assert stored(library) == [(LONG.id, url("new"))]
    assert library.get(LONG.id).text == corrected.text
    assert len(library.history(LONG.id)) == 2


def test_an_article_moves_as_often_as_its_paper_likes(library: Library) -> None:
    addresses = [url(f"long-{number}") for number in range(4)]
    for address in addresses:
        library.add(replace(LONG, url=address))
    assert [address for _, address in stored(library)] == addresses[-1:]


@pytest.mark.parametrize(
    "other",
    [
        replace(MOVED, publisher="Harbor Wire"),
        replace(MOVED, publisher=None),
        replace(MOVED, url=None),
        replace(MOVED, collection="server-1"),
        replace(MOVED, text="The night ferry was early today."),
        replace(MOVED, published=date(2025, 10, 10)),  # "today" is another day
    ],
)
def test_a_different_article_stays_separate(library: Library, other: Article) -> None:
    assert changes(library, FERRY, other) == ["added", "added"]
    assert library.count() == 2


def test_a_long_text_of_another_day_has_moved() -> None:
    other = replace(LONG, url=url("b"), published=datetime(2025, 12, 1, tzinfo=UTC))
    assert is_moved(LONG, other)
    assert is_moved(LONG, replace(other, publisher="COAST POST", text=LONG.text + "\n"))
    assert not is_moved(FERRY, replace(FERRY, published=other.published))
    assert is_moved(FERRY, replace(FERRY, published=None))
    assert is_moved(FERRY, replace(FERRY, published=datetime(2025, 10, 9, 8, tzinfo=UTC)))


def test_a_file_whose_address_changes_keeps_its_article(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(file_versions, "SETTLE_SECONDS", 0.0)
    folder = Path("news")
    folder.mkdir()
    matter = "---\ntitle: Ferry late\npublisher: Coast Post\nurl: {}\n---\n{}"

    def write(name: str, address: str) -> None:
        (folder / name).write_text(matter.format(address, LONG.text))

    def sync() -> list[tuple[str, str | None]]:
        one = library.mirror(folder)
        while list(one.sync()) and one.pending:
            pass
        return stored(library)

    write("ferry.md", url("a"))
    (only,) = (one for one in read_path(folder / "ferry.md") if isinstance(one, Article))
    assert sync() == [(only.id, url("a"))]
    write("ferry.md", url("changed-later"))
    assert sync() == [(only.id, url("changed-later"))]
    write("copy.md", url("copy"))
    sync()
    (folder / "ferry.md").unlink()
    assert sync() == [(only.id, url("copy"))]
    (folder / "copy.md").unlink()
    assert sync() == []
    assert list(library.problems()) == []
