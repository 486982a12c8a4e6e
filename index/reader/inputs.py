"""Questions and sentences to what the reader model takes, and back to places in the text."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt
from tokenizers import Tokenizer

QUESTION_TOKENS = 48
SENTENCE_TOKENS = 128
"""What is longer is cut: few questions and hardly a sentence are."""

MOST_TOKENS = 512
"""What the model has places for: a question and a window together."""

ALIKE = 0.75

Ids = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Tokens:
    """A text's tokens: their numbers, and where each starts and ends in the text."""

    ids: Ids
    spans: Ids

    def __len__(self) -> int:
        return len(self.ids)


@dataclass(frozen=True, slots=True)
class Batch:
    """Windows, a row each, padded: arrays of the shape (windows, tokens).

    ``sentence`` numbers the sentence that a token belongs to, over all windows from 0 in the
    order in which they were given; -1 for what belongs to none.
    """

    ids: Ids
    mask: Ids
    types: Ids
    sentence: Ids


class InputMaker:
    """Cuts texts into tokens and lays windows out for the model.

    Args:
        folder: where the ``tokenizer.json`` of a BERT-like model lies.
    """

    def __init__(self, folder: Path) -> None:
        self._tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
        self._tokenizer.no_truncation()
        self._tokenizer.no_padding()
        self._tokenizer.encode_special_tokens = True  # a text that says "[SEP]" is a text
        self._begin, self._separate = (
            self._tokenizer.token_to_id(token) or 0 for token in ("[CLS]", "[SEP]")
        )

    def tokens(self, texts: Sequence[str], most: int = SENTENCE_TOKENS) -> list[Tokens]:
        """The tokens of some texts, at most ``most`` of each."""
        return [
            Tokens(
                np.array(encoding.ids[:most], dtype=np.int64),
                np.array(encoding.offsets[:most], dtype=np.int64).reshape(-1, 2),
            )
            for encoding in self._tokenizer.encode_batch(list(texts), add_special_tokens=False)
        ]

    def lay_out(self, question: Ids, windows: Sequence[Sequence[Ids]]) -> Batch:
        """``[CLS] question [SEP] sentence sentence … [SEP]``, a row for each window."""
        return self.join([(question, window) for window in windows])

    def join(self, rows: Sequence[tuple[Ids, Sequence[Ids]]]) -> Batch:
        """As ``lay_out``, with a question for each window."""
        rows = [(question, _fitting(w, MOST_TOKENS - 3 - len(question))) for question, w in rows]
        widths = [len(question) + sum(map(len, window)) + 3 for question, window in rows]
        shape = (len(rows), max(widths))
        ids, mask, types = (np.zeros(shape, dtype=np.int64) for _ in range(3))
        sentence = np.full(shape, -1, dtype=np.int64)
        number = 0
        for row, (question, window) in enumerate(rows):
            ids[row, 0] = self._begin
            at = len(question) + 1
            ids[row, 1:at] = question
            ids[row, at] = self._separate
            at += 1
            for one in window:
                ids[row, at : at + len(one)] = one
                sentence[row, at : at + len(one)] = number
                at += len(one)
                number += 1
            ids[row, at] = self._separate
            mask[row, : at + 1] = 1
            types[row, len(question) + 2 : at + 1] = 1
        return Batch(ids, mask, types, sentence)


def alike(sizes: Sequence[int]) -> Iterator[list[int]]:
    """Which rows to lay out together so that little of it is padding: indexes, the longest
    first, of rows that have at least ``ALIKE`` of the tokens of the longest beside them."""
    some: list[int] = []
    for n in sorted(range(len(sizes)), key=lambda n: -sizes[n]):
        if some and sizes[n] < ALIKE * sizes[some[0]]:
            yield some
            some = []
        some.append(n)
    if some:
        yield some


def _fitting(window: Sequence[Ids], room: int) -> Sequence[Ids]:
    """The window or, where it has no room, as much of each of its sentences as the next."""
    if sum(map(len, window)) <= room:
        return window
    return [sentence[: room // len(window)] for sentence in window]
