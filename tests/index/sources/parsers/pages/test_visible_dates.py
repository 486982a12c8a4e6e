"""Dates that a page shows, beside its headline or below its text."""

from datetime import date

import pytest

from index.sources.html import read_html

HEADLINE = "<h1>Ferry strike ends</h1>"
TEXT = (
    "<p>The crews of the northern ferries went back to work after a vote in the hall, and the"
    " first boat left the quay with every seat taken.</p><p>The union said that it had won what it"
    " asked for, while the owners spoke of a fair compromise for all who travel.</p>"
)


def published(body: str, *, language: str = "", title: str = "Ferry strike ends") -> object:
    page = f"<html lang='{language}'><title>{title}</title><body><div>{body}</div></body></html>"
    return read_html(page.encode(), "page.html", "shared").published


@pytest.mark.parametrize(
    "stated",
    [
        "<p>March 5, 2024</p>",
        "<h5>05.03.2024</h5>",
        "<div>5. März 2024 | 05:00</div>",
        "<ul><li>5 mars 2024</li><li>Par Anne Roux</li></ul>",
        "<p>Datum: 05.03.2024, Rubrik: Hafen</p>",
        "<span>Bergen, 5. März 2024</span>",
        "<div>von Ole Lund <span>am 05.03.2024</span></div>",
        "<p>by harborwire <span class='post_date updated'>March 5, 2024</span> 3 comments</p>",
        "<p>Publicado em 5 de março de 2024</p>",
        "<p>Published March 5, 2024, updated March 9, 2024</p>",
        "<p>Updated: March 9, 2024. Published: March 5, 2024</p>",
        "<time datetime='2024-03-09'>Publié le 5 mars 2024</time>",
        "<p>2024年3月5日 公開</p>",
        "<div class=meta>Publié le mardi 5 mars 2024 à 10 h 15</div>",
        "<p>5. März 2024 um 10 Uhr</p>",
        "<p>March 5, 2024 at 10:15 a.m.</p>",
        "<div>Gespeichert von rasos am 5. März 2024 - 18:55</div>",
        "<p>The strike of the northern ferries is over after a vote in the harbor hall, and boats"
        " sail.</p><p class='fecha-articulo'><span>5 de marzo de 2024</span></p>",
    ],
)
def test_a_date_below_the_headline_is_of_publication(stated: str) -> None:
    assert published(f"{HEADLINE}{stated}{TEXT}") == date(2024, 3, 5)


@pytest.mark.parametrize(
    "body",
    [
        f"<h2>Tuesday, March 5, 2024</h2>{HEADLINE}{TEXT}",
        f"<header><time datetime='2024-03-05' pubdate>5 Mar</time></header>{HEADLINE}{TEXT}",
        f"{HEADLINE}{TEXT}<p>by <abbr class=published title='2024-03-05'>5:11 AM</abbr></p>",
        f"<form>{HEADLINE}<p>March 5, 2024</p>{TEXT}</form>",
        f"{HEADLINE}{TEXT}<p>Dieser Beitrag wurde am 5. März 2024 veröffentlicht.</p>",
        f"{HEADLINE}{TEXT}<p>This post was published on March 5, 2024 by Ole Lund in the category"
        " of harbors, ferries and bridges, where there are many more posts of this kind.</p>",
    ],
)
def test_a_date_above_the_headline_or_below_the_text_may_be_of_publication(body: str) -> None:
    assert published(body) == date(2024, 3, 5)


@pytest.mark.parametrize(
    "stray",
    [
        "<p>Bewerbungsschluss ist der 15. November 2017.</p>",
        "<p>Version 3, 29 June 2007</p>",
        "<p>Stand: 18.01.2018</p>",
        "<p>Last updated on August 9, 2017</p>",
        "<p>From May 24, 2017 to June 2, 2017</p>",
        "<dl><dt>Beginn</dt><dd>13. Mai 2012, 18:00</dd></dl>",
        "<p>Start: <b>13 May 2012 11:00</b></p>",
        "<p class=caption>Bergen, August 21, 2017</p>",
        "<div class=post_teaser><h3>Bridge closed</h3><p>March 4, 2024</p></div>",
        "<p>Ann Roe, born March 5, 1951</p>",
    ],
)
def test_a_date_of_something_else_is_none(stray: str) -> None:
    assert published(f"{HEADLINE}{stray}{TEXT}") is None


def test_a_date_far_from_the_article_is_none() -> None:
    today = "<ul><li class=date>Montag, 09.12.2019</li></ul>"
    latest = "<h3>Latest</h3><ul><li>Bridge closed <span>March 5, 2024</span></li></ul>"
    assert published(f"{today}<div>{HEADLINE}{TEXT}</div>{latest}") is None


@pytest.mark.parametrize(
    ("language", "day"),
    [
        ("en-US", date(2024, 3, 5)),
        ("en-GB", date(2024, 5, 3)),
        ("fr", date(2024, 5, 3)),
        ("", None),
    ],
)
def test_the_order_of_day_and_month_is_that_of_the_pages_language(
    language: str, day: date | None
) -> None:
    assert published(f"{HEADLINE}<p>03/05/2024</p>{TEXT}", language=language) == day


def test_a_date_below_the_headline_comes_before_one_below_the_summary() -> None:
    summary, other = TEXT.split("</p>")[0] + "</p>", "<p class=date>March 9, 2024</p>"
    body = f"{HEADLINE}<p>March 5, 2024</p>{summary}{other}{TEXT}"
    assert published(body) == date(2024, 3, 5)


def test_the_title_may_end_with_the_date() -> None:
    assert published(HEADLINE + TEXT, title="Ferry strike ends | HW | 05.03.2024") == date(
        2024, 3, 5
    )
    assert published(HEADLINE + TEXT, title="Ferry strike ends after May 24, 2017") is None
