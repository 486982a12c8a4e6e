"""The quality of the network on held-back questions, without the scores of retrieval."""

from collections.abc import Sequence
from dataclasses import dataclass

import torch

from index.answering.context_windows import plan_windows
from index.embedding.model_files import packaged_model
from index.reader.packaged import END, RELEVANCE, START
from index.reader.spans import expected_span
from index.reader.tokenization import InputMaker
from training.collection import Collection, Example
from training.model import ReaderModel, read_tokens, sentence_scores
from training.tasks import Task, make_batches

MAX_BATCH_TOKENS = 8192


@dataclass(frozen=True, slots=True)
class ReaderMetrics:
    """Rates from 0 to 1.

    Args:
        read: questions with a right sentence in a window.
        first: questions whose sentence with the highest score is right.
        f1: the mean F1, over tokens, of the spans predicted in right sentences.
    """

    read: float
    first: float
    f1: float


def measure(
    model: ReaderModel, collection: Collection, examples: Sequence[Example]
) -> ReaderMetrics:
    """The metrics of the network on some examples."""
    maker = InputMaker(packaged_model())
    read = first = 0
    f1_scores = []
    for example in examples:
        windows = plan_windows(
            example.candidates,
            lambda article: collection.texts[article].lengths,
            overhead=len(example.question.text),
        )
        right = {(example.article, answer.sentence): answer for answer in example.answers}
        best, best_score = None, -1e9
        with torch.inference_mode():
            task = Task(example.tokens, windows, None)
            for batch, places in make_batches(maker, collection, [task], MAX_BATCH_TOKENS):
                logits, sentence = read_tokens(model, batch)
                scores = sentence_scores(logits[:, RELEVANCE], sentence, len(places))
                for n, (_, article, index) in enumerate(places):
                    if (article, index) in right:
                        tokens = logits[sentence == n]
                        span = expected_span(tokens[:, START].numpy(), tokens[:, END].numpy())
                        answers = [a for a in example.answers if a.sentence == index]
                        f1_scores.append(best_f1(span, [(a.first, a.last) for a in answers]))
                    if float(scores[n]) > best_score:
                        best, best_score = (article, index), float(scores[n])
        read += any(w.article == a and w.first <= i <= w.last for w in windows for a, i in right)
        first += best in right
    return ReaderMetrics(
        read / len(examples), first / len(examples), sum(f1_scores) / max(1, len(f1_scores))
    )


def best_f1(span: tuple[int, int], answers: Sequence[tuple[int, int]]) -> float:
    """The best F1, over tokens, of a span with one of the answers; ends are inclusive."""
    best = 0.0
    for first, last in answers:
        common = min(last, span[1]) - max(first, span[0]) + 1
        if common > 0:
            best = max(best, 2 * common / (last - first + 1 + span[1] - span[0] + 1))
    return best
