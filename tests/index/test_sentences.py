from itertools import pairwise

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from index import Article, ArticleError
from index.sentences import MAX_LENGTH, split_sentences
from index.text.datelines import find_dateline

WIRED = "OSLO (Coast Post) — The ferry was late. It rained.\n\nNobody complained."

PIECES = [
    *("The ferry was late", "U.S.", "Gen. ", "“Why?”", ". ", "\n", "\n\n", "\r\n", " ", "3.5", "—"),
    *(
        "OSLO (AP) — ",
        "By Ann Roe",
        "…",
        "!",
        "é",
        "日本語。",
        "🙂",
        "\u2028",
        "\u00a0",
        "x" * 700,
        "_",
        "1",
    ),
]
texts = st.one_of(st.text(), st.lists(st.sampled_from(PIECES), max_size=30).map("".join))


def split(text: str) -> list[str]:
    return [text[s.start : s.end] for s in split_sentences(text)]


def places(text: str) -> list[tuple[int, int]]:
    return [(s.paragraph, s.number) for s in split_sentences(text)]


@given(texts)
@example(WIRED)
@example("OSLO (AP) — " + "word " * 1000)
@example("0" * 1999 + " \r0")
def test_any_text_is_split_into_slices_in_order_and_apart(text: str) -> None:
    sentences = split_sentences(text)
    dateline = find_dateline(text)
    for sentence in sentences:
        slice_ = text[sentence.start : sentence.end]
        assert slice_ == slice_.strip()
        assert any(character.isalnum() for character in slice_)
        assert "\n\n" not in slice_
        assert len(slice_) <= MAX_LENGTH
        assert dateline is None or sentence.start >= dateline.end or sentence.end <= dateline.start
    assert all(a.end <= b.start for a, b in pairwise(sentences))


@given(texts)
@example(WIRED)
def test_paragraphs_and_the_sentences_in_each_are_counted_from_one(text: str) -> None:
    before = (0, 0)
    for paragraph, number in places(text):
        assert (paragraph, number) in ((before[0], before[1] + 1), (before[0] + 1, 1))
        assert paragraph > 0
        before = (paragraph, number)


@given(texts)
@example(WIRED)
def test_no_word_of_a_text_is_left_out(text: str) -> None:
    dateline = find_dateline(text)
    kept = set[int]()
    for sentence in split_sentences(text):
        kept.update(range(sentence.start, sentence.end))
    if dateline:
        kept.update(range(dateline.start, dateline.end))
    for place in range(len(text)):
        assert place in kept or not text[place].isalnum()


@given(texts)
def test_every_article_has_a_sentence(text: str) -> None:
    try:
        article = Article("A", text)
    except ArticleError:
        return
    assert split_sentences(article.text)


def test_a_dateline_is_no_sentence() -> None:
    assert split(WIRED) == ["The ferry was late.", "It rained.", "Nobody complained."]
    assert places(WIRED) == [(1, 1), (1, 2), (2, 1)]


def test_boilerplate_is_split_like_the_story_and_flagged() -> None:
    story = WIRED.partition("— ")[2]
    text = f"By Ann Roe\n\n{story} Follow us on X.\n\n© 2024 Coast Post. All rights reserved."
    assert {text[s.start : s.end]: s.is_boilerplate for s in split_sentences(text)} == {
        "By Ann Roe": True,
        "The ferry was late.": False,
        "It rained.": False,
        "Nobody complained.": False,
        "Follow us on X.": True,
        "© 2024 Coast Post.": True,
        "All rights reserved.": True,
    }


def test_a_dateline_below_a_byline_is_no_sentence() -> None:
    assert split(f"By Ann Roe\n\n{WIRED}") == ["By Ann Roe", *split(WIRED)]
    assert places(f"By Ann Roe\n{WIRED}") == [(1, 1), (2, 1), (2, 2), (3, 1)]


def test_a_paragraph_of_nothing_but_marks_is_not_counted() -> None:
    assert places("One.\n\n* * *\n\nTwo.") == [(1, 1), (2, 1)]


def test_a_wrapped_line_goes_on_in_the_next() -> None:
    text = (
        "The night ferry reached Port Ellery three hours late,\n"
        "and forty passengers had to stand in the rain on deck\nuntil it was over. Nobody"
        " complained about it at all.\nThe captain did."
    )
    assert places(text) == [(1, 1), (1, 2), (2, 1)]
    assert split(text)[0].endswith("deck\nuntil it was over.")


@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_headings_and_items_are_paragraphs_of_their_own(end: str) -> None:
    text = end.join(["What was said", "Ferries run late", "- Cold", "- Wet", "", "The end."])
    assert split(text) == ["What was said", "Ferries run late", "Cold", "Wet", "The end."]
    assert [paragraph for paragraph, _ in places(text)] == [1, 2, 3, 4, 5]


def test_a_text_without_full_stops_is_cut_at_spaces() -> None:
    text = "word " * 1000
    assert all(len(s) <= MAX_LENGTH and set(s.split()) == {"word"} for s in split(text))
    assert len(split(text)) == 3
    assert [len(s) for s in split("x" * 4500)] == [2000, 2000, 500]


@pytest.mark.parametrize(
    "run", ["!", "?", "a!", "?!", "! ", ". ", "\n", "a\n", "\u201d", '"', "U.S."]
)
def test_long_runs_are_split_in_time_that_grows_with_their_length(run: str) -> None:
    """If it grew with the square of the length, this would take minutes."""
    text = f"It was late{run * (300_000 // len(run))} Nobody complained."
    sentences = split_sentences(text)
    assert text[sentences[-1].start : sentences[-1].end].endswith("Nobody complained.")


def test_a_sentence_that_ends_in_a_long_address_is_one() -> None:
    text = f"It is at https://coast.example/{'a?b!' * 100}. Nobody complained! Is it late?"
    spans = [text[one.start : one.end] for one in split_sentences(text)]
    assert spans[-2:] == ["Nobody complained!", "Is it late?"]
    assert len(spans) == 3


def test_a_list_item_is_quoted_without_its_bullet() -> None:
    assert split("- The first. It sails.\n• The second\n3. The third\n-5 degrees") == [
        "The first.",
        "It sails.",
        "The second",
        "3. The third",
        "-5 degrees",
    ]
