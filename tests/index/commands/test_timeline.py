"""Timelines from the command line."""

import json
from datetime import date

import pytest

from index import Article, Library
from tests.flood import QUESTION, flood_reports
from tests.index.subprocesses import run

DAYS = ["2 March 2025", "4 March 2025", "12 March 2025"]


@pytest.fixture(autouse=True)
def _flood_folder(sample: Library) -> None:
    """A library with the reports of a flood, among others, in the current folder, closed."""
    other = Article("Flood on the Marl", "In the flood on the Marl, 30 people died, it is said.")
    list(sample.add_all([*flood_reports(), *flood_reports("archive")[:1], other]))
    sample.close()


def test_entries_are_printed_with_their_dates_oldest_first() -> None:
    result = run("timeline", *QUESTION.split())

    assert (result.code, result.err) == (0, "")
    lines = result.out.splitlines()
    assert [line for line in lines if line in DAYS] == DAYS
    second = lines.index(DAYS[1])
    assert "nine people" in lines[second + 1]
    assert lines[second + 2] == (
        "   Valley News · Flood on the Sarn: bridge gone · paragraph 1, sentence 2"
    )
    assert lines[second + 3].startswith("   https://flood.example/2#:~:text=")


def test_json_has_the_fields_of_each_passage() -> None:
    result = run("timeline", QUESTION, "--json")

    (line,) = result.out.splitlines()
    record = json.loads(line)
    assert (record["about"], record["certainty"], record["omitted"]) == (QUESTION, "found", 0)
    published = [entry["article"]["published"] for entry in record["entries"]]
    assert [date.fromisoformat(day).day for day in published] == [2, 4, 12]
    assert all(
        {"quote", "highlights", "start", "end", "link", "also", "confidence"} <= entry.keys()
        for entry in record["entries"]
    )


@pytest.mark.parametrize(
    ("options", "days"),
    [
        (["--publisher", "valley news"], DAYS[1:2]),
        (["--since", "2025-03-03"], DAYS[1:]),
        (["--until", "2025-03-03"], DAYS[:1]),
        (["--collection", "archive"], DAYS[2:]),
    ],
)
def test_options_limit_the_articles(options: list[str], days: list[str]) -> None:
    lines = run("timeline", QUESTION, *options).out.splitlines()

    assert [line for line in lines if line in DAYS] == days


def test_the_number_of_omitted_entries_is_shown() -> None:
    lines = run("timeline", QUESTION, "--limit", "2").out.splitlines()

    assert len([line for line in lines if line in DAYS]) == 2
    assert lines[-1] == "1 less certain article is left out; --limit shows more."


def test_nothing_found_is_said() -> None:
    result = run("timeline", "who", "won", "the", "World", "Cup?")

    assert (result.code, result.out) == (0, "No article says anything about that.\n")


def test_a_day_that_cannot_be_read_is_refused() -> None:
    result = run("timeline", QUESTION, "--since", "someday")

    assert result.code == 2
    assert "someday" in result.err


def test_the_help_has_an_example() -> None:
    assert "Example:" in run("timeline", "--help").out
