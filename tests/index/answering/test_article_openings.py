"""What is told about a topic: the opening of the article about it."""

from collections.abc import Callable
from datetime import date

import pytest

from index import Article, Library

FLOOD = "The only road into Sel Valley is open again"
FERRIES = "Ferries will cross the Marl Strait by night from 1 March"
TROOPS = "About 200 American troops are on their way to Israel"

HARBOR = (
    "A fire in the harbor of Tarn has destroyed two warehouses. Nobody was hurt."
    " The owner promised to rebuild them.\n\nIt was the third fire this year."
)


@pytest.mark.parametrize(
    ("request_", "opening"),
    [
        ("tell me about the flood", FLOOD),
        ("summarize the ferry agreement", FERRIES),
        ("what's the news on the Marl Strait?", FERRIES),
        ("what is the latest on the Gaza ceasefire", TROOPS),
        ("please tell me more about the road to Sel Valley", FLOOD),
    ],
)
def test_a_topic_gets_the_opening_of_the_article_about_it(
    sample: Library, request_: str, opening: str
) -> None:
    answer = sample.ask(request_)

    assert answer.found
    assert answer.question == request_
    first = answer.passages[0]
    assert first.quote.startswith(opening)
    assert first.highlights == ()
    assert (first.citation.paragraph, first.citation.sentence) == (1, 1)


@pytest.mark.parametrize(
    "request_",
    [
        "tell me about otters",
        "summarize the World Cup final",
        "what's the news on the earthquake in Chile?",
        "tell me about the flood in Pakistan",
        "tell me about it",
    ],
)
def test_a_topic_that_no_article_is_about_is_not_found(sample: Library, request_: str) -> None:
    assert not sample.ask(request_).found


def test_a_short_first_sentence_is_shown_with_the_second(library: Library) -> None:
    library.add(Article("Fire in the harbor of Tarn", HARBOR))

    (passage,) = library.ask("tell me about the fire in Tarn").passages

    assert passage.quote == HARBOR[: HARBOR.index(" The owner")]


def test_neither_a_byline_nor_the_title_again_is_an_opening(library: Library) -> None:
    title = "Fire in the harbor of Tarn destroys two warehouses"
    library.add(Article(title, f"{title}\n\nBy Ada Lund, staff writer in Tarn\n\n{HARBOR}"))

    answer = library.ask("tell me about the fire in Tarn")

    assert answer.passages[0].quote.startswith("A fire in the harbor")


def test_a_long_byline_or_caption_is_no_opening(library: Library) -> None:
    library.add(
        Article(
            "Fire in Tarn",
            "By Ada Lund, staff writer in Tarn, and Per Holm in Oslo\n\n"
            "Smoke rises over the harbor of Tarn after a fire on Monday. (AP Photo/Ada Lund)\n\n"
            f"{HARBOR}",
        )
    )
    (passage,) = library.ask("tell me about the fire in Tarn").passages
    assert passage.quote == HARBOR[: HARBOR.index(" The owner")]


def test_boilerplate_does_not_join_an_opening(library: Library) -> None:
    text = "A fire has destroyed two warehouses in Tarn. Read more here. Nobody was hurt there."
    library.add(Article("Fire in Tarn", text))
    (passage,) = library.ask("tell me about the fire in Tarn").passages
    assert passage.quote == "A fire has destroyed two warehouses in Tarn."


def test_of_articles_that_are_equally_about_it_the_newest_comes_first(library: Library) -> None:
    for day in (3, 5, 4):
        text = f"A fire in the harbor of Tarn has destroyed {day} warehouses, the owner has said."
        library.add(Article("Fire in Tarn", text, published=date(2025, 11, day)))

    answer = library.ask("tell me about the fire in Tarn")

    assert [p.citation.article.published for p in answer.passages] == [
        date(2025, 11, day) for day in (5, 4, 3)
    ]


def test_what_is_pointed_at_is_what_the_previous_answer_was_about(sample: Library) -> None:
    ferries = next(a for a in sample.articles() if "ferries" in a.title)

    answer = sample.ask("tell me more about it", near=[ferries.id])

    assert answer.found
    assert answer.passages[0].quote.startswith(FERRIES)


def test_what_happened_is_answered_or_else_told_by_the_opening(library: Library) -> None:
    library.add(Article("Fire in the harbor of Tarn", HARBOR))
    assert library.ask("what happened in Tarn?").passages[0].quote.startswith("A fire in")


def test_a_topic_is_told_from_what_the_filters_let_pass(sample: Library) -> None:
    assert not sample.ask("tell me about the flood", publisher="Harbor Wire").found


def test_an_empty_library_tells_nothing(open_library: Callable[..., Library]) -> None:
    answer = open_library().ask("tell me about the flood")

    assert (answer.found, answer.passages) == (False, ())


def test_a_list_is_asked_for_with_each_item_by_itself(sample: Library) -> None:
    passage = sample.ask("list the countries involved").passages[0]

    assert [passage.quote[a:b] for a, b in passage.highlights] == [
        "Egypt",
        "Qatar",
        "Turkey",
        "the United Arab Emirates",
    ]
