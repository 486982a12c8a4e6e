import io
import sys
from pathlib import Path

import pytest

from index import Article, SourceError
from index.sources import expected_articles, read_source, read_stream

JSON = '{"title": "Jay", "text": "A jay sang."}\n'
SAVED = "<article><h1>Page</h1><p>" + "The night ferry was late, and it rained. " * 8


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with an article of each kind, and things that are none."""
    files = {
        "b.txt": "Bee\n\nA bee hummed.",
        "deep/er/a.MD": "# Ant\n\nAn ant ran.",
        "c.jsonl": JSON + "nonsense\n\n",
        "d.html": SAVED,
        "e.xlsx": "no",
        "README": "no",
        ".hidden.txt": "Hidden.",
        "~$b.txt": "open in Word",
        ".git/config.txt": "Hidden.",
        "deep/.cache/x.md": "Hidden.",
        "f.txt.bak": "no",
    }
    for name, content in files.items():
        path = tmp_path / "news" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content, encoding="utf-8")
    (tmp_path / "news" / "folder.txt").mkdir()
    return tmp_path / "news"


def read(source: Path | str, collection: str = "shared") -> tuple[list[str], list[str]]:
    """The titles of the articles in a source, and its refusals."""
    found = list(read_source(str(source), collection))
    assert all(one.collection == collection for one in found if isinstance(one, Article))
    return (
        [one.title for one in found if isinstance(one, Article)],
        [str(one) for one in found if isinstance(one, SourceError)],
    )


def test_a_folder_gives_all_in_it_but_what_is_hidden_or_of_another_kind(folder: Path) -> None:
    titles, refusals = read(folder)
    assert titles == ["Bee", "Jay", "Page", "Ant"]
    assert refusals == [f"{folder / 'c.jsonl'}, line 2: it is not JSON."]


def test_a_hidden_folder_may_be_named_itself(folder: Path) -> None:
    assert read(folder / ".git") == (["Config"], [])


def test_the_collection_is_passed_on(folder: Path) -> None:
    assert read(folder / "b.txt", "server 7") == (["Bee"], [])
    assert read(folder / "c.jsonl", "server 7")[0] == ["Jay"]


def test_a_folder_without_articles_is_refused(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    _, (refusal,) = read(tmp_path / "empty")
    assert (
        "there is no .txt, .md, .html, .htm, .pdf, .docx, .epub, .jsonl file in this folder"
        in refusal
    )


def test_a_file_that_is_missing_or_of_another_kind_is_refused(folder: Path) -> None:
    assert read("no/such.txt") == (
        [],
        ["no/such.txt: it cannot be read (No such file or directory)."],
    )
    assert read("no/such") == ([], ["no/such: there is no such file or folder."])
    (refusal,) = read(folder / "e.xlsx")[1]
    assert "this kind of file is not supported, only .txt, .md," in refusal


def test_a_name_that_no_file_can_have_is_refused() -> None:
    for name in ("x" * 5000, "x" * 5000 + ".txt"):
        titles, (refusal,) = read(name)
        assert not titles
        assert "it cannot be read (File name too long)" in refusal
        assert expected_articles([name]) is None


@pytest.mark.skipif(sys.platform != "linux", reason="needs a file that even root cannot read")
def test_one_unreadable_file_does_not_keep_the_others_out(folder: Path) -> None:
    for name in ("aa.txt", "aa.jsonl"):
        (folder / name).symlink_to("/proc/self/mem")
    titles, refusals = read(folder)
    assert titles == ["Bee", "Jay", "Page", "Ant"]
    assert [r for r in refusals if "cannot be read" in r] == [
        f"{folder / 'aa.jsonl'}: it cannot be read (Input/output error).",
        f"{folder / 'aa.txt'}: it cannot be read (Input/output error).",
    ]
    assert expected_articles([str(folder)]) is None


def test_one_file_in_another_encoding_does_not_keep_the_others_out(folder: Path) -> None:
    (folder / "aa.txt").write_bytes("Spät.".encode("latin-1"))
    titles, refusals = read(folder)
    assert titles == ["Bee", "Jay", "Page", "Ant"]
    assert refusals[0].startswith(f"{folder / 'aa.txt'}: it is not UTF-8")


def stream(text: str | bytes) -> tuple[list[str], list[str]]:
    raw = text.encode() if isinstance(text, str) else text
    found = list(read_stream(io.BytesIO(raw)))
    return (
        [one.title for one in found if isinstance(one, Article)],
        [str(one) for one in found if isinstance(one, SourceError)],
    )


def test_standard_input_may_be_one_text() -> None:
    assert stream("Bee\n\nA bee hummed.\n") == (["Bee"], [])
    assert stream("\n\nA bee hummed.") == (["Standard input"], [])
    assert stream("---\ntitle: Bee\n---\nIt hummed.") == (["Bee"], [])


def test_standard_input_may_be_articles_one_a_line() -> None:
    assert stream(JSON + JSON) == (["Jay", "Jay"], [])
    assert stream("\ufeff" + JSON) == (["Jay"], [])
    assert stream("\n" + JSON + "no\n") == (["Jay"], ["standard input, line 3: it is not JSON."])


def test_nothing_on_standard_input_is_refused() -> None:
    for nothing in ("", "\n\n"):
        assert stream(nothing) == ([], ["standard input: the article has no text."])


def test_a_dash_is_standard_input(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(JSON.encode())))
    assert read("-", "server 7") == (["Jay"], [])


def test_how_many_articles_to_expect_is_told_where_it_can_be(folder: Path) -> None:
    assert expected_articles([str(folder)]) == 5  # the line of nonsense may be one, too
    assert expected_articles([str(folder / "b.txt"), str(folder / "c.jsonl")]) == 3
    assert expected_articles(["-"]) is None
    assert expected_articles([str(folder), "no/such"]) is None


@pytest.mark.parametrize(
    ("name", "hint"),
    [
        ("www.harbor.example/a", True),
        ("harbor.example", True),
        ("news/a.txt", False),
        ("a.md", False),
    ],
)
def test_a_link_without_its_beginning_is_recognized(name: str, hint: bool) -> None:
    (error,) = read_source(name)
    assert ("a link starts with https://" in str(error)) == hint
