"""PDF documents: paragraphs in reading order, and titles that people gave."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index import Article, SourceError
from index.sources import read_path
from index.sources.parsers.pdf import parse
from index.sources.pdf import read_pdf
from tests.index.sources import pdf_indents, pdf_pages
from tests.index.sources.pdf_indents import Block, Sheet, hanging, indented, told
from tests.index.sources.pdf_layouts import LAYOUTS, SENTENCES, Layout, document
from tests.index.sources.pdf_pages import Report


@pytest.mark.parametrize("name", LAYOUTS)
def test_paragraphs_are_whole_and_in_order(name: str) -> None:
    text = parse(LAYOUTS[name].document)["text"] or ""
    assert text.split("\n\n") == LAYOUTS[name].texts


@pytest.mark.parametrize("name", pdf_indents.TUNED)
def test_indentations_mark_paragraphs(name: str) -> None:
    sheet = pdf_indents.TUNED[name]
    assert (parse(sheet.document)["text"] or "").split("\n\n") == sheet.texts


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


@pytest.mark.parametrize("name", pdf_pages.TUNED)
def test_paragraphs_go_on_from_page_to_page(name: str) -> None:
    report = pdf_pages.TUNED[name]
    assert (parse(report.document)["text"] or "").split("\n\n") == report.texts


@pytest.mark.parametrize(
    "headers",
    [
        ["Two boats sank in May", "The lamp was repaired", "Nobody came"],
        ["7 boats sank", "4 boats sank", "9 boats sank"],
    ],
)
def test_a_line_on_one_page_is_no_running_header(headers: list[str]) -> None:
    report = Report([f"{text} It said so." for text in SENTENCES[:4] * 3], headers=headers)
    pages = report.document.count(b"/Type /Page ")
    assert 1 < pages <= len(headers)
    text = parse(report.document)["text"] or ""
    assert all(header in text for header in headers[:pages])


def test_a_document_of_one_page_has_no_running_header() -> None:
    report = Report(SENTENCES[:2], headers=("Minutes of May",), footers=("{page}",))
    text = parse(report.document)["text"] or ""
    assert text.split("\n\n") == ["Minutes of May", *SENTENCES[:2], "1"]


def test_a_number_too_long_for_a_page_is_read() -> None:
    digits = "7" * 5000
    report = Report(SENTENCES * 3, headers=(f"No. {digits}", f"No. {digits[1:]}"))
    assert (parse(report.document)["text"] or "").split("\n\n")[-1] == SENTENCES[-1]


def test_cells_beside_each_other_stay_apart() -> None:
    cells = [(50, "Stone and", "timber of"), (250, "old oak", "and pine")]
    drawn = [
        f"/F 10 Tf 1 0 0 1 {x} {700 - 12 * number} Tm ({line}) Tj"
        for x, *lines in cells
        for number, line in enumerate(lines)
    ]
    assert parse(document(drawn))["text"] == "Stone and timber of\n\nold oak and pine"


def test_wide_spaces_of_justified_lines_are_no_columns() -> None:
    blocks = indented(told(SENTENCES, (3, 2, 4, 3, 1, 3)), 1.5)
    sheet = Sheet(blocks, "Helvetica", 9, columns=3, is_justified=True)
    assert (parse(sheet.document)["text"] or "").split("\n\n") == sheet.texts


@pytest.mark.parametrize("columns", [2, 3])
def test_a_space_at_the_end_of_a_line_does_not_join_columns(columns: int) -> None:
    layout = Layout(columns=columns, size=8, gutter=18, by_row=True)
    content = layout.document.replace(b") Tj", b" ) Tj")
    assert (parse(content)["text"] or "").split("\n\n") == layout.texts


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


def test_a_password_is_asked_for_in_a_sentence() -> None:
    locked = document(["(Nobody may read this.) Tj"]).replace(
        b"trailer <<",
        b"trailer << /ID [<00> <00>] /Encrypt << /Filter /Standard /V 1 /R 2 /P -4"
        b" /O <" + b"11" * 32 + b"> /U <" + b"22" * 32 + b"> >>",
    )
    with pytest.raises(SourceError, match=r"^a\.pdf: this PDF is protected by a password; save it"):
        read_pdf(locked, "a.pdf", "shared")


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


def test_what_is_no_pdf_document_is_told_so() -> None:
    with pytest.raises(SourceError, match=r"^a\.pdf: this is no PDF, whatever its name says"):
        read_pdf(b"PK\x03\x04 a Word document", "a.pdf", "shared")
