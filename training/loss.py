"""The loss of the network on some tasks."""

from collections.abc import Sequence
from dataclasses import dataclass

import torch
from torch.nn.functional import log_softmax, softplus

from index.reader.packaged import END, RELEVANCE, START
from index.reader.tokenization import InputMaker
from training.collection import Collection
from training.model import ReaderModel, mixed_precision, read_tokens, sentence_scores
from training.tasks import Recipe, Task, make_batches


@dataclass(frozen=True, slots=True)
class Loss:
    """The loss that is minimized, and its parts, as means over the tasks."""

    total: torch.Tensor
    ranking: float
    spans: float


def loss_of(
    model: ReaderModel,
    maker: InputMaker,
    collection: Collection,
    tasks: Sequence[Task],
    recipe: Recipe,
    negatives_weight: float,
) -> Loss:
    """The loss of some tasks: a softmax over all sentences of each, and over the answers' tokens.

    Args:
        negatives_weight: the weight of the loss that negatives, without a right sentence, are not
            recognized as unanswerable.
    """
    logits, numbers = [], []
    places: list[tuple[int, int, int]] = []
    for batch, in_batch in make_batches(maker, collection, tasks, recipe.batch_tokens):
        with mixed_precision(model.device):
            tokens, sentence = read_tokens(model, batch)
        logits.append(tokens)
        numbers.append(sentence + len(places))
        places += in_batch
    tokens, sentence = torch.cat(logits), torch.cat(numbers)
    scores = sentence_scores(tokens[:, RELEVANCE], sentence, len(places))
    task_of = torch.tensor([task for task, _, _ in places], device=scores.device)
    counts = torch.arange(len(places), device=scores.device)
    starts = torch.searchsorted(sentence, counts).tolist()
    number_of = {place: n for n, place in enumerate(places)}
    ranking, spans = [], []
    for number, task in enumerate(tasks):
        # "Nothing answers" is one more option, whose score is 0.
        in_task = task_of == number
        normalizer = torch.logsumexp(torch.cat([scores.new_zeros(1), scores[in_task]]), 0)
        if task.example is None:
            ranking.append(normalizer)
            continue
        by_sentence: dict[int, list[tuple[int, int]]] = {}
        for answer in task.example.answers:
            n = number_of.get((number, task.example.article, answer.sentence))
            if n is not None:
                by_sentence.setdefault(n, []).append((answer.first, answer.last))
        ranking.append(normalizer - torch.logsumexp(scores[list(by_sentence)], 0))
        negative = in_task.clone()
        negative[list(by_sentence)] = False
        if negatives_weight and negative.any():
            unanswerable = softplus(torch.logsumexp(scores[negative], 0))
            ranking[-1] = ranking[-1] + negatives_weight * unanswerable
        for n, answers in by_sentence.items():
            if task.example.question.whole_sentences:
                break
            first = starts[n]
            last = starts[n + 1] if n + 1 < len(places) else len(sentence)
            for column, which in ((START, 0), (END, 1)):
                log_probabilities = log_softmax(tokens[first:last, column], 0)
                right = [answer[which] for answer in answers]
                spans.append(-log_probabilities[right].mean() / (2 * len(by_sentence)))
    rank_loss = torch.stack(ranking).mean()
    span_loss = torch.stack(spans).sum() / len(tasks) if spans else rank_loss.new_zeros(())
    return Loss(
        rank_loss + 2 * recipe.span_weight * span_loss,
        float(rank_loss.detach()),
        float(span_loss.detach()),
    )
