import json
from pathlib import Path
from typing import Any

import pytest

from index import Article, Library, SourceError
from index.evaluate import Question, evaluate, read_questions, right_ranks

FERRY = Article(
    "Ferry", "The night ferry was three hours late. Forty passengers stood in the rain."
)
BREAD = Article("Bread", "A bakery has won the bread prize. Its rye loaf takes three days to bake.")
RAIN = FERRY.text.index("Forty")
LOAF = BREAD.text.index("Its")


def question(text: str, article: str, *starts: int) -> Question:
    return Question(text, article, frozenset(starts))


@pytest.fixture
def news(library: Library) -> Library:
    library.add(FERRY)
    library.add(BREAD)
    return library


def test_figures_tell_how_often_the_right_sentence_comes_first(news: Library) -> None:
    seen: list[tuple[int, int]] = []
    figures = evaluate(
        news,
        [
            question("How late was the night ferry?", "Ferry", 20),
            question("How long does a rye loaf take to bake?", "Bread", LOAF + 3, 999),
            question("How late was the night ferry?", "Ferry", RAIN),  # the second sentence
            question("How late was the night ferry?", "Ferry", 999),  # no sentence at all
            question("Who stood in the rain?", "Nowhere", 1),
            question("Who painted the Mona Lisa in Florence?", "Nowhere"),
        ],
        progress=lambda done, total: seen.append((done, total)),
    )
    assert (figures.answerable, figures.unanswerable, figures.skipped) == (4, 1, 1)
    ranks = list(figures.hits.values())
    assert figures.hits[1] == 0.5
    assert ranks == sorted(share or 0 for share in ranks)
    assert figures.hits[10] == 0.75
    assert figures.mrr is not None
    assert 0.5 + 0.25 / 4 <= figures.mrr <= 0.5 + 0.5 / 4
    assert figures.found == 1.0
    assert figures.right_of_found == 0.5
    assert figures.refused == 1.0
    assert seen[-1] == (6, 6)


def test_a_reciprocal_rank_is_one_over_the_rank(news: Library) -> None:
    asked = question("How late was the night ferry?", "Ferry", RAIN)
    (rank,) = right_ranks(asked, news.search(asked.text).readings)
    assert rank > 1
    assert evaluate(news, [asked]).mrr == pytest.approx(1 / rank, abs=1e-4)


def test_the_same_place_in_another_article_is_not_right(news: Library) -> None:
    asked = question("How late was the night ferry?", "Bread", 0)
    assert evaluate(news, [asked]).hits[1] == 0


def test_what_cannot_be_measured_is_left_open(news: Library) -> None:
    figures = evaluate(news, [question("Who painted the Mona Lisa in Florence?", "Nowhere")])
    assert (figures.mrr, figures.found, figures.right_of_found) == (None, None, None)
    assert set(figures.hits.values()) == {None}


def test_only_the_collections_asked_for_count(news: Library) -> None:
    asked = question("How late was the night ferry?", "Ferry", 0)
    assert evaluate(news, [asked], ["other"]).skipped == 1


def test_figures_as_json_have_these_fields(news: Library) -> None:
    assert list(evaluate(news, [question("Late?", "Ferry", 0)]).as_dict()) == [
        "answerable",
        "unanswerable",
        "skipped",
        "hit@1",
        "hit@3",
        "hit@10",
        "mrr@10",
        "found",
        "right_of_found",
        "refused",
    ]


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
        question("Late?", "Ferry", 3),
        question("Late?", "Ferry"),
        question("A\u2028b\x85?", "Ferry", 3),
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
    with pytest.raises(SourceError, match=r"^questions\.jsonl, line 2: it is no question"):
        read_questions(write(line() + bad))


@pytest.mark.parametrize("content", ["", "\n\n", b"\xff\xfe"])
def test_a_file_without_questions_is_refused(content: str | bytes) -> None:
    with pytest.raises(SourceError, match=r"^questions\.jsonl: "):
        read_questions(write(content))


def test_a_missing_file_is_refused() -> None:
    with pytest.raises(SourceError, match=r"^none\.jsonl: the questions cannot be read"):
        read_questions(Path("none.jsonl"))
