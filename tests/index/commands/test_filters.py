"""The options that restrict commands to some articles, as people type them."""

import json
from datetime import UTC, date, datetime, timedelta

import pytest
from typer.testing import CliRunner

from index import Article, Library
from index.commands import app
from index.text.typed_days import first_day, last_day, lies_ahead

FERRY = Article(
    "The night ferry to Ostra",
    "Nine cars were on the night ferry.",
    "Harbor Wire",
    date(2025, 3, 1),
)
FERRIES = Article(
    "Ferry fares rise", "A ferry ticket costs 12 euros.", "Harbor Post", date(2025, 9, 30)
)
OTTERS = Article("Otters", "Nine otters live in the zoo.", "Coast Gazette", date(2026, 1, 5))
OTHER = Article("Seals", "Four seals came.", "Seal Times", date(2026, 1, 5), None, "server-1")


@pytest.fixture(autouse=True)
def _articles(library: Library) -> None:
    for article in (FERRY, FERRIES, OTTERS, OTHER):
        library.add(article)


def invoke(*arguments: str) -> tuple[int, str]:
    """The exit code of a command, and what it printed."""
    result = CliRunner().invoke(app, arguments, catch_exceptions=False)
    return result.exit_code, result.output


def listed(*options: str) -> set[str]:
    code, out = invoke("list", "--json", *options)
    assert code == 0, out
    return {json.loads(line)["title"] for line in out.splitlines()}


def found(*options: str) -> set[str]:
    code, out = invoke("find", "nine", "--json", *options)
    assert code == 0, out
    return {passage["article"]["title"] for passage in json.loads(out)["passages"]}


def refusal(*arguments: str) -> str:
    code, out = invoke(*arguments)
    assert code == 1, out
    return " ".join(out.split())


def test_part_of_a_publishers_name_is_enough() -> None:
    assert listed("--publisher", "harbor w") == {FERRY.title}
    assert listed("--publisher", "GAZETTE") == {OTTERS.title}
    assert refusal("list", "--publisher", "harbor") == (
        "Several publishers have “harbor” in their names: Harbor Post and Harbor Wire."
        " Give more of the name."
    )
    assert refusal("ask", "how many?", "--publisher", "Seal") == (
        "No article of the collection “shared” is published by “Seal”, only by Coast Gazette,"
        " Harbor Post and Harbor Wire."
    )


def test_an_article_is_named_by_its_title_part_of_it_or_its_id() -> None:
    for name in ("night", "the NIGHT ferry to ostra", FERRY.id, FERRY.id[:7]):
        assert found("--article", name) == {FERRY.title}, name
    assert found("--article", "otters", "--article", "night") == {FERRY.title, OTTERS.title}
    assert refusal("ask", "how many?", "--article", "ferr").startswith(
        "Several articles have “ferr” in their titles: “Ferry fares rise” ("
    )
    for hidden in ("seals", OTHER.id, "walrus"):
        assert refusal("find", "nine", "--article", hidden) == (
            f"No article of the collection “shared” has the id “{hidden}” or has that in its title."
            " `list` shows the articles."
        )
    assert refusal("find", "nine", "--article", " ").startswith("No article of")
    code, out = invoke("find", "four", "--collection", "server-1", "--article", "seals", "--json")
    assert (code, json.loads(out)["total"]) == (0, 1)


def test_a_missing_collection_is_an_error() -> None:
    for command in (["ask", "how many?"], ["find", "nine"], ["list"], ["export"]):
        assert refusal(*command, "--collection", "zoo") == (
            "There is no collection “zoo” in the library, only “server-1” and “shared”."
        )
    assert listed("--collection", "server-1") == {OTHER.title}


def test_days_are_read_as_people_type_them() -> None:
    assert listed("--since", "2025-09-30", "--until", "2025") == {FERRIES.title}
    assert listed("--until", "March 2025") == {FERRY.title}
    assert found("--since", "1 May 2025") == {OTTERS.title}


@pytest.mark.parametrize(
    ("options", "problem"),
    [
        (["--since", "10/09/2025"], "is not a day that can be read"),
        (["--since", "soon"], "is not a day that can be read"),
        (["--until", "2098-01-01"], "is in the future"),
        (["--since", "2026", "--until", "2025-12-31"], "before --since"),
    ],
)
def test_a_day_that_cannot_be_meant_is_a_wrong_command_line(
    options: list[str], problem: str
) -> None:
    code, out = invoke("ask", "how many?", *options)
    assert code == 2
    assert problem in " ".join(out.replace("│", " ").split())


def test_an_answer_comes_from_the_articles_that_were_chosen() -> None:
    code, out = invoke("ask", "how", "many", "otters", "--publisher", "harbor w", "--json")
    assert code == 0
    answer = json.loads(out)
    assert answer["searched"] == 1
    assert not answer["found"]
    code, out = invoke("ask", "how many otters", "--publisher", "coast", "--json")
    assert json.loads(out)["passages"][0]["article"]["title"] == OTTERS.title


def test_a_month_has_a_first_and_a_last_day() -> None:
    now = datetime(2026, 2, 3, tzinfo=UTC)
    assert first_day("October 2025", now) == date(2025, 10, 1)
    assert last_day("October 2025", now) == date(2025, 10, 31)
    assert first_day("7d", now) == last_day("7d", now) == date(2026, 1, 27)
    assert first_day("10/09/2025", now) is last_day("10/09/2025", now) is None
    assert not lies_ahead(now.date() + timedelta(days=1), now)
    assert lies_ahead(now.date() + timedelta(days=2), now)
