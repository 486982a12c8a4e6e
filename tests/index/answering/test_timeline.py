"""Timelines: what each article says about a question or topic, oldest first."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from index import Article, Certainty, Library, Scope, Timeline
from index.text.quantities import Quantity
from tests.flood import QUESTION, TOPIC, flood_reports
from tests.index.factories import WordReader


@pytest.fixture
def flood(sample: Library) -> Library:
    """The reports of a flood, among other articles."""
    list(sample.add_all(flood_reports()))
    return sample


def days(timeline: Timeline) -> list[object]:
    return [entry.article.published for entry in timeline.entries]


@pytest.mark.parametrize("about", [QUESTION, "Sarn flood death toll"])
def test_the_answers_of_all_articles_are_there_oldest_first(flood: Library, about: str) -> None:
    timeline = flood.timeline(about)

    assert timeline.certainty is not Certainty.NONE
    assert days(timeline) == [date(2025, 3, 2), date(2025, 3, 4), date(2025, 3, 12)]
    assert [entry.quantity for entry in timeline.entries] == [
        Quantity(4, 4),  # type: ignore[arg-type]  # equal to Decimal
        Quantity(9, 9, qualifier="at least"),  # type: ignore[arg-type]
        Quantity(12, 12),  # type: ignore[arg-type]
    ]
    assert timeline.points == timeline.entries
    assert timeline.searched == 7


def test_every_quote_and_figure_is_a_slice_of_its_article(flood: Library) -> None:
    entries = flood.timeline(QUESTION).entries

    for entry in entries:
        text = entry.article.text
        assert entry.passage.quote == text[entry.passage.start : entry.passage.end]
        assert entry.figure
        assert entry.figure in text
    assert len({entry.article.id for entry in entries}) == len(entries)


def test_a_topic_gets_the_opening_of_each_article_about_it(flood: Library) -> None:
    timeline = flood.timeline(TOPIC)

    assert [entry.passage.quote.split(".")[0] for entry in timeline.entries] == [
        article.text.split(".")[0] for article in reversed(flood_reports())
    ]
    assert timeline.points == ()


def test_a_request_is_understood_as_its_topic(flood: Library) -> None:
    assert flood.timeline("tell me about the Sarn flood").entries == flood.timeline(TOPIC).entries


@pytest.mark.parametrize("about", ["Who won the World Cup?", "otters in Korsvik", "…", ""])
def test_a_topic_of_no_article_has_no_timeline(flood: Library, about: str) -> None:
    timeline = flood.timeline(about)

    assert (timeline.certainty, timeline.entries) == (Certainty.NONE, ())
    assert timeline.searched == 7


def test_an_empty_library_has_no_timeline(library: Library) -> None:
    assert library.timeline(QUESTION) == Timeline(QUESTION, QUESTION, Certainty.NONE)


def test_the_figures_of_another_story_stay_out(flood: Library) -> None:
    text = (
        "An earthquake shook the town of Merrow at dawn. At least 60 people have died, the governor"
        " said. The power is out."
    )
    flood.add(Article("Earthquake in Merrow", text, published=date(2025, 3, 5)))

    assert len(flood.timeline(QUESTION).entries) == 3


def test_the_scope_limits_what_is_read(flood: Library) -> None:
    by_day = Scope(since=date(2025, 3, 3), until=date(2025, 3, 11))

    assert days(flood.timeline(QUESTION, by_day)) == [date(2025, 3, 4)]
    assert len(flood.timeline(QUESTION, Scope(publisher="harbor wire")).entries) == 2
    assert flood.timeline(QUESTION, Scope(("server-1",))).entries == ()


def test_another_collection_changes_nothing(flood: Library) -> None:
    before = flood.timeline(QUESTION)
    for article in flood_reports("server-1"):
        flood.add(replace(article, published=date(2025, 3, 1)))

    assert flood.timeline(QUESTION).entries == before.entries


def test_the_limit_leaves_out_the_least_certain_and_says_so(flood: Library) -> None:
    every, two = flood.timeline(QUESTION), flood.timeline(QUESTION, limit=2)

    least = min(every.entries, key=lambda entry: entry.confidence)
    assert two.entries == tuple(entry for entry in every.entries if entry != least)
    assert (every.omitted, two.omitted) == (0, 1)


def test_an_article_without_a_date_comes_last_and_has_no_point(flood: Library) -> None:
    flood.add(
        Article("Sarn flood: a chronicle", "In the Sarn flood, 14 people died, a chronicle says.")
    )

    timeline = flood.timeline(QUESTION)

    assert timeline.entries[-1].article.published is None
    assert timeline.entries[-1].figure.startswith("14")
    assert len(timeline.entries) == 4
    assert timeline.points == timeline.entries[:-1]


def test_articles_of_one_day_are_in_the_order_of_their_times(library: Library) -> None:
    text = "In the Sarn flood, {} people died, the police said. The road is closed."
    for hour, count in ((18, "seven"), (6, "three"), (12, "five")):
        at = datetime(2025, 3, 2, hour, tzinfo=UTC)
        library.add(Article(f"Sarn flood at {hour}", text.format(count), published=at))

    entries = library.timeline(QUESTION).entries
    assert [entry.figure.split()[0] for entry in entries] == ["three", "five", "seven"]


def test_a_reprint_is_cited_with_the_first_print(flood: Library) -> None:
    last = flood_reports()[0]
    reprint = replace(last, publisher="Coast Post", published=date(2025, 3, 13), url=None)
    flood.add(reprint)

    timeline = flood.timeline(QUESTION)

    assert len(timeline.entries) == 3
    passage = timeline.entries[-1].passage
    assert passage.citation.article.publisher == "Harbor Wire"
    assert [citation.article.publisher for citation in passage.also] == ["Coast Post"]


def test_the_same_words_months_later_are_another_entry(library: Library) -> None:
    sentence = "The Bank of Sarn left its key interest rate at 4 percent on Wednesday."
    for month, rest in ((4, "Shares fell."), (7, "Builders had hoped for a cut.")):
        library.add(
            Article(f"Rates, {month}", f"{sentence} {rest}", published=date(2025, month, 1))
        )

    timeline = library.timeline("What is the key interest rate of the Bank of Sarn?")

    assert days(timeline) == [date(2025, 4, 1), date(2025, 7, 1)]


def test_figures_of_other_units_are_no_points(flood: Library) -> None:
    reports = [
        "The wall at Tern is 12 kilometres long.",
        "The wall at Tern is 9 miles long.",
        "The wall at Tern is 20 kilometres long.",
        "The wall at Tern is 30 percent of what was planned.",
    ]
    for day, text in enumerate(reports, 1):
        flood.add(Article(f"The wall at Tern, {day}", text, published=date(2025, 5, day)))

    timeline = flood.timeline("How long is the wall at Tern?")

    assert [" ".join(point.figure.split()[:2]) for point in timeline.points] == [
        "12 kilometres",
        "9 miles",
        "20 kilometres",
    ]


def test_two_figures_make_no_picture(flood: Library) -> None:
    assert flood.timeline(QUESTION, Scope(publisher="Harbor Wire")).points == ()


def test_typing_errors_are_corrected(flood: Library) -> None:
    timeline = flood.timeline("How many peopel died in the Sarn flood?")

    assert [(c.typed, c.searched) for c in timeline.corrections] == [("peopel", "people")]
    assert len(timeline.entries) == 3


def test_another_reader_finds_entries_without_its_logits(
    flood: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = Library(flood._store, flood._encoder, WordReader())
    try:
        timeline = other.timeline("How many people died in the flood on the Sarn?")
        assert {entry.article.title for entry in timeline.entries} <= {
            article.title for article in flood_reports()
        }
        assert timeline.entries
    finally:
        other.pipeline.close()


def test_a_timeline_as_json(flood: Library) -> None:
    timeline = flood.timeline(QUESTION)
    record = timeline.as_dict()

    assert (record["about"], record["certainty"]) == (QUESTION, timeline.certainty.value)
    assert [entry["number"] for entry in record["entries"]] == [1, 2, 3]
    assert [entry["article"]["published"] for entry in record["entries"]] == [
        "2025-03-02",
        "2025-03-04",
        "2025-03-12",
    ]
    assert all(0 <= entry["confidence"] <= 1 for entry in record["entries"])


def test_many_articles_are_read_as_long_as_they_answer(
    open_library: Callable[..., Library],
) -> None:
    library = open_library("many")
    reports = [
        Article(
            f"Sarn flood, day {day}",
            f"In the Sarn flood, {10 + day} people died by day {day}. Mud is in every street.",
            published=date(2025, 3, day),
        )
        for day in range(1, 21)
    ]
    list(library.add_all(reports))

    assert len(library.timeline(QUESTION).entries) == 20
