"""E-books: chapters in the order in which they are read, and what the package says of them."""

import io
import zipfile
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index import Article, SourceError
from index.sources.parsers.epub import parse
from index.sources.zipped import read_epub
from tests.index.sources.zipped_documents import METADATA, archive, epub

PIER = "The harbor board of Korsvik heard on Monday how far the new pier has come."
STONE = "Nobody could say what the repair of the lamp had cost."


def read(*chapters: str, **known: object) -> Article:
    return read_epub(epub(*chapters, **known), "pier-book.epub", "c")  # type: ignore[arg-type]


def paragraphs(*chapters: str, **known: object) -> list[str]:
    """The paragraphs of an e-book."""
    return read(*chapters, **known).text.split("\n\n")


def refusal(content: bytes) -> str:
    with pytest.raises(SourceError) as refused:
        read_epub(content, "a.epub", "c")
    return str(refused.value)


# The text


def test_chapters_are_in_the_order_in_which_they_are_read() -> None:
    chapters = [f"<h1>Part {n}</h1><p>It is part {n}.</p>" for n in range(4)]
    spine = ['idref="c2"', 'idref="c0"', 'idref="c1" linear="no"', 'idref="c9"', 'idref="c3"']
    assert paragraphs(*chapters, spine=spine) == [
        *("Part 2", "It is part 2."),
        *("Part 0", "It is part 0."),
        *("Part 3", "It is part 3."),
    ]


SHOWN = {
    "<p>One\n <i>and</i>  two</p><div>three<p>four</p>five</div>": "One and two/three/four/five",
    "<p>One<br/>two</p><hr/>three": "One two/three",
    "<ul><li>one</li><li><p>two</p><p>more</p><ol><li>three</li></ol></li><li/></ul><p>x</p>": (
        "- one/- two/more/- three/x"
    ),
    "<table><tr><th>Pier</th><th>Meters</th></tr><tr><td>North</td><td/><td>12</td></tr></table>": (
        "Pier | Meters/North | – | 12"
    ),
    "<table><tbody><tr><td><p>One</p><p>two</p></td></tr></tbody></table>": "One/two",
    "<p>be&nbsp;on&shy;ly &eacute;t&eacute; R&amp;D &#8212; x&lt;y</p>": "be only été R&D — x<y",
    "<p>R & D <br>and more <b>of it</p><p>x": "R & D and more of it/x",
    "<p>Cost<a epub:type='noteref' href='#n'>1</a> rose<sup><a href='n.xhtml#n'>2</a></sup>.</p>"
    "<aside epub:type='footnote'><p>In crowns.<a role='doc-backlink' href='#r'>↩</a></p></aside>": (
        "Cost rose./In crowns."
    ),
    "<p>Cost<a href='#f' id='r'>3</a> rose. See <a href='#s'>3</a>.</p>"
    "<p>In crowns. <a href='#r'>↩</a></p><p><a id='x' href='#y'>Back</a></p>": (
        "Cost rose. See 3./In crowns./Back"
    ),
    "<section epub:type='titlepage'><p>Ida Berg</p></section><p>x<sup>2</sup> is</p>": "x² is",
    "<p>one<span epub:type='pagebreak'>17</span>half<!-- no --><?no no?></p>": "onehalf",
    "<p>H<sub>2</sub>O</p><p hidden=''>no</p><svg><text>no</text></svg><script>no</script>": "H2O",
    "<nav><p>no</p></nav><section epub:type='toc'><p>no</p></section><p>yes</p>": "yes",
    "<script src='x'/><p>one</p><title/><p>two</p>": "one/two",
}


@pytest.mark.parametrize("chapter", SHOWN)
def test_a_chapter_is_read_as_it_is_shown(chapter: str) -> None:
    assert paragraphs(f"<p>{PIER}</p>", chapter) == [PIER, *SHOWN[chapter].split("/")]


def test_tables_of_contents_and_covers_are_no_text() -> None:
    guide = (
        '<guide><reference type="toc" href="text/0%20.xhtml#a"/>'
        '<reference type="cover" href="text/1%20.xhtml"/></guide></package>'
    )
    content = epub("<p>Contents</p>", "<p>Cover</p>", f"<p>{PIER}</p>")
    package = package_of(content).replace("</package>", guide)
    assert paragraphs(
        "<p>Contents</p>", "<p>Cover</p>", f"<p>{PIER}</p>", parts={"OEBPS/book.opf": package}
    ) == [PIER]


def package_of(content: bytes) -> str:
    """The package document of an e-book."""
    return zipfile.ZipFile(io.BytesIO(content)).read("OEBPS/book.opf").decode()


@given(st.lists(st.text(st.characters(codec="utf-8", exclude_categories=["C"])), min_size=1))
def test_every_word_is_read_whatever_it_is(texts: list[str]) -> None:
    escaped = [one.replace("&", "&amp;").replace("<", "&lt;") for one in texts]
    found = parse(epub("".join(f"<p>{one}</p>" for one in escaped)))
    assert found["refusal"] is None
    assert [words for _, words in found["blocks"]] == [
        folded for one in texts if (folded := " ".join(one.split()))
    ]


# What the package says


def test_title_author_publisher_and_date_are_those_of_the_book() -> None:
    article = read(f"<h1>The Pier of Korsvik</h1><p>{PIER}</p>")
    assert (article.title, article.text) == ("The Pier of Korsvik", PIER)
    assert (article.author, article.publisher) == ("Marit Holm", "Eastby Press")
    assert article.published == date(2025, 10, 9)


def test_roles_and_events_tell_which_names_and_dates_count() -> None:
    older = (
        '<dc:title>The Pier</dc:title><dc:creator opf:role="aut">Marit Holm</dc:creator>'
        '<dc:creator opf:role="ill">Per Lund</dc:creator><dc:creator>Ida Berg</dc:creator>'
        '<dc:date opf:event="modification">2025-11-30</dc:date>'
        '<dc:date opf:event="publication">2025-10-09</dc:date>'
    )
    newer = (
        '<dc:title id="s">A subtitle</dc:title><meta refines="#s" property="title-type">subtitle'
        '</meta><dc:title>The Pier</dc:title><dc:creator id="a">Marit Holm</dc:creator>'
        '<dc:creator id="b">Per Lund</dc:creator><dc:creator>Ida Berg</dc:creator>'
        '<meta refines="#a" property="role">aut</meta><meta refines="#b" property="role">ill</meta>'
        '<meta property="dcterms:modified">2025-11-30T10:00:00Z</meta><dc:date>2025-10-09</dc:date>'
    )
    for metadata in (older, newer):
        article = read(f"<p>{PIER}</p>", metadata=metadata)
        assert (article.title, article.author) == ("The Pier", "Marit Holm, Ida Berg")
        assert article.published == date(2025, 10, 9)


@pytest.mark.parametrize("day", ["0101-01-01T00:00:00+00:00", "2025", "2025-10", "soon", ""])
def test_a_date_that_is_no_day_is_none(day: str) -> None:
    assert read(f"<p>{PIER}</p>", metadata=f"<dc:date>{day}</dc:date>").published is None


def test_without_metadata_the_title_is_the_first_heading_or_the_file() -> None:
    unknown = "<dc:title>Untitled</dc:title><dc:creator>Unknown</dc:creator>"
    article = read(f"<p>Eastby Press</p><h2>The pier</h2><p>{PIER}</p>", metadata=unknown)
    assert (article.title, article.author) == ("The pier", None)
    assert article.text == f"Eastby Press\n\nThe pier\n\n{PIER}"
    assert read(f"<p>{PIER}</p>", metadata="").title == "Pier book"


# What is refused


def test_what_is_no_e_book_is_refused_with_the_reason() -> None:
    for content in (b"", b"BOOKMOBI", b"A text.", archive({"word/document.xml": "<document/>"})):
        assert "this is no e-book (.epub), whatever its name says" in refusal(content)


def test_a_damaged_e_book_is_refused_with_the_reason() -> None:
    whole = epub(f"<p>{PIER * 100}</p>")
    for content in (
        whole[: len(whole) // 2],
        epub("<p>x</p>", parts={"META-INF/container.xml": "<container/>"}),
        epub("<p>x</p>", parts={"OEBPS/book.opf": "<package"}),
    ):
        assert "this e-book is damaged or incomplete" in refusal(content)


def test_an_e_book_that_is_protected_is_refused_unless_only_its_fonts_are() -> None:
    def encryption(name: str) -> dict[str, str | bytes]:
        reference = f'<CipherReference xmlns="http://www.w3.org/2001/04/xmlenc#" URI="{name}"/>'
        return {"META-INF/encryption.xml": f"<encryption>{reference}</encryption>"}

    protected = epub(f"<p>{PIER}</p>", parts=encryption("OEBPS/text/0%20.xhtml"))
    assert "protected against copying (DRM)" in refusal(protected)
    assert paragraphs(f"<p>{PIER}</p>", parts=encryption("OEBPS/font.otf")) == [PIER]


def test_an_e_book_of_pictures_is_refused() -> None:
    assert "this e-book contains no text" in refusal(epub("<img src='1.png'/>", metadata=METADATA))
