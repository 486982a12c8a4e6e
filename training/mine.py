"""Hard negatives: each question's candidates in the order in which the reader so far likes them.

From the second round on, the wrong sentences that it is shown are its own mistakes, as in Xiong et
al., "Approximate nearest neighbor negative contrastive learning" (2021).
"""

import pickle
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import torch

from index.answering.context_windows import Window
from index.embedding.model_files import packaged_model
from index.embedding.onnx_runtime import open_session
from index.reader.inputs import InputMaker
from index.reader.packaged import RELEVANCE
from training.collection import Collection, Example, save
from training.export import export
from training.model import ReaderModel, sentence_scores
from training.tasks import Task, lay_out

if TYPE_CHECKING:
    from onnxruntime import InferenceSession

LOOKED_AT = 8
"""Candidates that are read again, each by itself; the others keep their places behind them."""

TOGETHER = 64
SAVED = 2048
MOST_TOKENS = 4096


def mine(collection: Collection, model: ReaderModel, kept: Path) -> Collection:
    """The collection with each question's candidates in the model's order.

    Args:
        model: the reader so far; not used where all was saved before.
        kept: where the orders are saved, so that a run that was stopped goes on.
    """
    orders: list[list[tuple[int, int]]] = []
    if kept.exists():
        with kept.open("rb") as file:
            orders = pickle.load(file)
    examples = collection.examples
    if len(orders) < len(examples):
        _, small = export(model, kept.parent)
        session = open_session(small)
        maker = InputMaker(packaged_model())
    while len(orders) < len(examples):
        some = examples[len(orders) : len(orders) + TOGETHER]
        orders += _in_order(session, maker, collection, some)
        if len(orders) % SAVED < len(some) or len(orders) == len(examples):
            save(orders, kept)
            print(f"{len(orders)} of {len(examples)} questions mined", flush=True)
    return replace(
        collection,
        examples=[
            replace(example, candidates=order)
            for example, order in zip(examples, orders, strict=True)
        ],
    )


def _in_order(
    session: "InferenceSession", maker: InputMaker, collection: Collection, some: Sequence[Example]
) -> list[list[tuple[int, int]]]:
    tasks = [
        Task(e.tokens, [Window(a, i, i) for a, i in e.candidates[:LOOKED_AT]], None) for e in some
    ]
    found: list[dict[tuple[int, int], float]] = [{} for _ in some]
    for batch, places in lay_out(maker, collection, tasks, MOST_TOKENS):
        inputs = {"ids": batch.ids, "mask": batch.mask, "types": batch.types}
        inside = batch.sentence >= 0
        logits = torch.from_numpy(session.run(None, inputs)[0][inside])
        of_sentence = torch.from_numpy(batch.sentence[inside])
        scores = sentence_scores(logits[:, RELEVANCE], of_sentence, len(places))
        for (number, *place), score in zip(places, scores.tolist(), strict=True):
            found[number][place[0], place[1]] = score
    return [
        [
            *sorted(example.candidates[:LOOKED_AT], key=lambda p: -scores.get(p, 0.0)),
            *example.candidates[LOOKED_AT:],
        ]
        for example, scores in zip(some, found, strict=True)
    ]
