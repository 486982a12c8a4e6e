"""Which sentences are similar to most of the others."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from index.answering.key_sentences import MAX_COSINE, MIN_LENGTH, choose_key_sentences
from index.embedding.base import Vectors

LONG = "This sentence is long enough to be a key sentence, whatever number it has: {}."


def unit(*rows: tuple[float, ...]) -> Vectors:
    vectors = np.array(rows, dtype=np.float32)
    return np.asarray(vectors / np.linalg.norm(vectors, axis=1, keepdims=True), dtype=np.float32)


def texts(count: int) -> list[str]:
    return [LONG.format(number).replace("This", "One") for number in range(count)]


def test_the_sentences_closest_to_most_others_are_chosen_in_their_order() -> None:
    vectors = unit((0, 0, 1), (1, 0.6, 0), (1, -0.6, 0), (0, 1, 0.3), (0.2, 1, 0), (0, -1, 0.2))

    chosen = choose_key_sentences(texts(6), vectors, 2)

    assert chosen == sorted(chosen)
    assert 0 not in chosen
    assert 1 in chosen


def test_repetitions_of_a_chosen_or_shown_sentence_are_left_out() -> None:
    vectors = unit((1, 0), (1, 0.01), (1, 0.02), (0, 1))

    assert len(choose_key_sentences(texts(4), vectors, 3)) == 2
    assert choose_key_sentences(texts(4), vectors, 3, shown=[0]) == [3]


def test_sentences_that_cannot_stand_alone_are_left_out() -> None:
    leaning = [
        "Short.",
        LONG.replace("This", "He"),
        LONG.replace("This", "They"),
        '"' + LONG.replace("This", "One"),
        LONG.replace("This", "One") + "”",
        f"“{LONG.replace('This', 'One')}”",
    ]
    vectors = np.eye(7, dtype=np.float32)

    assert choose_key_sentences([*leaning, texts(1)[0]], vectors, 7) == [6]


@given(
    st.data(),
    st.integers(1, 30),
    st.integers(0, 5),
)
def test_no_sentence_is_chosen_twice_or_too_similar(
    data: st.DataObject, count: int, limit: int
) -> None:
    rows = data.draw(arrays(np.float32, (count, 4), elements=st.integers(-3, 3).map(float)))
    vectors = rows / np.maximum(np.linalg.norm(rows, axis=1, keepdims=True), 1)
    shown = data.draw(st.lists(st.integers(0, count - 1), max_size=2, unique=True))
    sentences = [data.draw(st.sampled_from([*texts(2), "Short."])) for _ in range(count)]

    chosen = choose_key_sentences(sentences, vectors, limit, shown)

    assert len(chosen) <= limit
    assert chosen == sorted(set(chosen) - set(shown))
    assert all(len(sentences[number]) >= MIN_LENGTH for number in chosen)
    cosines = vectors[chosen] @ vectors[[*chosen, *shown]].T if chosen else np.zeros((0, 0))
    for row, number in enumerate(chosen):
        others = [n for n, other in enumerate([*chosen, *shown]) if other != number]
        assert all(cosines[row, n] <= MAX_COSINE + 1e-5 for n in others)
