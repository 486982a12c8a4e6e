"""Overviews of articles, and which articles a topic is about."""

import dataclasses
import sqlite3
from pathlib import Path

import pytest

from index import Article, DamagedArticleError, Library, NotFoundError, Overview

FERRIES = "Four countries agree on night ferries across the Marl Strait"
FLOOD = "Army engineers reopen the road to Sel Valley after the flood"

CRANE = (
    "The harbor of Korsvik was closed on Monday after a crane fell on the quay.\n\nThe crane cost"
    " the town $3 million when the harbor of Korsvik was built."
)


def titled(library: Library, title: str) -> Article:
    (article,) = library.articles(title=title)
    return article


def check(overview: Overview) -> None:
    """Everything in an overview is a slice of its article."""
    text = overview.article.text
    passages = [overview.opening] if overview.opening else []
    for passage in [*passages, *overview.key_sentences]:
        assert passage.citation.article == overview.article
        assert passage.quote == text[passage.start : passage.end].strip() != ""
    for mention in (*overview.people, *overview.places, *overview.figures):
        assert overview.text_of(mention).strip() == overview.text_of(mention) != ""
    starts = [passage.start for passage in overview.key_sentences]
    assert starts == sorted(set(starts))
    assert not overview.opening or all(start >= overview.opening.end for start in starts)


def test_all_texts_of_an_overview_are_slices_with_their_citations(sample: Library) -> None:
    for article in sample.articles():
        overview = sample.overview(article.id)

        check(overview)
        assert 2 <= len(overview.key_sentences) <= 4
        assert overview.places
        assert overview.figures
        by_start = {sentence.start: sentence for sentence in sample.sentences(article.id)}
        for passage in overview.key_sentences:
            sentence = by_start[passage.start]
            place = (passage.citation.paragraph, passage.citation.sentence)
            assert place == (sentence.paragraph, sentence.number)


def test_an_overview_begins_with_the_story_without_dateline_byline_and_title(
    library: Library,
) -> None:
    title = "Crane falls on the quay of Korsvik"
    text = f"{title}\n\nBy Ada Lund, staff writer in Korsvik\n\n{CRANE}"

    overview = library.overview(library.add(Article(title, text)).article.id)

    assert overview.opening is not None
    assert overview.opening.quote.startswith("The harbor of Korsvik was closed")
    assert [overview.text_of(figure) for figure in overview.figures] == ["$3 million"]


@pytest.mark.parametrize(
    "text",
    [
        "One.",
        "By Ada Lund",
        "…a…",
        "Photo: Harbor Wire\n\nPhoto: Harbor Wire",
        "das Wetter ist heute gut. " * 5,
        "The town of Korsvik has a crane. " * 40,
        "word " * 3000,
        "Ночью в Осло шёл снег, сообщила мэр Анна Лунд.",
        "昨夜、東京で雪が降った。市長はこれを喜んだ。",
        "\u202e\U0001f600 is on the \U0001f468‍\U0001f469‍\U0001f467. It is on the road.",
    ],
)
def test_any_article_has_an_overview(library: Library, text: str) -> None:
    overview = library.overview(library.add(Article("Any", text)).article.id)

    check(overview)
    assert overview.opening is not None
    assert overview.as_dict()["opening"]["quote"] in text


def test_a_text_in_another_language_has_sentences_but_no_names(library: Library) -> None:
    sentence = "Die Stadt {} hat am Montag {} Kräne am Hafen gebaut, sagte Bürgermeister Olaf Berg."
    text = " ".join(
        sentence.format(name, n) for n, name in enumerate(["Korsvik", "Tarn", "Sel", "Ode"] * 3)
    )
    overview = library.overview(library.add(Article("Häfen", text)).article.id)

    check(overview)
    assert (overview.people, overview.places, overview.figures) == ((), (), ())


def test_an_overview_follows_corrections_and_ends_with_removal(library: Library) -> None:
    article = Article("Crane", CRANE, url="https://harbor.example/crane")
    library.add(article)
    library.add(dataclasses.replace(article, text=CRANE.replace("$3", "$4")))

    overview = library.overview(article.id)
    assert [overview.text_of(figure) for figure in overview.figures] == ["$4 million"]

    library.remove(article.id)
    with pytest.raises(NotFoundError):
        library.overview(article.id)


def test_a_damaged_article_has_no_overview(library: Library, tmp_path: Path) -> None:
    article = library.add(Article("Crane", CRANE)).article
    (database,) = tmp_path.rglob("library.sqlite")
    with sqlite3.connect(database) as connection:
        connection.execute("UPDATE articles SET text = replace(text, '$3', '$9')")
    connection.close()

    with pytest.raises(DamagedArticleError):
        library.overview(article.id)


@pytest.mark.parametrize(
    ("request_", "title"),
    [
        ("tell me about the flood", FLOOD),
        (f"summarize {FERRIES}", FERRIES),
        ("gist of the ferry agreement", FERRIES),
    ],
)
def test_an_answer_names_the_article_that_a_topic_is_about(
    sample: Library, request_: str, title: str
) -> None:
    answer = sample.ask(request_)

    assert answer.about == (titled(sample, title).id,)
    assert answer.passages[0].citation.article.title == title
    assert answer.as_dict()["about"] == list(answer.about)


def test_several_articles_about_a_topic_are_named_but_no_near_duplicates(
    library: Library,
) -> None:
    long = CRANE + " Nobody was hurt, and the ferries to Denmark leave from another quay today."
    fall = library.add(Article("Crane falls in Korsvik", long)).article
    again = library.add(Article("Crane falls in Korsvik", long, "Other Wire")).article
    new = library.add(
        Article("New crane in Korsvik", "The crane that Korsvik has bought is green and new.")
    ).article

    answer = library.ask("tell me about the crane in Korsvik")

    assert new.id in answer.about
    assert len(set(answer.about) & {fall.id, again.id}) == 1


@pytest.mark.parametrize("question", ["how many troops?", "tell me about otters", "?"])
def test_a_question_and_an_unknown_topic_are_about_no_article(
    sample: Library, question: str
) -> None:
    assert sample.ask(question).about == ()
