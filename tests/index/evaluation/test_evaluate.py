import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index import Article, Encoder, Library, SourceError
from index.answering.question_search import AskOptions, SearchResult
from index.evaluation.evaluate import (
    MAX_RANK,
    Question,
    evaluate_all,
    evaluate_baselines,
    f1,
    is_right,
    read_questions,
    right_ranks,
    without_answers,
)
from index.evaluation.metrics import EvaluatedQuestion, baseline_metrics, compute_metrics
from index.scope import Scope
from index.store import SqliteStore
from tests.index.factories import WordReader

FERRY = Article(
    "Ferry", "The night ferry was three hours late. Forty passengers stood in the rain."
)
BREAD = Article("Bread", "A bakery has won the bread prize. Its rye loaf takes three days to bake.")
RAIN = FERRY.text.index("Forty")
LOAF = BREAD.text.index("Its")
HOW_LATE = "How late was the night ferry?"
NOBODY = "Who painted the Mona Lisa in Florence?"

OpenLibrary = Callable[..., Library]


def question(text: str, article: str, *starts: int, texts: tuple[str, ...] = ()) -> Question:
    return Question(text, article, frozenset(starts), texts)


@pytest.fixture
def open_library(encoder: Encoder, tmp_path: Path) -> Iterator[OpenLibrary]:
    """Opens libraries with a word-overlap reader."""
    opened: list[Library] = []

    def open_(min_confidence: float = 0.0) -> Library:
        opened.append(
            Library(SqliteStore(tmp_path / "words"), encoder, WordReader(), min_confidence)
        )
        return opened[-1]

    yield open_
    for library in opened:
        library.close()


@pytest.fixture
def news(open_library: OpenLibrary) -> Library:
    library = open_library()
    library.add(FERRY)
    library.add(BREAD)
    return library


def ask(library: Library, *questions: Question) -> list[EvaluatedQuestion]:
    return list(evaluate_all(library, questions))


# Asking


def test_what_became_of_each_question_is_told_in_order(news: Library) -> None:
    first, other, second, nowhere, nobody = ask(
        news,
        question(HOW_LATE, "Ferry", 20, texts=("three hours late", "the late")),
        question("How long does a rye loaf take to bake?", "Bread", LOAF + 3, 999),
        question(HOW_LATE, "Ferry", RAIN),  # the second sentence
        question(HOW_LATE, "Ferry", 999),  # no sentence at all
        question("Who stood in the rain?", "Nowhere", 1),  # left out
        question(NOBODY, "Nowhere"),
    )
    assert (first.answerable, first.rank, first.candidate, first.read) == (True, 1, True, True)
    assert (first.exact, first.f1) == (1.0, 1.0)
    assert (other.rank, other.exact, other.f1) == (1, None, None)
    assert (second.candidate, second.read, second.right) == (True, True, False)
    assert second.rank in (2, 3, 4)
    assert (nowhere.answerable, nowhere.rank) == (True, None)
    assert (nowhere.candidate, nowhere.read) == (False, False)
    assert (nobody.answerable, nobody.rank, nobody.right) == (False, None, False)
    assert (nobody.candidate, nobody.read, nobody.exact, nobody.f1) == (False, False, None, None)
    assert 0 <= nobody.confidence < first.confidence <= 1
    assert first.found


def test_metrics_tell_how_often_the_right_sentence_comes_first(news: Library) -> None:
    metrics = compute_metrics(
        ask(
            news,
            question(HOW_LATE, "Ferry", 20),
            question(HOW_LATE, "Ferry", RAIN),
            question(NOBODY, "Nowhere"),
        )
    )
    assert (metrics["answerable"], metrics["unanswerable"]) == (2, 1)
    assert (metrics["hit@1"], metrics["hit@10"], metrics["candidates"]) == (0.5, 1.0, 1.0)
    assert 0.5 < metrics["mrr@10"] <= 0.75
    assert (metrics["found"], metrics["refused"]) == (1.0, 0.0)  # at a confidence of 0


def test_what_counts_as_found_is_the_librarys_to_say(open_library: OpenLibrary) -> None:
    for least, found in ((0.0, True), (1.0, False)):
        library = open_library(least)
        library.add(FERRY)
        (asked,) = ask(library, question(HOW_LATE, "Ferry", 0))
        assert (asked.found, asked.rank) == (found, 1)


def test_progress_is_told_for_every_question(news: Library) -> None:
    seen: list[tuple[int, int]] = []
    questions = [
        question(HOW_LATE, "Ferry", 0),
        question("Who stood in the rain?", "Nowhere", 1),
        question(NOBODY, "Nowhere"),
    ]
    every = list(evaluate_all(news, questions, progress=lambda *done: seen.append(done)))
    assert len(every) == 2
    assert seen == [(1, 3), (2, 3), (3, 3)]


def test_a_turn_follows_up_on_turns_that_are_asked_but_not_measured(
    news: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    followed: list[tuple[str, str]] = []
    search = news.pipeline.search

    def record(text: str, scope: Scope, options: AskOptions) -> SearchResult:
        followed.append((text, options.previous.question))
        return search(text, scope, options)

    monkeypatch.setattr(news.pipeline, "search", record)
    dialogue = (HOW_LATE, "Who stood in the rain?")
    turn = Question("And where?", "Ferry", frozenset([RAIN]), dialogue=dialogue)
    again = replace(turn, dialogue=(HOW_LATE,))
    assert len(ask(news, turn, again)) == 2
    assert followed == [
        (HOW_LATE, ""),
        ("Who stood in the rain?", HOW_LATE),
        ("And where?", "Who stood in the rain?"),
        ("And where?", HOW_LATE),
    ]


def test_a_highlight_is_compared_with_the_nearest_answer(news: Library) -> None:
    near, far, none = ask(
        news,
        question(HOW_LATE, "Ferry", 20, texts=("it was three hours", "three hours late")),
        question(HOW_LATE, "Ferry", 20, texts=("on time",)),
        question(NOBODY, "Ferry", 0, texts=("Leonardo",)),
    )
    assert (near.exact, near.f1) == (0.0, 0.5)  # "late"
    assert (far.exact, far.f1) == (0.0, 0.0)
    assert (none.exact, none.f1) == (0.0, 0.0)  # nothing is marked


def test_a_right_sentence_beyond_the_tenth_is_a_candidate_but_no_hit(
    open_library: OpenLibrary,
) -> None:
    library = open_library()
    ferries = " ".join(f"Ferry {n} came late." for n in range(MAX_RANK + 2))
    library.add(Article("Ferries", f"{ferries} It rained on Thursday."))
    rain = len(ferries) + 1
    (asked,) = ask(library, question("Late ferry?", "Ferries", rain))
    assert (asked.rank, asked.candidate, asked.read) == (None, True, True)


def test_the_best_of_several_right_sentences_counts(news: Library) -> None:
    (asked,) = ask(news, question(HOW_LATE, "Ferry", RAIN, 0))
    assert asked.rank == 1


def test_the_rank_is_that_of_the_first_right_sentence(news: Library) -> None:
    one = question(HOW_LATE, "Ferry", RAIN)
    (rank,) = right_ranks(one, news.pipeline.search(one.text).ranking.sentences)
    assert rank > 1
    (asked,) = ask(news, one)
    assert asked.rank == rank
    assert compute_metrics([asked])["mrr@10"] == pytest.approx(1 / rank, abs=1e-4)


def test_the_same_place_in_another_article_is_not_right(news: Library) -> None:
    (asked,) = ask(news, question(HOW_LATE, "Bread", 0))
    assert asked.rank != 1
    best = news.pipeline.search(HOW_LATE).ranking.sentences[0].candidate.stored
    assert is_right(question(HOW_LATE, "Ferry", best.sentence.end - 1), best)
    assert not is_right(question(HOW_LATE, "Ferry", best.sentence.end), best)
    assert not is_right(question(HOW_LATE, "Bread", best.sentence.start), best)


def test_only_the_collections_asked_for_count(news: Library) -> None:
    asked = [question(HOW_LATE, "Ferry", 0), question(NOBODY, "Nowhere")]
    (nobody,) = evaluate_all(news, asked, Scope(("other",)))
    assert not nobody.answerable
    ranks = evaluate_baselines(news, asked, Scope(("other",)))
    assert ranks == {"dense": [], "BM25": [], "fused": []}


@pytest.mark.parametrize("text", ["", "?!", "\ud800 late?", "\0"])
def test_questions_without_words_harm_nothing(news: Library, text: str) -> None:
    (asked,) = ask(news, question(text, "Ferry", 0, texts=("x",)))
    assert 0 <= asked.confidence <= 1
    ranks = evaluate_baselines(news, [question(text, "Ferry", 0)])
    assert all(len(found) == 1 for found in ranks.values())


def test_questions_of_an_empty_library_are_unanswerable_or_left_out(
    open_library: OpenLibrary,
) -> None:
    library = open_library()
    (nobody,) = ask(library, question(HOW_LATE, "Ferry", 0), question(NOBODY, "Nowhere"))
    assert (nobody.found, nobody.confidence, nobody.answerable) == (False, 0.0, False)


# Questions about something else


def test_questions_of_another_library_are_unanswerable() -> None:
    own = [question(HOW_LATE, "Ferry", 0, texts=("late",)), question(NOBODY, "Nowhere")]
    assert without_answers(own) == [question(HOW_LATE, "Ferry"), question(NOBODY, "Nowhere")]
    assert own[0].starts == frozenset([0])
    assert without_answers([]) == []


def test_none_of_them_is_left_out_or_right(news: Library) -> None:
    others = without_answers([question(HOW_LATE, "Ferry", 0), question("Rain?", "Nowhere", 1)])
    asked = ask(news, *others)
    assert [one.answerable for one in asked] == [False, False]
    assert not any(one.right or one.candidate or one.read for one in asked)


# Baselines


def test_baselines_are_compared(news: Library) -> None:
    ranks = evaluate_baselines(
        news,
        [
            question(HOW_LATE, "Ferry", 20),
            question("Was the vessel delayed by night?", "Ferry", 0),
            question("Zorblatt?", "Ferry", 0),
            question(HOW_LATE, "Ferry", 999),
            question("Who stood in the rain?", "Nowhere", 1),  # left out
            question(NOBODY, "Nowhere"),  # left out
        ],
    )
    assert list(ranks) == ["dense", "BM25", "fused"]
    assert {len(row) for row in ranks.values()} == {4}
    assert [row[0] for row in ranks.values()] == [1, 1, 1]
    assert [row[1] for row in ranks.values()] == [1, 1, 1]
    assert ranks["BM25"][2] is None  # no word in common
    assert ranks["dense"][2] is not None
    assert ranks["fused"][2] == ranks["dense"][2]
    assert [row[3] for row in ranks.values()] == [None, None, None]
    assert baseline_metrics(ranks)["BM25"]["hit@1"] == 0.5


def test_baselines_need_no_reader(news: Library) -> None:
    evaluate_baselines(news, [question(HOW_LATE, "Ferry", 0)])
    reader = news.pipeline._reader
    assert isinstance(reader, WordReader)
    assert reader.given == []


def test_a_rank_beyond_the_tenth_is_none_for_baselines_too(open_library: OpenLibrary) -> None:
    library = open_library()
    ferries = " ".join(f"Ferry {n} came late." for n in range(MAX_RANK + 2))
    library.add(Article("Ferries", f"{ferries} It rained on Thursday."))
    rain = question("Late ferry?", "Ferries", len(ferries) + 1)
    ranks = evaluate_baselines(library, [rain])
    assert ranks == {"dense": [None], "BM25": [None], "fused": [None]}


# The F1 of two texts


def test_f1_counts_the_words_in_common() -> None:
    assert f1("The ferry, three hours", "three hours late") == pytest.approx(4 / 6)
    assert f1("three hours late", "Three hours—late!") == pytest.approx(2 / 5)  # as SQuAD has it
    assert f1("an U.S. ferry", "the US Ferry.") == 1
    assert f1("late late late", "late") == pytest.approx(0.5)
    assert f1("on time", "late") == 0


def test_f1_of_nothing_is_one_only_with_nothing() -> None:
    assert (f1("", ""), f1("The.", "an"), f1("", "late"), f1("late", "the")) == (1, 1, 0, 0)


wordy = st.lists(
    st.sampled_from(["the", "a", "ferry", "Ferry,", "was", "late.", "A.", "—", "3", "an"])
).map(" ".join)


@given(wordy | st.text(), wordy | st.text())
def test_f1_is_the_same_both_ways_and_one_for_the_same(one: str, other: str) -> None:
    assert 0 <= f1(one, other) <= 1
    assert f1(one, other) == f1(other, one)
    assert f1(one, one) == 1


# Files of questions


def write(content: str | bytes) -> Path:
    path = Path("questions.jsonl")
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def line(**fields: Any) -> str:
    whole = {"question": "Late?", "article": "Ferry", "answers": [{"start": 3, "text": "x"}]}
    return json.dumps(whole | fields, ensure_ascii=False) + "\n"


def test_questions_are_read_one_a_line() -> None:
    path = write(
        "\ufeff" + line() + "\n" + line(answers=[], extra=1) + line(question="A\u2028b\x85?")
    )
    assert read_questions(path) == [
        question("Late?", "Ferry", 3, texts=("x",)),
        question("Late?", "Ferry"),
        question("A\u2028b\x85?", "Ferry", 3, texts=("x",)),
    ]


def test_answers_are_read_once_each_with_or_without_their_words() -> None:
    one, same, other = {"start": 3, "text": "x"}, {"start": 7, "text": "x"}, {"start": 3}
    path = write(line(answers=[one, same, other]) + line(answers=[other]))
    assert read_questions(path) == [
        question("Late?", "Ferry", 3, 7, texts=("x",)),
        question("Late?", "Ferry", 3),
    ]


@pytest.mark.parametrize(
    "bad",
    [
        "{",
        "[]",
        "7",
        '{"question": "Late?", "article": "Ferry"}',
        line(answers=[{"text": "x"}]),
        line(answers=[{"start": "three"}]),
        line(answers=7),
        "[" * 100_000,
    ],
)
def test_a_line_that_is_no_question_is_refused_by_its_number(bad: str) -> None:
    with pytest.raises(SourceError, match=r"^questions\.jsonl, line 2: it is not a question"):
        read_questions(write(line() + bad))


@pytest.mark.parametrize("content", ["", "\n\n", b"\xff\xfe"])
def test_a_file_without_questions_is_refused(content: str | bytes) -> None:
    with pytest.raises(SourceError, match=r"^questions\.jsonl: "):
        read_questions(write(content))


def test_a_missing_file_is_refused() -> None:
    with pytest.raises(SourceError, match=r"^none\.jsonl: the questions cannot be read"):
        read_questions(Path("none.jsonl"))
