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
from training.model import ReaderModel, mixed_precision, read_tokens, sentence_scores
from training.tasks import Task, make_batches

MAX_BATCH_TOKENS = 8192
MAX_CHARS = 6000
"""Characters of an article that are read, its sentences nearest to the question first."""


@dataclass(frozen=True, slots=True)
class ReaderMetrics:
    """Rates from 0 to 1.

    Args:
        first, among_three: questions with a right sentence among those with the highest scores.
        f1: the mean F1, over tokens, of the spans predicted in right sentences.
    """

    first: float
    among_three: float
    f1: float


def measure(
    model: ReaderModel, collection: Collection, examples: Sequence[Example]
) -> ReaderMetrics:
    """The metrics of the network on answerable examples, given their own articles alone."""
    maker = InputMaker(packaged_model())
    ranks, f1_scores = [], []
    for example in examples:
        count = len(collection.texts[example.article].spans)
        windows = plan_windows(
            [*example.own, *((example.article, n) for n in range(count))],
            lambda article: collection.texts[article].lengths,
            max_chars=MAX_CHARS,
        )
        scores: dict[int, float] = {}
        with torch.inference_mode(), mixed_precision(model.device):
            task = Task(example.question.text, windows, None)
            for batch, places in make_batches(maker, collection, [task], MAX_BATCH_TOKENS):
                logits, sentence = read_tokens(model, batch)
                found = sentence_scores(logits[:, RELEVANCE], sentence, len(places)).tolist()
                for n, (_, _, index) in enumerate(places):
                    scores[index] = found[n]
                    answers = [a for a in example.answers if a.sentence == index]
                    if answers and not example.question.whole_sentences:
                        tokens = logits[sentence == n].cpu().numpy()
                        span = expected_span(tokens[:, START], tokens[:, END])
                        f1_scores.append(best_f1(span, [(a.first, a.last) for a in answers]))
        right = max(scores.get(answer.sentence, -1e9) for answer in example.answers)
        ranks.append(sum(score > right for score in scores.values()))
    return ReaderMetrics(
        sum(rank < 1 for rank in ranks) / len(ranks),
        sum(rank < 3 for rank in ranks) / len(ranks),
        sum(f1_scores) / max(1, len(f1_scores)),
    )


def best_f1(span: tuple[int, int], answers: Sequence[tuple[int, int]]) -> float:
    """The best F1, over tokens, of a span with one of the answers; ends are inclusive."""
    best = 0.0
    for first, last in answers:
        common = min(last, span[1]) - max(first, span[0]) + 1
        if common > 0:
            best = max(best, 2 * common / (last - first + 1 + span[1] - span[0] + 1))
    return best
