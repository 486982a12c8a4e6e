"""People and places that English text names."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.sentences import split_sentences
from index.text.datelines import place_spans
from index.text.names import find_names


def named(text: str) -> tuple[list[str], list[str]]:
    spans = [(sentence.start, sentence.end) for sentence in split_sentences(text)]
    names = find_names(text, spans, place_spans(text))
    return (
        [text[name.start : name.end] for name in names.people],
        [text[name.start : name.end] for name in names.places],
    )


@pytest.mark.parametrize(
    ("sentence", "person"),
    [
        ("The road was closed by Mayor Ada Lund of the town on that day.", "Ada Lund"),
        ("The mayor of the town, Ada Lund, said that it was closed.", "Ada Lund"),
        ("The road was closed on the day, said engineer Pieter van Zyl.", "Pieter van Zyl"),
        ("Ada Lund, 47, had a house at the end of the road.", "Ada Lund"),
        ("It was in the house of Ada Lund, a retired teacher, on that day.", "Ada Lund"),
        ("It was Ada Lund, who had the keys to the house on that day.", "Ada Lund"),
        ("Gov. Ada Lund had the keys to the house on that day.", "Ada Lund"),
        ("It was closed for a day, and Maj. Gen. Ada Lund was in the house.", "Ada Lund"),
        ("He had been in the house with his wife Ada for most of that day.", "Ada"),
    ],
)
def test_a_person_is_recognized_by_the_words_around_the_name(sentence: str, person: str) -> None:
    assert named(sentence)[0] == [person]


@pytest.mark.parametrize(
    "sentence",
    [
        "The fish company Marl Lund Holdings said that it was the end of the road.",
        "The Sinar Wolio 7, a ferry that had left the port at noon, was lost.",
        "Reporters of the Harbor Wire said that the road to the town was closed.",
        "It was sent to the Lund Bridge, a crossing that was closed on that day.",
        "The price of a ticket to the Marl Strait was raised on Monday.",
    ],
)
def test_organizations_ships_and_places_are_not_people(sentence: str) -> None:
    assert named(sentence)[0] == []


def test_a_full_name_and_a_surname_are_one_person_and_the_most_frequent_comes_first() -> None:
    text = (
        "The road was closed on the day, said teacher Olav Berg. It was the end of the road.\n\n"
        "The mayor of the town, Mary Lane, was asked about it. Lane said that it was a surprise,"
        " and that the road to the house of Lane was closed."
    )
    assert named(text)[0] == ["Mary Lane", "Olav Berg"]


def test_two_people_with_the_same_surname_are_two() -> None:
    text = (
        "It was the house of Mary Lane, a retired teacher, and of the poet John Lane. "
        "Lane said that the road to the house had been closed for a day."
    )
    assert sorted(named(text)[0]) == ["John Lane", "Mary Lane"]


@pytest.mark.parametrize(
    ("sentence", "places"),
    [
        ("It was raining in Norway and in South Africa for most of the day.", 2),
        ("The bus had stopped in the village of Korsvik, and it was late.", 1),
        ("The car was found near Korsvik, at the end of the road.", 1),
        ("The bridge over the Motueka River was closed for a day.", 1),
        ("He had homes in Korsvik, Tarn and Sel, and that was the end of it.", 3),
        ("The reservoir in the Moteng valley was empty for a day.", 1),
    ],
)
def test_places_are_known_or_recognized_by_the_words_around_them(
    sentence: str, places: int
) -> None:
    people, found = named(sentence)
    assert people == []
    assert len(found) == places


@pytest.mark.parametrize(
    "sentence",
    [
        "It was closed in March, and on a Monday in May, and it was late.",
        "He had a stake in Korsvik, and that was the end of it.",
        "It was the end of the war between Israel and Hamas on that day.",
        "The song was sung in Wolof and in French for most of the day.",
        "He was paid in Kalgara stock for the end of the road.",
        "It was the law in Parliament and in the Supreme Court for a day.",
        "The engineer Georgia Whitlam was on the ship for a day.",
    ],
)
def test_other_words_after_a_preposition_are_not_places(sentence: str) -> None:
    assert set(named(sentence)[1]) <= {"Israel"}


def test_the_places_of_a_dateline_are_found_and_written_as_in_the_story() -> None:
    text = "KORSVIK, Norway (Harbor Wire) — The road was closed. It was raining in Korsvik."
    assert named(text)[1] == ["Korsvik", "Norway"]


@pytest.mark.parametrize(
    "text",
    [
        "Die Bürgermeisterin Ada Lund sagte in Berlin, dass die Straße in Norwegen gesperrt ist.",
        "La alcaldesa Ada Lund dijo en Madrid que la calle de la ciudad de Korsvik está cerrada.",
        "La maire Ada Lund, 47 ans, a dit à Paris que la route est fermée depuis lundi.",
    ],
)
def test_a_text_in_another_language_has_no_names(text: str) -> None:
    assert named(text) == ([], [])


@given(
    st.lists(
        st.sampled_from(
            "the of and in Mr Mary Lane Prime Minister said , . ' ’s \" Norway River van 47 - — Ça "
            "who a teacher mayor SADC St. of village from Korsvik's I".split(" ")
        )
        | st.text(max_size=4)
    ).map(" ".join)
)
def test_names_are_slices_of_any_text_and_no_two_are_the_same(text: str) -> None:
    spans = [(sentence.start, sentence.end) for sentence in split_sentences(text)]
    names = find_names(text, spans, place_spans(text))
    for found in (names.people, names.places):
        texts = [text[name.start : name.end] for name in found]
        assert all(one.strip() == one and one for one in texts)
        assert len({one.casefold() for one in texts}) == len(texts)
        assert all(name.count >= 1 for name in found)
