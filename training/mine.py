"""Hard-negative mining: each question's candidates, ranked by the reader trained so far.

From the second round on, the negatives are the reader's own mistakes: Xiong et al., "Approximate
Nearest Neighbor Negative Contrastive Learning for Dense Text Retrieval", ICLR 2021.
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
from index.reader.packaged import RELEVANCE
from index.reader.tokenization import InputMaker
from training.collection import Collection, Example, Place, save_pickle
from training.export import export
from training.model import ReaderModel, sentence_scores
from training.tasks import Task, make_batches

if TYPE_CHECKING:
    from onnxruntime import InferenceSession

RERANKED = 8
"""Candidates that are reranked, each read on its own; the others follow in their order."""

QUESTIONS_PER_STEP = 64
SAVE_INTERVAL = 2048
"""Questions after which the orders are saved."""

MAX_BATCH_TOKENS = 4096


def mine(collection: Collection, model: ReaderModel, path: Path) -> Collection:
    """The collection with each question's candidates in the model's order.

    Args:
        model: the reader trained so far; unused if all orders have been saved.
        path: the file that orders are saved to, so that an interrupted run is resumed.
    """
    orders: list[list[Place]] = []
    if path.exists():
        with path.open("rb") as file:
            orders = pickle.load(file)
    examples = collection.examples
    if len(orders) < len(examples):
        _, quantized = export(model, path.parent)
        session = open_session(quantized)
        maker = InputMaker(packaged_model())
    while len(orders) < len(examples):
        chunk = examples[len(orders) : len(orders) + QUESTIONS_PER_STEP]
        orders += _rerank(session, maker, collection, chunk)
        if len(orders) % SAVE_INTERVAL < len(chunk) or len(orders) == len(examples):
            save_pickle(orders, path)
            print(f"{len(orders)} of {len(examples)} questions mined", flush=True)
    return replace(
        collection,
        examples=[
            replace(example, candidates=order)
            for example, order in zip(examples, orders, strict=True)
        ],
    )


def _rerank(
    session: "InferenceSession",
    maker: InputMaker,
    collection: Collection,
    examples: Sequence[Example],
) -> list[list[Place]]:
    """The candidates of examples in the session's order."""
    tasks = [
        Task(e.question.text, [Window(a, i, i) for a, i in e.candidates[:RERANKED]], None)
        for e in examples
    ]
    scores_of: list[dict[Place, float]] = [{} for _ in examples]
    for batch, places in make_batches(maker, collection, tasks, MAX_BATCH_TOKENS):
        inputs = {"ids": batch.ids, "mask": batch.mask, "types": batch.types}
        inside = batch.sentence >= 0
        logits = torch.from_numpy(session.run(None, inputs)[0][inside])
        sentence = torch.from_numpy(batch.sentence[inside])
        scores = sentence_scores(logits[:, RELEVANCE], sentence, len(places))
        for (number, article, index), score in zip(places, scores.tolist(), strict=True):
            scores_of[number][article, index] = score
    return [
        [
            *sorted(example.candidates[:RERANKED], key=lambda place: -found.get(place, 0.0)),
            *example.candidates[RERANKED:],
        ]
        for example, found in zip(examples, scores_of, strict=True)
    ]
