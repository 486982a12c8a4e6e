import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml.html import document_fromstring, fromstring

from index.sources.html import read_html
from index.sources.markdown import read_markdown
from index.sources.parsers.pages.cleaning import clean, cleaned_text

PROSE = "<p>The night ferry reached Port Ellery three hours late, and nobody complained.</p>" * 3


@pytest.mark.parametrize(
    ("markup", "text"),
    [
        ("<del>eight</del> <ins>nine</ins> million", "nine million"),
        ("on Monday <s>morning</s>, he said", "on Monday, he said"),
        ("<strike>17</strike><ins>19</ins> people", "19 people"),
        ('<span style="text-decoration: line-through">400</span> 600', "600"),
        ("until <span hidden>further notice</span> Sunday", "until Sunday"),
        ("in May <span class='SR-only'>opens in a new window</span>", "in May"),
        ("in <span class='c-card__visuallyHidden'>the month of</span> May", "in May"),
        ("in <span style='DISPLAY : none'>early</span> May", "in May"),
        ("in <b style='visibility:hidden'>early</b> May", "in May"),
        ("in <b style='position:absolute; left: -999em'>early</b> May", "in May"),
        ("in <b style='text-indent:-9999px'>early</b> May", "in May"),
        ("in <b style='clip:rect(1px,1px,1px,1px)'>early</b> May", "in May"),
        ("in <b style='font-size:0'>early</b> May", "in May"),
        ("in <b popover>early</b> May", "in May"),
        ("in <template>early</template> May", "in May"),
        ("The wages<a href='#wages'>¶</a>", "The wages"),
        ("All of them. <a href='#r1'>↩</a> So", "All of them. So"),
        ("<i aria-hidden='true'>•</i> The wages", "The wages"),
        ("12,000<sup><a href='#fn3'>3</a></sup> people", "12,000 people"),
        ("12,000<sup><a href='#n3'>note three</a></sup> people", "12,000 people"),
        ("10<a href='#n6'><sup>6</sup></a> schools", "10 schools"),
        ("10<br>6 schools", "10 6 schools"),
        ("10<sup class='footnote-ref'>6</sup> schools", "10 schools"),
        ("£45.<a class='ref' href='notes.html'>9</a> Fans", "£45. Fans"),
        ("£45.<a href='#f9'>9</a> Fans", "£45. Fans"),
        ("3.1%<span role='doc-noteref'>2</span> in", "3.1% in"),
        ("3.1%<a href='#f2'>[2]</a> in", "3.1% in"),
        ("10<sup>6</sup> cells on 5 m<sup>2</sup>", "10⁶ cells on 5 m²"),
        ("10<sup>6</sup> schools <i id='fn6'>Or so.</i>", "10 schools Or so."),
        ("10<sup>6</sup> schools<br><sup>6</sup> Or so.", "10 schools Or so."),
        ("E = <i>mc</i><sup>2</sup>", "E = mc²"),
        ("3<sup>1</sup>/<sub>2</sub> inches", "3 1/2 inches"),
        ("<sup>2</sup>⁄3 of CO<sub>2</sub>", "2/3 of CO2"),
        ("the 21<sup>st</sup>", "the 21st"),
    ],
)
def test_a_reader_sees(markup: str, text: str) -> None:
    assert cleaned_text(f"{markup} and all that follows it on the page") == (
        f"{text} and all that follows it on the page"
    )


@pytest.mark.parametrize(
    "markup",
    [
        "<p class='hidden-gems'>Forty gems</p>",
        "<p hidden='until-found'>Forty gems</p>",
        "<p class='not-sr-only'>Forty gems</p>",
        "<dialog open>Forty gems</dialog>",
        "<span aria-hidden='true'>Forty</span> gems",
        "<a href='#gems'>Forty gems</a>",
        "<ins>Forty gems</ins>",
        "<b style='opacity: 0; font-size: 0.9em; left: -1px'>Forty gems</b>",
        "<b style='margin-left: -9999px; clip: rect(10px, 0, 0, 0)'>Forty gems</b>",
        "<b style='font-size: 0'><i style='font-size: 16px'>Forty gems</i></b>",
        "Forty <noscript></noscript>gems",
    ],
)
def test_what_is_shown_stays(markup: str) -> None:
    assert "Forty gems" in cleaned_text(f"{markup} and all that follows it on the page")


@pytest.mark.parametrize(
    "markup",
    [
        "See section <a href='#s3'>3</a>",
        "A rise of 3.<span class='decimals'>1</span> percent",
        "Flight <a href='/ba7'>7</a>",
        "Some 4<span class='footnote'>,000 people</span>",
    ],
)
def test_a_number_that_is_no_mark_stays(markup: str) -> None:
    text = document_fromstring(f"<p>{markup}</p>").text_content()
    assert cleaned_text(markup) == text


@pytest.mark.parametrize("attributes", ["hidden", "style='visibility: hidden'", "class='sr-only'"])
def test_a_page_that_scripts_show_at_once_is_read(attributes: str) -> None:
    page = f"<html><body {attributes}><article><h1>Late</h1>{PROSE}</article></body></html>"
    assert "nobody complained" in read_html(page.encode(), "page.html", "shared").text


def test_a_figure_that_is_not_read_aloud_is_quoted() -> None:
    page = (
        f"<html><body><article><h1>Late</h1>{PROSE}<p>It drew <span aria-hidden='true'>5,400</span>"
        " <span class='sr-only'>five thousand</span> visitors.</p></article></body></html>"
    )
    assert "It drew 5,400 visitors." in read_html(page.encode(), "page.html", "shared").text


def test_removed_text_leaves_no_space() -> None:
    page = f"<article>{PROSE}<p>It drew <span class='sr-only'>about</span> 40 people.</p>{PROSE}"
    text = read_html(page.encode(), "page.html", "shared").text
    assert "\n\nIt drew 40 people.\n\n" in text


def test_removing_hidden_text_keeps_what_follows_it() -> None:
    tree = document_fromstring(
        "<div><p>One<del>two<sup>3</sup></del> four</p>five<p hidden>six</p>seven "
        + PROSE
        + "</div>"
    )
    clean(tree)
    text = tree.text_content()
    assert "One four" in text
    assert "five" in text
    assert "seven" in text
    assert not any(word in text for word in ("two", "3", "six"))


def test_markdown_is_cleaned_like_a_page() -> None:
    text = read_markdown(
        b"About 12,000<sup>3</sup> people[^1] live on 40 km<sup>2</sup>,\nnot ~~eight~~ *nine*.\n\n"
        b"It holds ~~17~~ 19 boats.\n\n[^1]: The census of 2020.",
        "a.md",
        "shared",
    ).text
    assert text == (
        "About 12,000 people live on 40 km², not nine.\n\nIt holds 19 boats.\n\nThe census of 2020."
    )


MARKUP = (
    "<p>|</p>|<br>|<sup>|</sup>|<sub>|</sub>|<a href='#n'>|</a>|<b>|</b>|<span class='note'>"
    "|</span>|10|2|3| km|12,000| words |[1]|*|/|.|, |<!-- -->|&amp;"
).split("|")
HIDDEN = ("<del>{}</del>", "<s>{}</s>", "<i hidden>{}</i>", "<template>{}</template>")


@given(
    st.lists(st.sampled_from(MARKUP)), st.sampled_from(HIDDEN), st.lists(st.sampled_from(MARKUP))
)
def test_no_markup_brings_hidden_text_to_light(
    before: list[str], hidden: str, after: list[str]
) -> None:
    markup = f"{''.join(before)}{hidden.format('secret')}{''.join(after)}"
    assert "secret" not in cleaned_text(markup)


@given(st.lists(st.sampled_from(["word ", "said", "7,000", "5 ", "<b>9</b>", "<br>", ". "])))
def test_text_without_superscripts_stays_as_it_is(pieces: list[str]) -> None:
    markup = "".join(pieces)
    assert cleaned_text(markup) == " ".join(
        markup.replace("<b>", "").replace("</b>", "").replace("<br>", " ").split()
    )


@pytest.mark.parametrize(
    "written",
    [
        "It opens at <time>10:00</time> every day.",
        "It costs <label>10:00</label> or <output>more</output> now.",
        'It was <span class="author">Ole</span> who sold <code>it</code> on Monday.',
        "The plan\nfor two <code>really</code>\nlarge ships.",
    ],
)
def test_no_word_within_a_sentence_is_lost(written: str) -> None:
    page = f"<article><h1>Ferry</h1>{PROSE}<p>{written}</p>{PROSE}</article>"
    words = " ".join(fromstring(f"<p>{written}</p>").text_content().split())
    assert words in read_html(page.encode(), "page.html", "shared").text.split("\n\n")


def test_a_quotation_has_its_marks() -> None:
    fragment = "<p>He said <q>I have <b>dreamed</b></q> to us.</p>"
    assert cleaned_text(fragment) == "He said “I have dreamed” to us."
