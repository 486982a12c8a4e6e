"""Phrase search: words and phrases as people type them."""

import pytest

from index import Article, Library, Scope
from index.answering.phrase_search import parse_phrases


@pytest.mark.parametrize(
    ("typed", "phrases"),
    [
        ("night ferry", ["night", "ferry"]),
        ('"night ferry" late', ["night ferry", "late"]),
        ("“night ferry”late", ["night ferry", "late"]),
        ("„night ferry“ «was late»", ["night ferry", "was late"]),
        ('"night ferry', ["night ferry"]),
        ('late "', ["late"]),
        ("cease-fire don't 67,000", ["cease-fire", "don't", "67,000"]),
        ("ferry ferry", ["ferry"]),
        ("– … ?! ''", []),
        ("  ", []),
        ("AND OR NOT NEAR(", ["AND", "OR", "NOT", "NEAR("]),
    ],
)
def test_quotation_marks_make_phrases(typed: str, phrases: list[str]) -> None:
    assert parse_phrases(typed) == phrases


def test_the_library_quotes_the_sentences_with_their_citations(library: Library) -> None:
    text = "It rained.\n\nThe night ferry was late. The night was cold."
    library.add(Article("Ferry", text, url="https://coast.example/ferry"))
    library.add(Article("Theirs", "Their night is long.", collection="theirs"))

    found = library.find("NIGHT", limit=1)

    assert found.total == 2
    (passage,) = found.passages
    assert passage.quote == "The night ferry was late."
    assert [passage.quote[a:b] for a, b in passage.highlights] == ["night"]
    assert (passage.citation.paragraph, passage.citation.sentence) == (2, 1)
    assert passage.citation.link is not None
    (following,) = library.find("NIGHT", limit=1, offset=1).passages
    assert following.quote == "The night was cold."
    assert library.find("night", Scope(None)).total == 3


@pytest.mark.parametrize("nothing", ["", "?!", '""', "\ud800"])
def test_what_holds_no_word_is_found_nowhere(library: Library, nothing: str) -> None:
    library.add(Article("Ferry", "The ferry was late?!"))
    assert library.find(nothing).total == 0
