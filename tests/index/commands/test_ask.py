"""Several questions at once, and requests, from the command line."""

import json
from typing import Any

import pytest

from index import Library
from tests.index.subprocesses import run

BOTH = "How many troops are going, and which countries are involved?"
PARTS = ["How many troops are going", "which countries are involved?"]


@pytest.fixture(autouse=True)
def _sample_folder(sample: Library) -> None:
    """A library with the sample's articles in the current folder, closed."""
    sample.close()


def ask(*arguments: str, stdin: str = "") -> list[dict[str, Any]]:
    result = run("ask", *arguments, "--json", stdin=stdin)
    assert (result.code, result.err) == (0, "")
    return [json.loads(line) for line in result.out.splitlines()]


def test_each_part_is_printed_below_its_question() -> None:
    result = run("ask", BOTH, "--limit", "1")

    assert (result.code, result.err) == (0, "")
    lines = result.out.splitlines()
    first, second = (lines.index(question) for question in PARTS)
    lines = [line.replace("**", "") for line in lines]
    troops, countries = lines[first:second], lines[second:]
    assert troops[1].startswith("Found, with ")
    assert any(line.startswith("1. “About 200 American troops") for line in troops)
    assert any(line.startswith("1. “The countries involved") for line in countries)


def test_a_question_needs_no_quotation_marks() -> None:
    (unquoted,) = ask("how", "many", "troops?")
    (quoted,) = ask("how many troops?")

    assert unquoted["question"] == "how many troops?"
    assert unquoted["passages"] == quoted["passages"]
    assert run("find", "American", "troops").out == run("find", "American troops").out != ""


def test_only_what_matches_well_is_shown_unless_more_is_asked_for() -> None:
    shown = run("ask", "who led the engineers?").out
    (answer,) = ask("who led the engineers?")
    best, *others = (passage["score"] for passage in answer["passages"])

    assert all(score < best / 2 for score in others)
    assert len(others) == 2
    assert "1. “" in shown
    assert "2. “" not in shown
    assert shown.endswith("\n2 passages matched less well; --all shows them.\n")
    for more in (["--all"], ["--limit", "3"]):
        everything = run("ask", "who led the engineers?", *more).out
        assert everything.index("1. “") < everything.index("\nFurther passages:\n\n2. “")
        assert "3. “" in everything


def test_highlights_are_marked_where_there_is_no_bold() -> None:
    (answer,) = ask("how many troops?")
    ((start, end),) = answer["passages"][0]["highlights"]
    quote = answer["passages"][0]["quote"]

    shown = run("ask", "how many troops?").out

    assert f"“{quote[:start]}**{quote[start:end]}**{quote[end:]}”" in shown


def test_a_part_that_is_not_found_says_so() -> None:
    question = "Who won the World Cup, and how many troops are going to Israel?"
    shown = run("ask", question).out
    everything = run("ask", question, "--all").out

    assert (
        "Who won the World Cup\nI couldn't find that in 3 articles.\n"
        "--all shows the nearest passages.\n" in shown
    )
    assert "how many troops are going to Israel?\nFound, with " in shown
    assert "I couldn't find that in 3 articles.\n\nThe nearest passages:\n\n1. “" in everything


def test_json_has_one_object_with_an_answer_for_each_part() -> None:
    (answer,) = ask(BOTH)

    assert answer["question"] == BOTH
    assert answer["found"]
    assert [part["question"] for part in answer["parts"]] == PARTS
    for part, passage in zip(answer["parts"], answer["passages"], strict=True):
        assert part["found"]
        assert part["passages"][0]["quote"] == passage["quote"]
        assert part["parts"] == []
    assert answer["confidence"] == max(part["confidence"] for part in answer["parts"])


def test_questions_from_standard_input_may_each_have_parts() -> None:
    answers = ask("-", stdin=f"how many troops?\n{BOTH}\n")

    assert [len(answer["parts"]) for answer in answers] == [0, 2]


def test_a_request_gets_the_list_or_the_opening_of_the_article() -> None:
    countries, flood, otters = ask(
        "-",
        stdin="list the countries involved\ntell me about the flood\ntell me about otters\n",
    )

    (quote, highlights) = (countries["passages"][0][name] for name in ("quote", "highlights"))
    assert [quote[a:b] for a, b in highlights][:3] == ["Egypt", "Qatar", "Turkey"]
    assert flood["found"]
    assert flood["question"] == "tell me about the flood"
    assert flood["passages"][0]["quote"].startswith("The only road into Sel Valley")
    assert flood["passages"][0]["highlights"] == []
    assert not otters["found"]
