"""Word documents: the text that they show, its paragraphs, and titles given by a person."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index import Article, SourceError
from index.sources.parsers.docx import parse
from index.sources.zipped import read_docx
from tests.index.sources.zipped_documents import WORD, archive, docx, paragraph, run, table

PIER = "The harbor board of Korsvik heard on Monday how far the new pier has come."
STONE = "Nobody could say what the repair of the lamp had cost."
ITEM = '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="2"/></w:numPr>'


def read(*body: str, **known: object) -> Article:
    return read_docx(docx(*body, **known), "pier-report.docx", "c")  # type: ignore[arg-type]


def paragraphs(*body: str, **known: object) -> list[str]:
    """The paragraphs of a document."""
    return read(*body, **known).text.split("\n\n")


def refusal(content: bytes) -> str:
    with pytest.raises(SourceError) as refused:
        read_docx(content, "a.docx", "c")
    return str(refused.value)


# The text


def test_paragraphs_are_in_order_and_on_one_line() -> None:
    broken = paragraph(
        run("The first"), "<w:r><w:br/><w:t>and the</w:t><w:tab/><w:t>second</w:t></w:r>"
    )
    assert paragraphs(PIER, "", broken, STONE) == [PIER, "The first and the second", STONE]


def test_hyphens_are_those_that_are_always_shown() -> None:
    hyphens = "<w:r><w:t>har</w:t><w:softHyphen/><w:t>bor\N{SOFT HYPHEN}side two</w:t>" + (
        "<w:noBreakHyphen/><w:t>thirds</w:t></w:r>"
    )
    assert paragraphs(PIER, paragraph(hyphens)) == [PIER, "harborside two-thirds"]


def test_list_items_have_a_marker() -> None:
    listed = [
        paragraph("nine days", properties=ITEM),
        paragraph("a crane", style="Punkte"),
        paragraph("no item", style="Punkte", properties=ITEM.replace('"2"', '"0"')),
        paragraph("a numbered heading", style="berschrift1", properties=ITEM),
    ]
    assert paragraphs(PIER, *listed) == [
        PIER,
        "- nine days",
        "- a crane",
        "no item",
        "a numbered heading",
    ]


def test_rows_of_a_table_are_paragraphs() -> None:
    rows = table(
        ("Pier", "Meters"),
        ("North", "120"),
        ("", ""),
        (
            paragraph(
                "Two",
            )
            + paragraph("lines"),
            "9",
        ),
    )
    assert paragraphs(PIER, rows, STONE) == [
        PIER,
        "Pier | Meters",
        "North | 120",
        "Two lines | 9",
        STONE,
    ]


def test_a_table_that_is_a_frame_has_paragraphs() -> None:
    framed = paragraph(PIER) + paragraph("an item", properties=ITEM)
    assert paragraphs(table((framed, "")), STONE) == [PIER, "- an item", STONE]


@pytest.mark.parametrize(
    "element",
    [
        f"<w:ins>{run('the new')}</w:ins>",
        f"<w:moveTo>{run('the new')}</w:moveTo>",
        f'<w:hyperlink r:id="r9">{run("the new")}</w:hyperlink>',
        f'<w:fldSimple w:instr="DATE">{run("the new")}</w:fldSimple>',
        f"<w:sdt><w:sdtPr/><w:sdtContent>{run('the new')}</w:sdtContent></w:sdt>",
        f"<w:smartTag>{run('the ')}<w:smartTag>{run('new')}</w:smartTag></w:smartTag>",
        f'<w:bdo w:val="ltr">{run("the new")}</w:bdo>',
        '<w:r><w:fldChar w:fldCharType="begin"/><w:instrText>REF x</w:instrText></w:r>'
        f'<w:r><w:fldChar w:fldCharType="separate"/></w:r>{run("the new")}',
        f'{run("the ")}<w:r><w:rPr><w:vanish w:val="0"/></w:rPr><w:t>new</w:t></w:r>',
    ],
)
def test_what_is_shown_is_text(element: str) -> None:
    sentence = paragraph(run("They saw "), element, run(" pier."))
    assert paragraphs(PIER, sentence) == [PIER, "They saw the new pier."]


@pytest.mark.parametrize(
    "element",
    [
        "<w:del><w:r><w:delText>old </w:delText></w:r></w:del>",
        f"<w:del>{run('old ')}</w:del>",
        f"<w:ins><w:del>{run('old ')}</w:del></w:ins>",
        f"<w:moveFrom>{run('old ')}</w:moveFrom>",
        run("old ", "<w:vanish/>"),
        '<w:commentRangeStart w:id="1"/><w:r><w:commentReference w:id="1"/></w:r>',
        "<w:r><w:instrText>old </w:instrText></w:r>",
        "<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr>"
        f"<w:sdtContent>{run('Click here. ')}</w:sdtContent></w:sdt>",
        "<w:r><w:ruby><w:rt><w:r><w:t>reading</w:t></w:r></w:rt></w:ruby></w:r>",
    ],
)
def test_what_is_not_shown_is_no_text(element: str) -> None:
    sentence = paragraph(run("They saw the "), element, run("pier."))
    assert paragraphs(PIER, sentence) == [PIER, "They saw the pier."]


def test_a_paragraph_whose_end_was_deleted_goes_on() -> None:
    deleted = "<w:rPr><w:del/></w:rPr>"
    gone = paragraph(f"<w:del>{run('An old one.')}</w:del>", properties=deleted)
    first = paragraph("The stone", properties=deleted)
    assert paragraphs(PIER, gone, first, paragraph(" was cut.", properties=ITEM)) == [
        PIER,
        "The stone was cut.",
    ]


def test_a_deleted_row_is_gone() -> None:
    rows = table(("North", "120"), ("South", "80"))
    deleted = rows.replace("<w:tr>", "<w:tr><w:trPr><w:del/></w:trPr>", 1)
    assert paragraphs(PIER, deleted) == [PIER, "South | 80"]


def test_notes_follow_the_text_and_their_marks_are_gone() -> None:
    sentence = paragraph(
        run("It cost 12,000"),
        '<w:r><w:footnoteReference w:id="7"/></w:r>',
        run(" crowns"),
        '<w:r><w:footnoteReference w:customMarkFollows="1" w:id="4"/><w:t>*</w:t></w:r>',
        run("."),
    )
    deleted = f'<w:del>{run("x")}<w:r><w:footnoteReference w:id="5"/></w:r></w:del>'
    notes = {4: "Without the fuel.", 5: "Of a deletion.", 7: "In prices of last year."}
    assert paragraphs(sentence, paragraph(deleted), PIER, footnotes=notes) == [
        "It cost 12,000 crowns.",
        PIER,
        "In prices of last year.",
        "Without the fuel.",
    ]


def test_a_formula_has_its_exponents() -> None:
    power = (
        "<w:sSup><w:e><w:r><w:t>x</w:t></w:r></w:e><w:sup><w:r><w:t>2</w:t></w:r></w:sup></w:sSup>"
    )
    sentence = paragraph("It grows as ", f"<w:oMath>{power}</w:oMath>", " does.")
    assert paragraphs(sentence, PIER) == ["It grows as x² does.", PIER]


def test_a_text_box_follows_its_paragraph_and_is_read_once() -> None:
    box = f"<w:txbxContent>{paragraph('In a box.')}</w:txbxContent>"
    drawn = (
        f"<w:r><mc:AlternateContent><mc:Choice><w:drawing><wps:txbx>{box}</wps:txbx></w:drawing>"
        f"</mc:Choice><mc:Fallback><w:pict>{box}</w:pict></mc:Fallback></mc:AlternateContent></w:r>"
    )
    assert paragraphs(paragraph("They saw", drawn, " the pier."), STONE) == [
        "They saw the pier.",
        "In a box.",
        STONE,
    ]


def test_a_table_of_contents_and_headers_are_no_text() -> None:
    gallery = '<w:docPartObj><w:docPartGallery w:val="Table of Contents"/></w:docPartObj>'
    contents = f"<w:sdt><w:sdtPr>{gallery}</w:sdtPr><w:sdtContent>{paragraph('Piers 3')}"
    listed = paragraph("The lamp 4", style="Verzeichnis1")
    assert paragraphs(f"{contents}</w:sdtContent></w:sdt>", listed, PIER) == [PIER]


def test_a_strict_document_with_another_main_part_is_read() -> None:
    namespace = "http://purl.oclc.org/ooxml"
    content = archive(
        {
            "_rels/.rels": f'<Relationships><Relationship Target="/text/main.xml" Type="{namespace}'
            '/officeDocument/relationships/officeDocument"/></Relationships>',
            "text/main.xml": f'<document xmlns="{namespace}/wordprocessingml/main"><body><p><r><t>'
            f"{PIER}</t></r></p></body></document>",
        }
    )
    assert read_docx(content, "a.docx", "c").text == PIER


@given(st.lists(st.text(st.characters(codec="utf-8", exclude_categories=["C"])), min_size=1))
def test_every_word_is_read_whatever_it_is(texts: list[str]) -> None:
    escaped = [one.replace("&", "&amp;").replace("<", "&lt;") for one in texts]
    found = parse(docx(*map(run_in_paragraph, escaped)))
    assert found["refusal"] is None
    assert [words for _, words in found["blocks"]] == [
        folded for one in texts if (folded := " ".join(one.split()))
    ]


def run_in_paragraph(text: str) -> str:
    return paragraph(run(text))


# Titles and authors


@pytest.mark.parametrize("style", ["berschrift1", "Kicker", "Titel"])
def test_the_title_is_a_heading_at_the_start(style: str) -> None:
    article = read(paragraph("A pier at last", style=style), PIER)
    assert (article.title, article.text) == ("A pier at last", PIER)


def test_a_heading_below_another_line_stays_in_the_text() -> None:
    article = read("PRESS RELEASE", paragraph("A pier at last", style="Titel"), PIER)
    assert article.title == "A pier at last"
    assert article.text == f"PRESS RELEASE\n\nA pier at last\n\n{PIER}"


def test_without_headings_a_short_first_line_or_the_file_is_the_title() -> None:
    assert read("A pier at last", PIER).title == "A pier at last"
    assert read(PIER, STONE).title == "Pier report"
    assert read(table(["Port", "Boats"]), PIER).title == "Pier report"


def test_a_title_and_an_author_that_are_stated_win() -> None:
    properties = (
        "<dc:title>A pier\n at last</dc:title><dc:creator>Marit Holm</dc:creator>"
        "<dcterms:created>2025-10-09T10:00:00Z</dcterms:created>"
        "<dcterms:modified>2025-10-10T10:00:00Z</dcterms:modified>"
    )
    article = read(paragraph("What the board heard", style="Titel"), PIER, properties=properties)
    assert (article.title, article.author) == ("A pier at last", "Marit Holm")
    assert article.text == f"What the board heard\n\n{PIER}"
    assert article.published is None
    again = read(paragraph("A PIER AT LAST"), PIER, properties=properties)
    assert again.text == PIER


@pytest.mark.parametrize(
    ("title", "author"),
    [
        ("Document1", "user"),
        ("Microsoft Word - report_final_v3.docx", "Microsoft Office User"),
        ("report_final_v3.docx", "Administrator"),
        ("[Document title]", "python-docx"),
        ("Word Document", "Windows User"),
        ("Title", "Author"),
        ("", "  "),
    ],
)
def test_what_programs_put_there_is_no_title_and_no_author(title: str, author: str) -> None:
    properties = f"<dc:title>{title}</dc:title><dc:creator>{author}</dc:creator>"
    article = read(paragraph("A pier at last", style="Titel"), PIER, properties=properties)
    assert (article.title, article.author) == ("A pier at last", None)


# What is refused


def test_what_is_no_word_document_is_refused_with_the_reason() -> None:
    older = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600
    encrypted = older + "EncryptedPackage".encode("utf-16-le")
    sheet = archive({"xl/workbook.xml": "<workbook/>"})
    other = docx(parts={"word/document.xml": f"<w:hdr {WORD}/>"})
    assert "in the older format .doc; save it as .docx" in refusal(older)
    assert "protected by a password; save it without one" in refusal(encrypted)
    for content in (b"", b"%PDF-1.7", b"{\\rtf1 }", b"A text.", sheet, other):
        assert "this is no Word document (.docx), whatever its name says" in refusal(content)


def test_a_damaged_document_is_refused_with_the_reason() -> None:
    whole = docx(PIER * 100)
    for content in (
        whole[: len(whole) // 2],
        whole.replace(b"word/document.xml", b"word/document.xm_", 1),
        docx(parts={"word/document.xml": "<w:document"}),
        docx(parts={"word/styles.xml": "no markup"}),
    ):
        assert "this Word document is damaged or incomplete" in refusal(content)


def test_a_document_without_text_is_refused() -> None:
    assert "this Word document contains no text" in refusal(docx("", " ", "***"))


def test_a_file_with_a_password_of_its_own_is_refused() -> None:
    content = bytearray(docx(PIER))
    start = content.rfind(b"PK\1\2", 0, content.rfind(b"word/document.xml"))
    content[start + 8] |= 1
    assert "protected by a password" in refusal(bytes(content))
