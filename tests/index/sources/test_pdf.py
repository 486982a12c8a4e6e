"""PDF documents: paragraphs in reading order, and titles that people gave."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index import Article
from index.sources import read_path
from index.sources.parsers.pdf import parse
from index.sources.pdf import read_pdf
from tests.index.sources.pdf_indents import TUNED, Block, Sheet, hanging, indented, told
from tests.index.sources.pdf_layouts import LAYOUTS, SENTENCES, Layout, document


@pytest.mark.parametrize("name", LAYOUTS)
def test_paragraphs_are_whole_and_in_order(name: str) -> None:
    text = parse(LAYOUTS[name].document)["text"] or ""
    assert text.split("\n\n") == LAYOUTS[name].texts


@pytest.mark.parametrize("name", TUNED)
def test_indentations_mark_paragraphs(name: str) -> None:
    text = parse(TUNED[name].document)["text"] or ""
    assert text.split("\n\n") == TUNED[name].texts


@given(
    st.lists(st.integers(1, 4), min_size=1, max_size=6),
    st.sampled_from(["Courier", "Helvetica", "Times-Roman"]),
    st.sampled_from([1.0, 1.2, 1.5, 2.0]),
    st.floats(0, 4),
    st.booleans(),
)
def test_every_line_is_in_one_paragraph_and_in_order(
    lengths: list[int], font: str, spacing: float, indent: float, is_hanging: bool
) -> None:
    texts = told(SENTENCES, lengths)
    blocks = hanging(texts, indent) if is_hanging else indented(texts, indent)
    text = parse(Sheet(blocks, font, 9, spacing).document)["text"] or ""
    assert text.split() == " ".join(texts).split()


def test_a_wrapped_list_item_is_one_paragraph() -> None:
    items = [f"- {text}" for text in told(SENTENCES, (2, 3, 2))]
    sheet = Sheet([Block("The board decided:"), *hanging(items, 1.2)], "Helvetica")
    assert (parse(sheet.document)["text"] or "").split("\n\n") == sheet.texts


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
        "\\(anonymous\\)",
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
    ("author", "stated"),
    [
        ("Marit Holm", "Marit Holm"),
        ("Windows User", None),
        ("admin", None),
        ("Microsoft Word", None),
    ],
)
def test_an_account_or_a_program_is_no_author(author: str, stated: str | None) -> None:
    content = Layout().document.replace(b"/Info << ", b"/Info << /Author (%s) " % author.encode())
    assert read_pdf(content, "report.pdf", "c").author == stated


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
