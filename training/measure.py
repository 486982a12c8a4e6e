"""How far the network has come, on questions that it is not trained on; search is left aside."""

from collections.abc import Sequence
from dataclasses import dataclass

import torch

from index.answering.context_windows import plan_windows
from index.embedding.model_files import packaged_model
from index.reader.inputs import InputMaker
from index.reader.packaged import END, RELEVANCE, START
from index.reader.spans import expected_span
from training.collection import Collection, Example
from training.model import ReaderModel, read_tokens, sentence_scores
from training.tasks import Task, lay_out


@dataclass(frozen=True, slots=True)
class Progress:
    """Shares from 0 to 1: questions whose right sentence is read at all, comes first of those
    that are read, and the F1 of the answer marked in the right sentence."""

    read: float
    first: float
    f1: float


def measure(model: ReaderModel, collection: Collection, examples: Sequence[Example]) -> Progress:
    maker = InputMaker(packaged_model())
    read = first = 0
    marked = []
    for example in examples:
        windows = plan_windows(
            example.candidates,
            lambda article: collection.texts[article].lengths,
            overhead=len(example.question.text),
        )
        right = {(example.article, answer.sentence): answer for answer in example.answers}
        best, best_score = None, -1e9
        with torch.inference_mode():
            for batch, places in lay_out(
                maker, collection, [Task(example.tokens, windows, None)], 8192
            ):
                logits, sentence = read_tokens(model, batch)
                scores = sentence_scores(logits[:, RELEVANCE], sentence, len(places))
                for n, (_, article, index) in enumerate(places):
                    if (article, index) in right:
                        tokens = logits[sentence == n]
                        span = expected_span(tokens[:, START].numpy(), tokens[:, END].numpy())
                        marked.append(
                            overlap(
                                span,
                                [(a.first, a.last) for a in example.answers if a.sentence == index],
                            )
                        )
                    if float(scores[n]) > best_score:
                        best, best_score = (article, index), float(scores[n])
        read += any(w.article == a and w.first <= i <= w.last for w in windows for a, i in right)
        first += best in right
    return Progress(read / len(examples), first / len(examples), sum(marked) / max(1, len(marked)))


def overlap(span: tuple[int, int], answers: Sequence[tuple[int, int]]) -> float:
    """The best F1, over tokens, of a span with one of the answers; both ends are included."""
    best = 0.0
    for first, last in answers:
        common = min(last, span[1]) - max(first, span[0]) + 1
        if common > 0:
            best = max(best, 2 * common / (last - first + 1 + span[1] - span[0] + 1))
    return best
