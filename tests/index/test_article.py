import math
from dataclasses import FrozenInstanceError
from datetime import UTC, date, datetime, timedelta, timezone
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from index import (
    SHARED,
    Answer,
    Article,
    ArticleError,
    Certainty,
    Citation,
    Correction,
    Passage,
    Sentence,
)
from index.article import (
    MAX_NAME_LENGTH,
    MAX_TEXT_LENGTH,
    MAX_TITLE_LENGTH,
    MAX_URL_LENGTH,
    cite,
)
from index.sources.text import make_article
from index.text.recency import age, recency_key

TEXT = "The ferry was late. Nobody complained."
URL = "https://coast.example/ferry"
ZONES = st.integers(-1439, 1439).map(lambda minutes: timezone(timedelta(minutes=minutes)))


def article(**fields: Any) -> Article:
    return Article(**({"title": "Ferry", "text": TEXT} | fields))


def test_an_article_is_a_value_that_cannot_be_changed() -> None:
    assert article() == article()
    with pytest.raises(FrozenInstanceError):
        article().title = "Other"  # type: ignore[misc]


def test_the_text_is_kept_to_the_letter() -> None:
    text = "  \r\n\tTwo  spaces,\u00a0odd ones\r\nand a tail.  \n"
    assert article(text=text).text == text


def test_one_line_fields_are_folded_and_empty_ones_are_none() -> None:
    tidy = article(title=" A\n ferry\t is  late ", publisher=" Coast \n Post ", url=f" {URL} ")
    assert (tidy.title, tidy.publisher, tidy.url) == ("A ferry is late", "Coast Post", URL)
    empty = article(publisher="  ", url="\n")
    assert (empty.publisher, empty.url) == (None, None)


def test_a_dateline_names_the_publisher_and_the_place() -> None:
    wired = article(text="PORT ELLERY (Coastal Gazette). The ferry was late.")
    assert (wired.publisher, wired.place) == ("Coastal Gazette", "PORT ELLERY")


def test_a_given_publisher_comes_before_the_datelines() -> None:
    wired = article(publisher="Evening Sun", text="OSLO (Coastal Gazette). The ferry was late.")
    assert wired.publisher == "Evening Sun"


def test_without_a_dateline_there_is_no_place() -> None:
    assert article().place is None


@pytest.mark.parametrize(
    ("fields", "complaint"),
    [
        ({"title": " \n"}, "no title"),
        ({"text": ""}, "no text"),
        ({"text": " \n… — !?"}, "no text"),
        ({"collection": " "}, "no name"),
        ({"text": "A\0B"}, "NUL"),
        ({"title": "A\0B"}, "NUL"),
        ({"publisher": "A\0B"}, "NUL"),
        ({"text": "half \ud83d of it"}, "a lone surrogate, half a character"),
        ({"title": "half \udc00 of it"}, "a lone surrogate, half a character"),
        ({"collection": "\udcff"}, "a lone surrogate, half a character"),
        ({"url": "ftp://coast.example/a"}, "is not a web address"),
        ({"url": "javascript:alert(1)"}, "is not a web address"),
        ({"url": "coast.example/a"}, "is not a web address"),
        ({"url": "https://"}, "is not a web address"),
        ({"url": "https://[::1/a"}, "is not a web address"),
    ],
)
def test_what_cannot_be_kept_is_refused_with_the_reason(
    fields: dict[str, str], complaint: str
) -> None:
    with pytest.raises(ArticleError, match=complaint):
        article(**fields)


def test_the_id_is_sixteen_hexadecimal_digits() -> None:
    for one in (article(), article(url=URL)):
        assert len(one.id) == 16
        assert set(one.id) <= set("0123456789abcdef")


def test_ids_are_the_same_on_every_machine_and_day() -> None:
    # Written down once: links to articles, and libraries, outlive this version of the program.
    assert article(url=URL).id == "10ecfef51bf056c6"
    assert article(published=date(2025, 10, 9)).id == "53b34c16b8a5ae46"


def test_with_a_url_the_id_follows_the_url_alone() -> None:
    one = article(url=URL)
    assert article(url=URL, title="Other", text="Another text.").id == one.id
    assert article(url=f"{URL}#comments").id == one.id
    assert article(url=f"{URL}/2").id != one.id


def test_without_a_url_the_id_follows_the_content() -> None:
    assert article().id == article().id
    others = [
        article(title="Other"),
        article(text=TEXT + " "),
        article(publisher="Sun"),
        article(published=date(2025, 10, 9)),
    ]
    assert len({one.id for one in [article(), *others]}) == 5


def test_the_same_article_in_two_collections_has_two_ids_and_one_content() -> None:
    here, there = article(url=URL), article(url=URL, collection="server 1")
    assert here.id != there.id
    assert here.content_hash == there.content_hash


def test_fields_cannot_run_into_each_other() -> None:
    assert article(title="ab", text="c").content_hash != article(title="a", text="bc").content_hash


def test_articles_go_to_the_shared_collection_unless_told_otherwise() -> None:
    assert article().collection == SHARED == "shared"


def test_an_article_as_json_has_the_contracts_fields() -> None:
    full = article(publisher="Sun", url=URL, published=datetime(2025, 10, 9, 8, 5, tzinfo=UTC))
    assert full.as_dict() == {
        "id": full.id,
        "title": "Ferry",
        "publisher": "Sun",
        "author": None,
        "published": "2025-10-09T08:05:00+00:00",
        "url": URL,
        "collection": "shared",
    }
    assert article().as_dict()["published"] is None


def test_a_passage_is_an_exact_slice_and_its_citation_links_to_it() -> None:
    passage = Passage(20, 38, 0.5, cite(article(url=URL), 20, 38, Sentence(20, 38, 1, 2)))
    assert passage.quote == "Nobody complained."
    assert (passage.citation.paragraph, passage.citation.sentence) == (1, 2)
    assert passage.citation.link == f"{URL}#:~:text=Nobody%20complained."


def test_without_a_url_there_is_no_link() -> None:
    assert cite(article(), 0, 19, Sentence(0, 19, 1, 1)).link is None


def test_an_answer_as_json_has_the_contracts_fields() -> None:
    one = article()
    also = Citation(one, 3, 4, "https://b.example/")
    passage = Passage(20, 38, 0.123456, Citation(one, 1, 2, None, (2, 1)), ((0, 6),), (also,))
    corrections = (Correction("complianed", "complained", 4, 14),)
    answer = Answer(
        "Who complianed?",
        Certainty.FOUND,
        0.98765,
        (passage,),
        3,
        12.345,
        corrections=corrections,
    )
    assert answer.as_dict() == {
        "question": "Who complianed?",
        "found": True,
        "certainty": "found",
        "confidence": 0.9877,
        "elapsed_ms": 12.3,
        "searched": 3,
        "period": None,
        "parts": [],
        "about": [],
        "differing": [],
        "corrections": [{"typed": "complianed", "searched": "complained"}],
        "passages": [
            {
                "number": 1,
                "quote": "Nobody complained.",
                "highlights": [[0, 6]],
                "score": 0.1235,
                "start": 20,
                "end": 38,
                "paragraph": 1,
                "sentence": 2,
                "last_paragraph": 2,
                "last_sentence": 1,
                "link": None,
                "article": one.as_dict(),
                "also": [
                    {
                        "paragraph": 3,
                        "sentence": 4,
                        "last_paragraph": 3,
                        "last_sentence": 4,
                        "link": "https://b.example/",
                        "article": one.as_dict(),
                    }
                ],
            }
        ],
    }


def test_answers_compare_without_the_time_they_took() -> None:
    one, other = (Answer("?", Certainty.NONE, 0.0, elapsed_ms=ms) for ms in (1, math.pi))
    assert one == other


@pytest.mark.parametrize("certainty", Certainty)
def test_only_what_is_certain_counts_as_found(certainty: Certainty) -> None:
    answer = Answer("?", certainty, 0.4)
    assert answer.found == (certainty is Certainty.FOUND)
    assert answer.as_dict()["found"] == answer.found
    assert answer.as_dict()["certainty"] == certainty.value


@given(title=st.text(), text=st.text(), publisher=st.text(), url=st.text())
def test_any_fields_make_an_article_or_a_plain_refusal(
    title: str, text: str, publisher: str, url: str
) -> None:
    try:
        made = Article(title, text, publisher=publisher, url=url)
    except ArticleError:
        return
    assert made.text == text
    assert made == Article(title, text, publisher=publisher, url=url)
    assert made.id == Article(title, text, publisher=publisher, url=url).id


@given(st.dates() | st.datetimes(timezones=st.none() | ZONES))
@example(datetime(1, 1, 1, tzinfo=timezone(timedelta(hours=1))))
@example(datetime(9999, 12, 31, 23, tzinfo=timezone(-timedelta(hours=12))))
def test_any_date_makes_an_article_that_can_be_sorted_and_kept(day: date) -> None:
    dated = article(published=day)
    assert dated.published in (day, None)
    assert dated.id == article(published=dated.published).id
    recency_key(dated.published)
    age(dated.published, datetime.now(UTC))
    record = dated.as_record()
    assert make_article("a", SHARED, **record) == dated


@given(st.text(), st.text("ab \n…") | st.text(), st.text("ab ,"), st.integers(1, 60))
def test_limits_hold_and_what_is_kept_is_what_was_given(
    title: str, name: str, author: str, times: int
) -> None:
    try:
        one = article(title=title * times, publisher=name * times, author=author * times)
    except ArticleError:
        return
    for kept, given_, limit in (
        (one.title, title * times, MAX_TITLE_LENGTH),
        (one.publisher, name * times, MAX_NAME_LENGTH),
        (one.author, author * times, MAX_NAME_LENGTH),
    ):
        folded = " ".join(given_.split())
        assert len(kept or "") <= limit
        if len(folded) <= limit:
            assert (kept or "") == folded
        else:
            assert kept is not None
            assert kept.endswith("…")
            assert folded.startswith(kept[:-1])


def test_a_long_title_is_truncated_at_a_word() -> None:
    assert article(title="otter " * 100).title == "otter " * 49 + "otter…"
    assert article(title="x" * 500).title == "x" * 299 + "…"


def test_a_text_is_kept_up_to_its_limit_and_never_truncated() -> None:
    text = "a" * MAX_TEXT_LENGTH
    assert article(text=text).text == text
    with pytest.raises(ArticleError, match=r"text has more than 1,000,000 characters; add it in"):
        article(text=text + "a")


def test_a_url_is_kept_up_to_its_limit_and_never_truncated() -> None:
    url = URL.ljust(MAX_URL_LENGTH, "x")
    assert article(url=url).url == url
    with pytest.raises(ArticleError, match=r"URL has more than 2,000 characters"):
        article(url=url + "x")


def test_a_stored_article_keeps_what_was_allowed_when_it_was_added() -> None:
    fields = vars(article()) | {"title": "x" * 999, "text": "a" * (MAX_TEXT_LENGTH + 1)}
    assert Article.from_storage(fields).title == "x" * 999
