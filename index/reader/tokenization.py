"""Model inputs of the packaged reader: questions and sentences as padded batches of tokens."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import numpy.typing as npt
from tokenizers import Tokenizer

MAX_QUESTION_TOKENS = 48
MAX_TITLE_TOKENS = 24
MAX_SENTENCE_TOKENS = 128
"""Tokens beyond which a question, a title or a sentence is truncated; few are longer."""

MAX_TOKENS = 512
"""Tokens of a question, a title and a window together that the model has positions for."""

MIN_LENGTH_RATIO = 0.75
"""The least length of a row in a batch, as a share of the longest row's."""

Ids = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Tokens:
    """The tokens of a text.

    Args:
        ids: shape (tokens,).
        spans: the ``(start, end)`` characters of each token, shape (tokens, 2).
    """

    ids: Ids
    spans: Ids

    def __len__(self) -> int:
        return len(self.ids)


@dataclass(frozen=True, slots=True)
class Batch:
    """Padded windows, one row each; all arrays have the shape (windows, tokens).

    Args:
        ids: token ids.
        mask: 1 for tokens, 0 for padding.
        types: 0 for the question, 1 for the title and the window.
        sentence: the number of the sentence that a token belongs to, counted from 0 over all
            windows; -1 for none.
    """

    ids: Ids
    mask: Ids
    types: Ids
    sentence: Ids


@dataclass(frozen=True, slots=True)
class Row:
    """The token ids of a question and a window: the title of its article, which may be empty, and
    its sentences."""

    question: Ids
    title: Ids
    sentences: Sequence[Ids]

    def __len__(self) -> int:
        """The number of tokens, separators included."""
        separators = 4 if len(self.title) else 3
        return len(self.question) + len(self.title) + sum(map(len, self.sentences)) + separators

    def fit(self) -> "Row":
        """The row, with all sentences truncated to an equal length if it is too long."""
        excess = len(self) - MAX_TOKENS
        if excess <= 0:
            return self
        length = (sum(map(len, self.sentences)) - excess) // len(self.sentences)
        return replace(self, sentences=[sentence[:length] for sentence in self.sentences])


class InputMaker:
    """Tokenizes texts and builds batches for the model.

    Args:
        folder: the folder with the ``tokenizer.json`` of a BERT-like model.
    """

    def __init__(self, folder: Path) -> None:
        self._tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
        self._tokenizer.no_truncation()
        self._tokenizer.no_padding()
        self._tokenizer.encode_special_tokens = True  # "[SEP]" in a text is text
        self._begin, self._separate = (
            np.array([self._tokenizer.token_to_id(token) or 0]) for token in ("[CLS]", "[SEP]")
        )

    def tokenize(self, texts: Sequence[str], limit: int = MAX_SENTENCE_TOKENS) -> list[Tokens]:
        """The first ``limit`` tokens of each text."""
        return [
            Tokens(
                np.array(encoding.ids[:limit], dtype=np.int64),
                np.array(encoding.offsets[:limit], dtype=np.int64).reshape(-1, 2),
            )
            for encoding in self._tokenizer.encode_batch(list(texts), add_special_tokens=False)
        ]

    def batch(self, rows: Sequence[Row]) -> Batch:
        """A batch of windows: ``[CLS] question [SEP] title [SEP] sentence sentence … [SEP]``."""
        fitted = [row.fit() for row in rows]
        shape = (len(rows), max(map(len, fitted), default=0))
        ids, mask, types = (np.zeros(shape, dtype=np.int64) for _ in range(3))
        sentence = np.full(shape, -1, dtype=np.int64)
        number = 0
        for at, row in enumerate(fitted):
            head = [*self._begin, *row.question, *self._separate]
            if len(row.title):
                head += [*row.title, *self._separate]
            lengths = [len(one) for one in row.sentences]
            start, end = len(head), len(row)
            ids[at, :end] = np.concatenate([head, *row.sentences, self._separate])
            mask[at, :end] = 1
            types[at, len(row.question) + 2 : end] = 1
            numbers = np.arange(number, number + len(lengths))
            sentence[at, start : end - 1] = np.repeat(numbers, lengths)
            number += len(lengths)
        return Batch(ids, mask, types, sentence)


def batches_by_length(lengths: Sequence[int]) -> Iterator[list[int]]:
    """Group rows of similar length, so that there is little padding: indices, longest first."""
    batch: list[int] = []
    for n in sorted(range(len(lengths)), key=lambda n: -lengths[n]):
        if batch and lengths[n] < MIN_LENGTH_RATIO * lengths[batch[0]]:
            yield batch
            batch = []
        batch.append(n)
    if batch:
        yield batch
