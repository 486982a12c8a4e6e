import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.text.boilerplate import find_boilerplate

LEAD = "The ferry came back to the islands on Thursday, after eleven weeks in which nothing moved."
END = "The owners may appeal until the end of the month, and the crews hope that they will not."

words = st.sampled_from(
    [
        "By",
        "Ann",
        "Roe",
        "Updated",
        "4",
        "March",
        "2021",
        "Read",
        "more",
        ":",
        "the",
        "ferry",
        "was",
    ]
)
sentences = st.one_of(st.text(min_size=1), st.lists(words, min_size=1).map(" ".join)).filter(
    lambda text: any(character.isalnum() for character in text)
)
articles = st.lists(st.lists(sentences, min_size=1, max_size=4), max_size=6)


def above(line: str) -> bool:
    return find_boilerplate([[line], [LEAD], [END]]) == [[True], [False], [False]]


def between(line: str) -> bool:
    return find_boilerplate([[LEAD], [line], [END]]) == [[False], [True], [False]]


def below(line: str) -> bool:
    return find_boilerplate([[LEAD], [END], [line]]) == [[False], [False], [True]]


@pytest.mark.parametrize(
    "line",
    [
        "ann.roe@coastpost.example",
        "Updated Jan. 23, 2018, 11:08 a.m. ET",
        "Updated 3 hours ago",
        "Publié le 4 mars 2021 à 14h20",
        "READ MORE: Ferry crews vote to strike",
        "Read more about the ferry strike",
        "Related stories",
        "WATCH: Captain describes the storm",
        "Lire aussi : La grève continue",
        "Follow @annroe on X",
        "Follow us on Facebook, Twitter and Instagram.",
        "Sign up for our daily newsletter.",
        "Contributing: Peter Lindqvist, Coast Post; The Associated Press",
        "(Reporting by Ann Roe; editing by Peter Lindqvist)",
        "The Associated Press contributed to this report.",
        "This story was updated to include a comment from the company.",
        "Correction: An earlier version of this article misstated the fare.",
        "(AP Photo/Ann Roe)",
        "A ferry leaves Port Ellery on Monday. (AP Photo/Ann Roe)",
        "Photo: Ann Roe / Coast Post",
        "Image source, Getty Images",
        "ADVERTISEMENT",
        "Story continues below advertisement",
        "© 2024 Coast Post. All rights reserved.",
        "Share this article",
        "12 Comments",
        "- Published 4 March",
        "Updated",
        "ar/pl (AFP, dpa)",
        "Facebook Twitter Email Print",
    ],
)
def test_boilerplate_is_found_wherever_it_stands(line: str) -> None:
    assert above(line)
    assert between(line)
    assert below(line)


@pytest.mark.parametrize(
    "line",
    [
        "By Monday, the water had reached the school.",
        "By Ann Roe's account, the ferry had already left.",
        "Updated figures show that the ferry carried 4,000 people in March.",
        "March 4, 2021, was the day on which it closed.",
        "Read more slowly, the teacher told them.",
        "More: that was all that the children wanted.",
        "More than 200 people were on board",
        "Follow the money, she said.",
        "“Follow us on Facebook,” the crews said.",
        "Get emergency alerts on your phone, the county advises residents.",
        "Contributing to the delay was a storm.",
        "Warm water contributed to this storm, scientists said.",
        "An earlier version of the bill had no fines.",
        "This article of the constitution has been amended twice.",
        "Correction: The road reopened on Tuesday, not Monday.",
        "Photo: that was all the card said.",
        "Getty Images sued the company in London.",
        "Advertisement spending fell",
        "Copyright 2024 was the subject of the conference.",
        "Share prices fell.",
        "Comments by the mayor angered the crews.",
        "Published: 1912",
        "Issued: 4 March 2021",
        "Lead: Ann Roe",
        "Video: 4K at 60 frames",
        "Fares: 4.20 for adults, 2.10 for children.",
        "Ann Roe, 42, captain",
    ],
)
def test_a_sentence_of_the_story_is_none_wherever_it_stands(line: str) -> None:
    for article in ([line, LEAD, END], [LEAD, line, END], [LEAD, END, line]):
        assert find_boilerplate([[one] for one in article]) == [[False]] * 3


@pytest.mark.parametrize(
    "line",
    ["March 4, 2021", "2021-03-04 09:41", "Ann Roe, Harbor correspondent", "Ann Roe in Oslo"],
)
def test_a_bare_date_or_name_counts_only_above_the_story(line: str) -> None:
    assert above(line)
    assert not between(line)
    assert not below(line)


@pytest.mark.parametrize(
    "line",
    [
        "By Ann Roe",
        "BY ANN ROE AND PETER LINDQVIST",
        "By Ann Roe, Staff Writer | Coast Post",
        "- Author, Ann Roe",
        "Edited by Ann Roe",
        "Von Lena Fischer",
        "Special to the Harbor Gazette",
    ],
)
def test_a_byline_counts_above_and_below_the_story_and_not_in_a_list_of_books(line: str) -> None:
    assert above(line)
    assert below(line)
    assert find_boilerplate([[LEAD], [line], [END]]) == [[False], [True], [False]]  # a summary
    assert find_boilerplate([[LEAD], [END], [line], [END]]) == [[False]] * 4


def test_who_the_author_is_counts_only_below_the_story() -> None:
    line = "Ann Roe is a reporter for the Coast Post."
    assert below(line)
    assert not above(line)
    assert not between(line)


def test_the_line_after_a_byline_names_the_paper() -> None:
    assert find_boilerplate([["By Ann Roe"], ["The Coast Post"], [LEAD]]) == [
        [True],
        [True],
        [False],
    ]
    assert find_boilerplate([["The Coast Post"], ["By Ann Roe"], [LEAD]])[0] == [False]


def test_a_line_is_what_stands_alone_in_its_paragraph() -> None:
    assert find_boilerplate([[LEAD, "By Ann Roe", END]]) == [[False] * 3]
    assert find_boilerplate([[LEAD, "Advertisement", END]]) == [[False] * 3]


def test_some_sentences_are_boilerplate_within_a_paragraph() -> None:
    paragraph = [LEAD, "The Associated Press contributed to this report.", END]
    assert find_boilerplate([paragraph]) == [[False, True, False]]


def test_what_a_credit_ends_is_its_caption() -> None:
    paragraph = ["A ferry leaves on Monday.", "It was full.", "(AP Photo/Ann Roe)"]
    assert find_boilerplate([paragraph, [LEAD]]) == [[True] * 3, [False]]


def test_a_notice_about_the_article_goes_on_to_the_end_of_its_paragraph() -> None:
    notice = ["An earlier version of this article misstated the fare.", "It is $4."]
    assert find_boilerplate([[LEAD], notice]) == [[False], [True, True]]


def test_an_article_of_nothing_but_boilerplate_has_none() -> None:
    assert find_boilerplate([["By Ann Roe"], ["A ferry leaves. (AP Photo/Ann Roe)"]]) == [
        [False],
        [False],
    ]


@given(articles)
def test_each_sentence_of_any_article_gets_a_flag_and_not_all_are_set(
    paragraphs: list[list[str]],
) -> None:
    flags = find_boilerplate(paragraphs)
    assert [len(one) for one in flags] == [len(one) for one in paragraphs]
    assert not paragraphs or not all(all(one) for one in flags)


@given(articles)
def test_a_long_paragraph_of_the_story_stays_one_whatever_is_around_it(
    paragraphs: list[list[str]],
) -> None:
    for place in range(len(paragraphs) + 1):
        around = [*paragraphs[:place], [LEAD], *paragraphs[place:]]
        assert find_boilerplate(around)[place] == [False]


def test_the_credit_after_a_caption_is_boilerplate() -> None:
    caption = ["The captain at the pier in 2021.", "Lee Kwan/AFP/Getty Images"]
    assert find_boilerplate([[LEAD], caption, [END]]) == [[False], [False, True], [False]]
