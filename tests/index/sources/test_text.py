from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index import Article, ArticleError, SourceError
from index.sources.text import parse_date, read_text, title_from
from index.text.recency import recency_key

STORY = "The night ferry was late.\n\nNobody complained."


def read(content: str | bytes, name: str = "news/night-ferry.txt") -> Article:
    raw = content.encode() if isinstance(content, str) else content
    return read_text(raw, name, "shared")


def test_front_matter_tells_what_is_known() -> None:
    article = read(
        "---\ntitle: Ferry late\nurl: https://coast.example/1\npublisher: Coast Post\n"
        f"published: 2025-10-09\n---\n\n{STORY}\n"
    )
    assert article == Article(
        "Ferry late", STORY, "Coast Post", date(2025, 10, 9), "https://coast.example/1"
    )


def test_unknown_front_matter_is_passed_over() -> None:
    article = read(f"---\ntitle: Ferry\nauthor: [A, B]\ntags:\n  sea: yes\n---\n{STORY}")
    assert (article.title, article.text) == ("Ferry", STORY)


@pytest.mark.parametrize("nothing", ["", " null", " ~", ' ""'])
def test_empty_front_matter_fields_are_not_known(nothing: str) -> None:
    article = read(
        f"---\ntitle:{nothing}\nurl:{nothing}\npublished:{nothing}\n---\nHead\n\n{STORY}"
    )
    assert (article.title, article.url, article.published) == ("Head", None, None)


@pytest.mark.parametrize(
    ("written", "title"),
    [
        ('"Ferry: late again"', "Ferry: late again"),
        ("2025-10-09", "2025-10-09"),
        ("Yes", "Yes"),
        ("007", "007"),
        ("A - B", "A - B"),
    ],
)
def test_front_matter_is_read_as_it_is_written(written: str, title: str) -> None:
    assert read(f"---\ntitle: {written}\n---\n{STORY}").title == title


@pytest.mark.parametrize(
    ("front", "complaint"),
    [
        ("title: Ferry: late again", "quotation marks"),
        ("title: [A, B]", "“title” in its front matter is not one value"),
        ("published:\n  day: 1", "“published” in its front matter is not one value"),
        ("Just a paragraph.", "not of the form"),
        ("- a\n- list", "not of the form"),
        ("title: 'open", "cannot be read"),
        ("title: " + "[" * 2000 + "]" * 2000, "cannot be read"),
        ("%YAML " + "7" * 4500 + ": x", "cannot be read"),
        ("title: " + "[" * 5000, "more than 5,000 characters"),
        ("published: 2025-13-45", "is not a date"),
        ("published: last week", "is not a date"),
        ("url: coast.example", "is not a web address"),
    ],
)
def test_broken_front_matter_is_refused_and_the_file_named(front: str, complaint: str) -> None:
    with pytest.raises(SourceError, match=r"^news/night-ferry\.txt: .") as refusal:
        read(f"---\n{front}\n---\n{STORY}")
    assert complaint in str(refusal.value)


@pytest.mark.parametrize("text", [f"---\n{STORY}", f"--- and so on\n{STORY}\n\n---\nEnd."])
def test_dashes_that_close_nothing_are_text(text: str) -> None:
    assert read(text).text == text


@pytest.mark.parametrize("story", [STORY, f"OSLO (AP) — {STORY}", f"By Ann Roe\n\nOSLO — {STORY}"])
def test_a_first_line_that_looks_like_a_title_is_it(story: str) -> None:
    article = read(f"Ferry “late” again\n\n{story}")
    assert (article.title, article.text) == ("Ferry “late” again", story)


@pytest.mark.parametrize(
    "text",
    [
        STORY,
        "A line\nand the next one.",
        "PORT ELLERY (Coast Post) — The ferry\n\nwas late.",
        "Only one line",
        f"By Ann Roe\n\n{STORY}",
        f"Updated Jan. 23, 2018, 11:08 a.m. ET\n\n{STORY}",
        "word " * 40 + f"\n\n{STORY}",
    ],
)
def test_without_a_title_the_files_name_is_it(text: str) -> None:
    article = read(text)
    assert (article.title, article.text) == ("Night ferry", text.strip())


def test_byte_order_marks_and_line_ends_of_any_kind_are_fine() -> None:
    windows = f"\ufeffTitle\r\n\r\n{STORY}".replace("\n\n", "\r\n\r\n")
    assert read(windows) == read(f"Title\n\n{STORY}")
    assert read(f"Title\n\n{STORY}".replace("\n", "\r")) == read(f"Title\n\n{STORY}")
    assert read(f"\ufeff---\r\ntitle: A\r\n---\r\n{STORY}").title == "A"


@pytest.mark.parametrize("codec", ["latin-1", "utf-16"])
def test_what_is_not_utf_8_is_refused_and_the_file_named(codec: str) -> None:
    with pytest.raises(SourceError, match=r"^news/night-ferry\.txt: it is not UTF-8 text"):
        read("Die Fähre war spät.".encode(codec))


@pytest.mark.parametrize("text", ["", "\n \n", "…", "---\ntitle: A\n---\n"])
def test_a_file_without_words_is_refused(text: str) -> None:
    with pytest.raises(SourceError, match=r"night-ferry\.txt: the article has no text\.$"):
        read(text)


def test_a_file_with_a_nul_is_refused() -> None:
    with pytest.raises(SourceError, match="NUL"):
        read(b"PK\x03\x04\0\0binary")


@given(st.one_of(st.binary(), st.text().map(lambda text: f"---\n{text}\n---\nBody.".encode())))
def test_any_bytes_are_an_article_or_refused(content: bytes) -> None:
    refused = None
    try:
        assert read(content).text
    except SourceError as refusal:
        refused = str(refusal)
    assert refused is None or refused.startswith("news/night-ferry.txt: ")


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("2025-10-09", date(2025, 10, 9)),
        (" 2025-10-09 ", date(2025, 10, 9)),
        ("2025-10-09T08:05:00", datetime(2025, 10, 9, 8, 5)),  # noqa: DTZ001
        ("2025-10-09T08:05:00+99:00", date(2025, 10, 9)),
        ("2025-10-09T25:05:00Z", date(2025, 10, 9)),
        ("2025-10-09 08:05:00Z", datetime(2025, 10, 9, 8, 5, tzinfo=UTC)),
        ("Thu, 09 Oct 2025 08:05:00 +0000", datetime(2025, 10, 9, 8, 5, tzinfo=UTC)),
        ("Thu, 09 Oct 2025 08:05:00 +9999", date(2025, 10, 9)),
        ("Thu, 09 Oct 2025 25:05:00 GMT", date(2025, 10, 9)),
        ("", None),
        (None, None),
    ],
)
def test_dates_are_read_as_files_and_feeds_write_them(
    written: str | None, meant: date | None
) -> None:
    assert parse_date(written) == meant


@given(st.text())
def test_any_other_date_is_refused(written: str) -> None:
    try:
        parsed = parse_date(written)
    except ArticleError:
        return
    assert isinstance(parsed, date) or not written.strip()


def test_a_files_name_makes_a_title() -> None:
    assert title_from("news/gaza_ceasefire-plan.txt") == "Gaza ceasefire plan"
    assert title_from("news/iPhone.md") == "IPhone"
    assert title_from("---.txt") == "Untitled"


def test_front_matter_that_is_not_closed_is_refused() -> None:
    with pytest.raises(SourceError, match=r"^a\.txt: its front matter is not closed"):
        read_text(b"---\ntitle: Bees\nThe bees are back.", "a.txt", "shared")


@pytest.mark.parametrize(
    "impossible",
    [
        "0000-01-01",
        "0001-01-01",
        "0001-01-01T00:00:00+01:00",
        "9999-12-31T23:59:59-12:00",
        "12025-10-09",
        "1 Jan 20000 00:00:00",
        "1 Jan 99999999999999999999 00:00:00 +0000",
        "Thu, 09 Oct 3025 08:05:00 +0000",
    ],
)
def test_a_date_in_an_impossible_year_is_dropped_and_the_article_kept(impossible: str) -> None:
    front = f"---\ntitle: Ferry late\npublished: {impossible}\n---\n{STORY}"
    article = read_text(front.encode(), "a.txt", "shared")
    assert (article.text, article.published) == (STORY, None)


WORDS = "1 Jan Thu, 2025 0001 9999 99999999999999999999 08:05:00 +0000 +9999 - 2025-10-09 T".split()


@given(st.lists(st.sampled_from(WORDS), max_size=7).map(" ".join))
def test_any_date_is_one_that_sorts_or_is_refused(written: str) -> None:
    try:
        parsed = parse_date(written)
    except ArticleError:
        return
    recency_key(parsed)
