"""PDF documents: paragraphs in reading order, and titles that people gave."""

from pathlib import Path

import pytest

from index import Article
from index.sources import read_path
from index.sources.parsers.pdf import parse
from index.sources.pdf import read_pdf
from tests.index.sources.pdf_layouts import LAYOUTS, SENTENCES, Layout, document


@pytest.mark.parametrize("name", LAYOUTS)
def test_paragraphs_are_whole_and_in_order(name: str) -> None:
    text = parse(LAYOUTS[name].document)["text"] or ""
    assert text.split("\n\n") == LAYOUTS[name].texts


def test_bullets_stay_with_their_items() -> None:
    drawn = []
    for number, sentence in enumerate(SENTENCES):
        y = 700 - 40 * number
        drawn += [f"/F 10 Tf 1 0 0 1 {x} {y} Tm ({t}) Tj" for x, t in ((50, "-"), (80, sentence))]
    text = parse(document(drawn))["text"] or ""
    assert text.split("\n\n") == [part for one in SENTENCES for part in ("-", one)]


@pytest.mark.parametrize(
    "title",
    [
        "Microsoft Word - report_final_v3.docx",
        "Microsoft PowerPoint - Harbor",
        "report_final_v3.docx",
        "annual report.indd",
        "untitled",
        "Untitled-1",
        "Slide 1",
        "PowerPoint Presentation",
        "",
    ],
)
def test_the_name_of_a_file_is_no_title(title: str) -> None:
    layout = Layout(heading=True)
    content = layout.document.replace(b"/Info << ", b"/Info << /Title (%s) " % title.encode())
    article = read_pdf(content, "report.pdf", "c")
    assert article.title == layout.texts[0]
    assert article.text == "\n\n".join(layout.texts)


@pytest.mark.parametrize(
    "title", ["Why Microsoft Word - and paper - win", "The end of .pdf files", "Page 1 of history"]
)
def test_a_title_is_kept(title: str) -> None:
    content = Layout().document.replace(b"/Info << ", b"/Info << /Title (%s) " % title.encode())
    assert read_pdf(content, "report.pdf", "c").title == title


def test_pdf_files_are_read_from_a_folder(tmp_path: Path) -> None:
    (tmp_path / "Harbor-board.PDF").write_bytes(Layout().document)
    (article,) = read_path(tmp_path)
    assert isinstance(article, Article)
    assert article.title == "Harbor board"
    assert article.text == "\n\n".join(Layout().texts)


@pytest.mark.parametrize(
    "made",
    ["D:20251399256199+99'99'", "D:00000000000000Z", "D:99999999", "D:-20251009", "yesterday"],
)
def test_the_day_on_which_a_file_was_made_is_not_even_read(made: str) -> None:
    dates = f"/Info << /CreationDate ({made}) /ModDate ({made}) "
    content = Layout().document.replace(b"/Info << ", dates.encode())
    article = read_pdf(content, "report.pdf", "c")
    assert article.published is None
    assert article.text == "\n\n".join(Layout().texts)
