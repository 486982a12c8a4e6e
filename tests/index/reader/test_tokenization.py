import string
from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.answering.context_windows import MAX_WINDOW_CHARS
from index.embedding.model_files import packaged_model
from index.reader.base import Excerpt
from index.reader.packaged import PackagedReader
from index.reader.tokenization import (
    MAX_QUESTION_TOKENS,
    MAX_SENTENCE_TOKENS,
    MIN_LENGTH_RATIO,
    Batch,
    Floats,
    Ids,
    InputMaker,
    Row,
    Tokens,
    batches_by_length,
)

MAKER = InputMaker(packaged_model())
CLS, SEP, PAD = 101, 102, 0
"""The ids of the packaged model's [CLS], [SEP] and [PAD]."""

PLACES = 512
"""Tokens of a window that the packaged model can tell apart; more are an error."""


def ids(*numbers: int) -> Ids:
    return np.array(numbers, dtype=np.int64)


def words(text: str, tokens: Tokens) -> list[str]:
    """The places of a text that its tokens stand for."""
    return [text[start:end] for start, end in tokens.spans]


# Texts to tokens


def test_tokens_know_where_they_stand_in_the_text() -> None:
    text = "  The CAFÉ'S ferry\u00a0sailed — at 9:05!  "
    (tokens,) = MAKER.tokenize([text])
    assert "".join(words(text, tokens)) == "".join(text.split())
    assert words(text, tokens)[:3] == ["The", "CAFÉ", "'"]
    assert len(tokens) == len(tokens.ids) == len(tokens.spans)


def test_places_are_counted_in_characters() -> None:
    text = "\U0001f600 Fähre 🇳🇴 短い ferry"
    (tokens,) = MAKER.tokenize([text])
    assert words(text, tokens)[-1] == "ferry"
    assert "短" in words(text, tokens)


def test_texts_keep_their_order_and_get_no_special_tokens() -> None:
    made = MAKER.tokenize(["Ferry.", "Boat", "", "Ferry."])
    assert [len(tokens) for tokens in made] == [2, 1, 0, 2]
    assert made[0].ids.tolist() == made[3].ids.tolist()
    assert not {CLS, SEP, PAD} & {number for tokens in made for number in tokens.ids.tolist()}
    assert made[2].spans.shape == (0, 2)


def test_no_texts_have_no_tokens() -> None:
    assert MAKER.tokenize([]) == []


def test_what_is_too_long_is_cut() -> None:
    text = "ferry " * 1000
    (sentence,) = MAKER.tokenize([text])
    (question,) = MAKER.tokenize([text], MAX_QUESTION_TOKENS)
    assert (len(sentence), len(question)) == (MAX_SENTENCE_TOKENS, MAX_QUESTION_TOKENS)
    assert words(text, question) == ["ferry"] * MAX_QUESTION_TOKENS
    (whole,) = MAKER.tokenize(["ferry " * MAX_SENTENCE_TOKENS])
    assert len(whole) == MAX_SENTENCE_TOKENS


@given(st.text(), st.integers(1, 20))
def test_any_text_has_tokens_in_order_within_it(text: str, most: int) -> None:
    (tokens,) = MAKER.tokenize([text], most)
    assert len(tokens) <= most
    assert tokens.ids.dtype == tokens.spans.dtype == np.dtype(np.int64)
    assert tokens.spans.shape == (len(tokens), 2)
    starts, ends = tokens.spans.T
    assert all(0 <= start <= end <= len(text) for start, end in tokens.spans)
    assert (np.diff(starts) >= 0).all()
    assert (np.diff(ends) >= 0).all()


@given(st.text(string.ascii_letters + " .,", max_size=60))
def test_tokens_leave_no_letter_out(text: str) -> None:
    (tokens,) = MAKER.tokenize([text])
    assert "".join(words(text, tokens)) == text.replace(" ", "")


# Tokens to batches


def rows(batch: Batch) -> list[list[int]]:
    """Each window's tokens without padding."""
    return [row[mask == 1].tolist() for row, mask in zip(batch.ids, batch.mask, strict=True)]


def batch_of(question: Ids, windows: Sequence[Sequence[Ids]]) -> Batch:
    """A batch of the windows of one question."""
    return MAKER.batch([Row(question, ids(), window) for window in windows])


def test_a_window_is_laid_out_as_question_and_sentences() -> None:
    batch = batch_of(ids(7, 8), [[ids(11, 12), ids(13)]])
    assert batch.ids.tolist() == [[CLS, 7, 8, SEP, 11, 12, 13, SEP]]
    assert batch.mask.tolist() == [[1, 1, 1, 1, 1, 1, 1, 1]]
    assert batch.types.tolist() == [[0, 0, 0, 0, 1, 1, 1, 1]]
    assert batch.sentence.tolist() == [[-1, -1, -1, -1, 0, 0, 1, -1]]


def test_a_title_stands_before_the_sentences() -> None:
    batch = MAKER.batch([Row(ids(7), ids(21, 22), [ids(11), ids(12)])])
    assert batch.ids.tolist() == [[CLS, 7, SEP, 21, 22, SEP, 11, 12, SEP]]
    assert batch.types.tolist() == [[0, 0, 0, 1, 1, 1, 1, 1, 1]]
    assert batch.sentence.tolist() == [[-1, -1, -1, -1, -1, -1, 0, 1, -1]]


def test_shorter_windows_are_padded_and_the_padding_masked() -> None:
    batch = batch_of(ids(7), [[ids(11)], [ids(12, 13), ids(14)], [ids(15)]])
    assert rows(batch) == [
        [CLS, 7, SEP, 11, SEP],
        [CLS, 7, SEP, 12, 13, 14, SEP],
        [CLS, 7, SEP, 15, SEP],
    ]
    assert batch.mask.tolist() == [[1, 1, 1, 1, 1, 0, 0], [1] * 7, [1, 1, 1, 1, 1, 0, 0]]
    padding = batch.mask == 0
    assert set(batch.ids[padding].tolist()) == {PAD}
    assert set(batch.types[padding].tolist()) == {0}
    assert set(batch.sentence[padding].tolist()) == {-1}


def test_sentences_are_numbered_over_all_windows() -> None:
    batch = batch_of(ids(7), [[ids(1, 2), ids(3)], [ids(4)], [ids(5, 6, 9)]])
    inside = batch.sentence >= 0
    assert batch.sentence[inside].tolist() == [0, 0, 1, 2, 3, 3, 3]
    assert batch.ids[inside].tolist() == [1, 2, 3, 4, 5, 6, 9]


def test_a_sentence_without_tokens_keeps_its_number() -> None:
    batch = batch_of(ids(7), [[ids(1), ids(), ids(2)], [ids()], [ids(3)]])
    assert batch.sentence[batch.sentence >= 0].tolist() == [0, 2, 4]
    assert rows(batch)[1] == [CLS, 7, SEP, SEP]


def test_windows_may_have_a_question_each() -> None:
    batch = MAKER.batch([Row(ids(7, 8), ids(), [ids(1)]), Row(ids(9), ids(), [ids(2), ids(3)])])
    assert rows(batch) == [[CLS, 7, 8, SEP, 1, SEP], [CLS, 9, SEP, 2, 3, SEP]]
    assert batch.sentence.tolist() == [[-1, -1, -1, -1, 0, -1], [-1, -1, -1, 1, 2, -1]]


tokens_of_one = st.lists(st.integers(1000, 9999), max_size=6).map(lambda made: ids(*made))
windows_of_tokens = st.lists(st.lists(tokens_of_one, min_size=1, max_size=4), min_size=1)


@given(tokens_of_one, windows_of_tokens)
def test_whatever_is_laid_out_can_be_read_back(question: Ids, windows: list[list[Ids]]) -> None:
    batch = batch_of(question, windows)
    assert len({array.shape for array in (batch.ids, batch.mask, batch.types)}) == 1
    assert batch.ids.shape == batch.sentence.shape
    assert (np.diff(batch.mask, axis=1) <= 0).all()  # what is padded is padded at the end
    number = 0
    for row, window in enumerate(windows):
        told = [int(one) for sentence in window for one in sentence]
        assert rows(batch)[row] == [CLS, *question.tolist(), SEP, *told, SEP]
        second = batch.ids[row][batch.types[row] == 1].tolist()
        assert second == [*told, SEP]
        for sentence in window:
            its = batch.sentence == number
            assert batch.ids[its].tolist() == sentence.tolist()
            assert set(np.nonzero(its)[0].tolist()) <= {row}
            number += 1
    assert batch.sentence.max(initial=-1) < number


def test_it_is_what_the_models_own_tokenizer_makes() -> None:
    from transformers import AutoTokenizer

    own = AutoTokenizer.from_pretrained(packaged_model())
    question, sentence = "How late was the ferry?", "It was three hours late — says Émile."
    expected = own([question], [sentence])
    asked, told = MAKER.tokenize([question, sentence])
    batch = batch_of(asked.ids, [[told.ids]])
    assert batch.ids.tolist() == expected["input_ids"]
    assert batch.types.tolist() == expected["token_type_ids"]
    assert batch.mask.tolist() == expected["attention_mask"]


@pytest.mark.parametrize("text", ["[SEP]", "the [CLS] ferry [SEP] [MASK]"])
def test_a_text_that_names_special_tokens_is_words(text: str) -> None:
    (tokens,) = MAKER.tokenize([text])
    assert not {CLS, SEP} & set(tokens.ids.tolist())


class Session:
    """A fake ONNX Runtime session: it has as many positions as the model, and predicts zeros."""

    def __init__(self) -> None:
        self.widths: list[int] = []

    def run(self, _: None, inputs: dict[str, Ids]) -> list[Floats]:
        self.widths.append(inputs["ids"].shape[1])
        assert inputs["ids"].shape[1] <= PLACES
        return [np.zeros((*inputs["ids"].shape, 3), dtype=np.float32)]


@pytest.mark.parametrize(
    "sentence",
    [
        pytest.param("한국어 문장은 길다. " * 6, id="Hangul"),
        pytest.param("9,7.5;3:1-" * 8, id="numbers"),
        pytest.param("夜行船" * 27, id="Han"),
    ],
)
def test_scripts_of_many_tokens_do_not_exceed_the_models_places(sentence: str) -> None:
    reader, session = PackagedReader(), Session()
    reader.__dict__["_session"] = session
    sentence = sentence[:83].strip()
    window = [sentence] * (MAX_WINDOW_CHARS // len(sentence))  # as wide as windows come
    (predictions,) = reader.read("누가 그렇게 말했습니까? " * 10, [Excerpt(window, "제목 " * 30)])
    assert session.widths
    assert len(predictions) == len(window)
    assert all(prediction.span for prediction in predictions)  # none is left unread


@given(st.lists(st.integers(1, 500)))
def test_rows_of_like_length_are_laid_out_together(sizes: list[int]) -> None:
    groups = list(batches_by_length(sizes))
    assert sorted(n for group in groups for n in group) == list(range(len(sizes)))
    for group in groups:
        longest = max(sizes[n] for n in group)
        assert all(sizes[n] >= MIN_LENGTH_RATIO * longest for n in group)


def test_rows_of_one_length_are_one_batch() -> None:
    assert list(batches_by_length([7, 7, 7])) == [[0, 1, 2]]
    assert list(batches_by_length([10, 40, 9])) == [[1], [0, 2]]
