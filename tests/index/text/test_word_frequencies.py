from index.text.word_frequencies import distances, log_frequency, similar_words
from index.text.words import fold


def test_words_are_folded_as_full_text_search_folds_them() -> None:
    assert [fold(word) for word in ("Erdoğan", "ÉTÉ", "ferry", "Łódź")] == [
        "erdogan",
        "ete",
        "ferry",
        "łodz",
    ]


def test_common_words_and_names_are_listed_and_strings_are_not() -> None:
    the, name, spanish = (log_frequency(word) for word in ("the", "netanyahu", "cuantas"))
    assert the is not None
    assert -2 < the < 0
    assert name is not None
    assert -8 <= name < the
    assert spanish is not None
    assert log_frequency("xqzzt") is None


def test_similar_words_are_within_a_distance() -> None:
    near = similar_words("presidnet", ("p", "rp", "re"), 2)
    assert near["president"] == 1
    assert "resident" in near
    assert set(near.values()) <= {1, 2}
    assert "resident" not in similar_words("presidnet", ("p",), 2)


def test_swapped_letters_are_one_error() -> None:
    assert distances("thier", ["their", "tier", "the"], 1) == {"their": 1, "tier": 1}
