"""The overview of an article on the command line."""

import json

import pytest

from index import Library
from tests.index.subprocesses import run


@pytest.fixture(autouse=True)
def _sample_folder(sample: Library) -> None:
    """A library with the sample's articles in the current folder, closed."""
    sample.close()


def test_an_overview_is_printed_with_its_parts() -> None:
    result = run("overview", "night", "ferries")

    assert (result.code, result.err) == (0, "")
    lines = result.out.splitlines()
    assert lines[0] == "Four countries agree on night ferries across the Marl Strait"
    assert lines[1].startswith("Coastal Gazette · 2025-11-20 · https://")
    assert lines[lines.index("Opening") + 1].endswith("(paragraph 1, sentence 1)")
    assert "Key sentences" in lines
    assert any(line.startswith("Places: ") for line in lines)
    assert any(line.startswith("Figures: ") for line in lines)


def test_the_json_has_slices_of_the_article_that_show_prints() -> None:
    result = run("overview", "ferries", "--json")
    (line,) = result.out.splitlines()
    overview = json.loads(line)
    text = json.loads(run("show", overview["article"]["id"], "--json").out)["text"]

    for passage in [overview["opening"], *overview["key_sentences"]]:
        assert text[passage["start"] : passage["end"]] == passage["quote"]
        assert passage["paragraph"] >= 1
        assert passage["link"].startswith("https://")
    mentions = [*overview["people"], *overview["places"], *overview["figures"]]
    assert mentions
    for mention in mentions:
        assert text[mention["start"] : mention["end"]] == mention["text"]
        assert mention["count"] >= 1
    by_id = run("overview", overview["article"]["id"][:8], "--json")
    assert json.loads(by_id.out) == overview


def test_a_missing_article_is_an_error() -> None:
    result = run("overview", "The moon landing")

    assert result.code != 0
    assert result.out == ""
    assert "No article has the id “The moon landing” or has that in its title." in result.err


def test_the_help_has_an_example() -> None:
    words = run("overview", "--help").out.replace("│", " ").split()

    assert "python -m index overview night ferries" in " ".join(words)
