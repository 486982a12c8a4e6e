"""What the period of a question does to its answer."""

from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from index import Answer, Article, AskOptions, Encoder, Library, Scope, Sentence
from index.answering.period_search import PERIOD_MARGIN, prefer
from index.answering.ranking import RankedSentence, Ranking
from index.answering.retrieval import Candidate
from index.store import SqliteStore, StoredSentence
from index.text.periods import Period
from tests.index.factories import WordReader

NOW = datetime(2026, 11, 26, 8, 30, tzinfo=UTC)  # a Thursday
MARCH = Period("in March 2025", 0, date(2025, 3, 1), date(2025, 3, 31), "prefers")


def ranked(
    published: date | None, score: float, text: str = "The pier was shut."
) -> RankedSentence:
    article = Article("Pier", text, published=published)
    stored = StoredSentence(1, article, Sentence(0, len(text), 1, 1))
    return RankedSentence(Candidate(stored, 0.5, 0.0), score, 0.5)


def order(*sentences: RankedSentence, period: Period = MARCH) -> list[int]:
    """The places that the sentences had before."""
    preferred = prefer(Ranking("?", sentences, 0.9), period).sentences
    before = [one.combined_score for one in sentences]
    return [before.index(one.combined_score) for one in preferred]


def test_what_was_published_in_a_period_comes_first() -> None:
    may, march, april_1 = date(2025, 5, 1), date(2025, 3, 15), date(2025, 4, 1)
    assert order(ranked(may, 3.0), ranked(march, 2.5), ranked(None, 2.4)) == [1, 0, 2]
    assert order(ranked(may, 3.0), ranked(april_1, 2.5)) == [1, 0]  # it reports 31 March
    assert order(ranked(may, 3.0), ranked(date(2025, 4, 2), 2.5)) == [0, 1]
    assert order(ranked(march, 3.0), ranked(may, 2.9), ranked(march, 2.5)) == [0, 2, 1]


@pytest.mark.parametrize(
    ("text", "published", "comes_first"),
    [
        ("It was shut in March 2025.", date(2025, 9, 1), True),
        ("It was shut on 9 March 2025 at noon.", date(2025, 9, 1), True),
        ("It was shut in March.", date(2025, 9, 1), True),
        ("It was shut in March.", None, True),
        ("It was shut in March.", date(2024, 9, 1), False),
        ("It was shut in 2025.", date(2025, 9, 1), False),
        ("It has been shut since March 2025.", date(2025, 9, 1), False),
        ("It will march in April 2025.", date(2025, 9, 1), False),
    ],
)
def test_a_sentence_that_names_a_date_of_the_period_comes_first(
    text: str, published: date | None, comes_first: bool
) -> None:
    moved = order(ranked(date(2025, 9, 1), 3.0), ranked(published, 2.5, text))
    assert moved == ([1, 0] if comes_first else [0, 1])


def test_what_answers_much_worse_stays_behind() -> None:
    best, march = ranked(date(2025, 5, 1), 3.0), date(2025, 3, 15)
    assert order(best, ranked(march, 3.0 - PERIOD_MARGIN)) == [0, 1]
    assert order() == []


def test_the_confidence_falls_with_the_score_of_the_first_sentence() -> None:
    ranking = Ranking("?", (ranked(date(2025, 5, 1), 3.0), ranked(date(2025, 3, 15), 2.0)), 0.9)
    preferred = prefer(ranking, MARCH)
    assert preferred.confidence == pytest.approx(0.768, abs=1e-3)  # of the logit 2.2 - 1
    assert [one.score for one in preferred.sentences] == [preferred.confidence] * 2
    assert prefer(Ranking("?", ranking.sentences, 1.0), MARCH).confidence == 1.0
    assert prefer(Ranking("?", ranking.sentences, 0.0), MARCH).confidence == 0.0


# In the library


@pytest.fixture
def piers(library: Library) -> Library:
    """Three reports on piers: a recent one, an old one, and one without a date."""
    for title, text, published in [
        ("New", "The mayor of Korsvik said that the pier will be shut.", date(2026, 11, 18)),
        ("Old", "The mayor of Redcliff said that the pier will be rebuilt.", date(2025, 3, 15)),
        ("Undated", "The mayor of Sandhaven said that the pier will be sold.", None),
    ]:
        library.add(Article(title, text, published=published))
    return library


def cited(answer: Answer) -> list[str]:
    return [passage.citation.article.title for passage in answer.passages]


def test_a_deictic_period_is_a_filter(piers: Library) -> None:
    answer = piers.ask("What did the mayor say about the pier last week?", now=NOW)
    assert (answer.found, cited(answer), answer.searched) == (True, ["New"], 1)
    assert answer.question == "What did the mayor say about the pier last week?"
    assert answer.as_dict()["period"] == {
        "words": "last week",
        "since": "2026-11-16",
        "until": "2026-11-22",
        "narrowed": True,
        "widened": False,
    }


def test_where_nothing_was_published_all_dates_are_searched(piers: Library) -> None:
    answer = piers.ask("What did the mayor of Redcliff say about the pier yesterday?", now=NOW)
    assert (answer.found, cited(answer)[0], answer.searched) == (True, "Old", 3)
    assert answer.period is not None
    assert (answer.period.effect, answer.period.since) == ("widened", date(2026, 11, 25))
    assert answer.as_dict()["period"]["widened"]


def test_a_date_excludes_nothing(piers: Library) -> None:
    answer = piers.ask("What did the mayor say about the pier in March 2025?", now=NOW)
    assert answer.period is not None
    assert (answer.found, cited(answer)[0]) == (True, "Old")
    history = piers.ask("Who said in 1945 that the pier will be sold?", now=NOW)
    assert history.searched == 3
    assert history.period is not None
    assert history.period.effect == "prefers"


def test_a_period_can_be_ignored(piers: Library) -> None:
    question = "What did the mayor of Redcliff say about the pier last week?"
    answer = piers.ask(question, any_time=True, now=NOW)
    assert (cited(answer)[0], answer.searched, answer.period) == ("Old", 3, None)
    assert answer.as_dict()["period"] is None


@pytest.mark.parametrize("given", [{"since": date(2025, 1, 1)}, {"until": date(2026, 11, 26)}])
def test_a_filter_wins_over_words(piers: Library, given: dict[str, date]) -> None:
    question = "What did the mayor of Redcliff say about the pier last week?"
    answer = piers.ask(question, now=NOW, **given)  # type: ignore[arg-type]
    assert (cited(answer)[0], answer.searched, answer.period) == ("Old", 2, None)
    scope = Scope(**given)  # type: ignore[arg-type]
    submitted = piers.submit(question, scope, options=AskOptions(now=NOW)).result()
    assert submitted == answer


def test_a_follow_up_keeps_to_the_period(piers: Library) -> None:
    (old,) = (one.id for one in piers.articles() if one.title == "Old")
    answer = piers.ask("and what did the mayor say about the pier last week?", near=[old], now=NOW)
    assert cited(answer) == ["New"]


@pytest.mark.parametrize(
    ("question", "read"),
    [
        ("Who shut the pier last week?", "Who shut the pier?"),
        ("Yesterday, who shut the pier?", "who shut the pier?"),
        ("Who, since Monday, shut the pier?", "Who shut the pier?"),
        ("Who shut the pier in the last 3 days?", "Who shut the pier?"),
        ("Who shut the pier of last week by force?", "Who shut the pier by force?"),
        ("and yesterday?", "and yesterday?"),  # nothing else is left to search for
        ("Who shut the pier in March 2025?", "Who shut the pier in March 2025?"),
    ],
)
def test_the_words_of_a_filter_are_not_searched_for(
    tmp_path: Path, encoder: Encoder, question: str, read: str
) -> None:
    reader = WordReader()
    with Library(SqliteStore(tmp_path / "library"), encoder, reader) as library:
        library.add(Article("Pier", "The mayor shut the pier.", published=date(2026, 11, 25)))
        library.ask(question, now=NOW)
    assert reader.given[0][0] == read


def test_where_the_whole_question_finds_nothing_the_time_alone_is_searched(
    tmp_path: Path, encoder: Encoder
) -> None:
    reader = WordReader()
    with Library(SqliteStore(tmp_path / "library"), encoder, reader, 1.0) as library:
        library.add(Article("Pier", "The mayor shut the pier.", published=date(2025, 3, 9)))
        answer = library.ask("Who shut last year's pier?", now=NOW)
        assert [question for question, _ in reader.given][:2] == [
            "Who shut last year's pier?",
            "Who shut pier?",
        ]
        assert answer.period is not None
        assert (answer.found, answer.period.effect) == (False, "prefers")
