import json
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index import Article, SourceError
from index.sources.jsonl import read_jsonl

GOOD = b'{"title": "Ferry", "text": "The ferry was late."}'


def read(*lines: bytes) -> list[Article | SourceError]:
    return list(read_jsonl([line + b"\n" for line in lines], "news.jsonl", "shared"))


def test_a_line_is_an_article_with_what_is_known_of_it() -> None:
    line = {
        "title": "Ferry",
        "text": "The ferry was late.",
        "url": "https://coast.example/1",
        "publisher": "Coast Post",
        "published": "2025-10-09",
        "rating": 5,
    }
    assert read(json.dumps(line).encode()) == [
        Article(
            "Ferry",
            "The ferry was late.",
            "Coast Post",
            date(2025, 10, 9),
            "https://coast.example/1",
        )
    ]


@pytest.mark.parametrize(
    "text", ["  Two  spaces\r\n\tand a tab.\n\n", "---\ntitle: x\n---\nHi", "é\u2028ö"]
)
def test_the_text_is_kept_to_the_letter(text: str) -> None:
    for ascii_only in (True, False):
        line = json.dumps({"title": "A", "text": text}, ensure_ascii=ascii_only)
        (article,) = read(line.encode())
        assert isinstance(article, Article)
        assert article.text == text


def test_null_and_missing_fields_are_not_known() -> None:
    (article,) = read(b'{"title": "A", "text": "B", "url": null, "published": ""}')
    assert isinstance(article, Article)
    assert (article.url, article.publisher, article.published) == (None, None, None)


def test_a_byte_order_mark_and_blank_lines_are_passed_over() -> None:
    assert len(read(b"\xef\xbb\xbf" + GOOD, b"", b"  \r", GOOD)) == 2
    assert all(isinstance(one, Article) for one in read(b"\xef\xbb\xbf" + GOOD, b"", GOOD))


@pytest.mark.parametrize(
    ("line", "complaint"),
    [
        (b"{", "it is not JSON."),
        (b"Just text.", "it is not JSON."),
        (b"[" * 100_000, "it is not JSON."),
        (b'{"title": ' + b"[" * 100_000, "it is not JSON."),
        (b"1" * 10_000, "it is not JSON."),
        (b'["title", "text"]', "it is not a JSON object."),
        (b'"text"', "it is not a JSON object."),
        (b"null", "it is not a JSON object."),
        (b'{"text": "A."}', "there is no “title”."),
        (b'{"title": "A"}', "there is no “text”."),
        (b'{"title": "A", "text": null}', "there is no “text”."),
        (b'{"title": 7, "text": "A."}', "only text can be the “title”."),
        (b'{"title": "A", "text": ["A."]}', "only text can be the “text”."),
        (b'{"title": "A", "text": "A.", "url": 7}', "only text can be the “url”."),
        (
            b'{"title": "A", "text": "A.", "url": "x"}',
            "“x” is not a web address (http:// or https://).",
        ),
        (
            b'{"title": "A", "text": "A.", "published": "x"}',
            "“x” is not a date; write it as 2025-10-09.",
        ),
        (b'{"title": " ", "text": "A."}', "the article has no title."),
        (b'{"title": "A", "text": " "}', "the article has no text."),
        (
            b'{"title": "A", "text": "A\\u0000B"}',
            "the article contains a NUL character; is it a text file?",
        ),
        (
            b'{"title": "A", "text": "A\\ud800B"}',
            "the article contains a lone surrogate, half a character.",
        ),
        (b'{"title": "A", "text": "\xe9"}', "it is not UTF-8 text."),
    ],
)
def test_a_bad_line_is_refused_by_its_number_and_the_others_go_in(
    line: bytes, complaint: str
) -> None:
    before, refusal, after = read(GOOD, line, GOOD)
    assert isinstance(before, Article)
    assert isinstance(refusal, SourceError)
    assert str(refusal) == f"news.jsonl, line 2: {complaint}"
    assert isinstance(after, Article)


@given(st.lists(st.one_of(st.binary().filter(lambda b: b"\n" not in b), st.just(GOOD))))
def test_any_lines_give_articles_and_refusals(lines: list[bytes]) -> None:
    found = read(*lines)
    assert sum(isinstance(one, Article) for one in found) >= lines.count(GOOD)
    assert all("line" in str(one) for one in found if isinstance(one, SourceError))
