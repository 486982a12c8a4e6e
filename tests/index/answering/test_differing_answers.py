"""Where articles state different figures, that is noticed; where they only seem to, it is not."""

from datetime import date

import pytest

from index import Article, Certainty, Passage
from index.answer import DifferingValue
from index.answering.differing_answers import find_differing
from index.article import Citation, cite
from index.sentences import split_sentences

QUESTION = "How many cranes nest at Lake Marl?"


def passage(
    text: str,
    marked: str,
    publisher: str = "Coast Post",
    published: date | None = date(2026, 5, 4),
    score: float = 0.9,
    more: str = "",
) -> Passage:
    article = Article(f"Cranes in {publisher}", f"{text} {more}".strip(), publisher, published)
    start = text.index(marked)
    first = split_sentences(text)[0]
    citation = cite(article, 0, len(text), first)
    return Passage(0, len(text), score, citation, ((start, start + len(marked)),))


NINE = passage("Nine cranes nest at Lake Marl.", "Nine")
TEN = passage("At Lake Marl, 10 cranes nest.", "10", "Harbor Wire", date(2026, 5, 9), 0.6)


def differing(
    *passages: Passage, question: str = QUESTION, certainty: Certainty = Certainty.FOUND
) -> list[tuple[str, list[str | None]]]:
    found = find_differing(question, certainty, passages)
    return [(v.text, [c.article.publisher for c in v.citations]) for v in found]


def test_other_figures_are_listed_newest_first_with_their_sources() -> None:
    assert differing(NINE, TEN) == [("10", ["Harbor Wire"]), ("Nine", ["Coast Post"])]
    assert differing(TEN, NINE) == [("10", ["Harbor Wire"]), ("Nine", ["Coast Post"])]


def test_equal_figures_are_one_with_all_their_sources() -> None:
    again = passage("There are 9 cranes nesting at Lake Marl.", "9", "Star", date(2026, 5, 6))
    assert differing(NINE, again) == []
    assert differing(NINE, TEN, again) == [
        ("10", ["Harbor Wire"]),
        ("9", ["Star", "Coast Post"]),
    ]


def test_an_article_that_is_cited_too_is_a_source() -> None:
    other = Article("Copy", NINE.quote, "Echo", date(2026, 5, 7))
    both = Passage(
        NINE.start, NINE.end, 0.9, NINE.citation, NINE.highlights, (Citation(other, 1, 1, None),)
    )
    assert differing(both, TEN)[1] == ("Nine", ["Echo", "Coast Post"])


@pytest.mark.parametrize("certainty", [Certainty.WEAK, Certainty.NONE])
def test_uncertain_answers_do_not_differ(certainty: Certainty) -> None:
    assert differing(NINE, TEN, certainty=certainty) == []
    weak = passage("At Lake Marl, 10 cranes nest.", "10", "Harbor Wire", score=0.3)
    assert differing(NINE, weak) == []


@pytest.mark.parametrize(
    ("text", "marked"),
    [
        ("The first 10 cranes nest at Lake Marl.", "10"),
        ("At Lake Marl, 10 of the cranes nest.", "10"),
        ("Of the cranes at Lake Marl, 10 nest.", "10"),
        ("At Lake Marl, 10 more cranes nest.", "10"),
        ("At Lake Marl, 10 cranes a day nest.", "10"),
        ("Since 2020, 10 cranes nest at Lake Marl.", "10"),
        ("At Lake Marl, 10 cranes could nest.", "10"),
        ("In July, 10 cranes nest at Lake Marl.", "10"),
        ("At Lake Marl, 10 percent of cranes nest.", "10 percent"),
        ("Up from 10 cranes that nest at Lake Marl.", "10"),
        ("In Norland, 10 cranes nest.", "10"),
        ("At Lake Marl, cranes nest.", "cranes"),
    ],
)
def test_a_figure_of_something_else_does_not_differ(text: str, marked: str) -> None:
    assert differing(NINE, passage(text, marked, "Harbor Wire", date(2026, 5, 9))) == []


def test_a_count_of_another_year_does_not_differ() -> None:
    old = passage("At Lake Marl, 10 cranes nest.", "10", "Harbor Wire", date(2025, 4, 30))
    assert differing(NINE, old) == []
    undated = passage("At Lake Marl, 10 cranes nest.", "10", "Harbor Wire", None)
    assert [value for value, _ in differing(NINE, undated)] == ["Nine", "10"]


def test_an_older_article_that_has_the_newer_figure_too_means_something_else() -> None:
    text = "At Lake Marl, 1,200 cranes nest."
    older = passage(text, "1,200", more="Of them, 300 cranes are young.")
    newer = passage("At Lake Marl, 300 cranes nest.", "300", "Harbor Wire", date(2026, 5, 9))
    assert differing(older, newer) == []
    assert len(differing(passage(text, "1,200"), newer)) == 2


def test_one_article_does_not_differ_from_itself() -> None:
    article = Article("Cranes", "Nine cranes nest at Lake Marl. At Lake Marl, 10 cranes nest.")
    sentences = split_sentences(article.text)
    passages = [
        Passage(s.start, s.end, 0.9, cite(article, s.start, s.end, s), (span,))
        for s, span in zip(sentences, ((0, 4), (14, 16)), strict=True)
    ]
    assert differing(*passages) == []


def test_dates_differ_and_names_or_reasons_are_left_alone() -> None:
    may = passage("The lake opens on 2 May.", "2 May")
    june = passage("The lake opens on 1 June.", "1 June", "Harbor Wire", date(2026, 5, 9))
    assert differing(may, june, question="When does the lake open?") == [
        ("1 June", ["Harbor Wire"]),
        ("2 May", ["Coast Post"]),
    ]
    assert differing(may, june, question="Why does the lake open?") == []


def test_the_value_in_json() -> None:
    (value, _) = find_differing(QUESTION, Certainty.FOUND, (NINE, TEN))
    assert isinstance(value, DifferingValue)
    shown = value.as_dict()
    assert shown["value"] == "10"
    assert shown["citations"] == [TEN.citation.as_dict()]
