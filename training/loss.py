"""What the network is told about some tasks."""

from collections.abc import Sequence
from dataclasses import dataclass

import torch
from torch.nn.functional import log_softmax, softplus

from index.reader.inputs import InputMaker
from index.reader.packaged import END, RELEVANCE, START
from training.collection import Collection
from training.model import ReaderModel, read_tokens, sentence_scores
from training.tasks import Recipe, Task, lay_out


@dataclass(frozen=True, slots=True)
class Loss:
    """Means over the tasks: of what is minimised, and of its parts."""

    whole: torch.Tensor
    ranking: float
    spans: float


def loss_of(
    model: ReaderModel,
    maker: InputMaker,
    collection: Collection,
    tasks: Sequence[Task],
    recipe: Recipe,
    apart: float,
) -> Loss:
    """The loss of some tasks.

    Args:
        apart: what it weighs that the wrong sentences, without the right one, are no answer.
    """
    logits, numbers = [], []
    places: list[tuple[int, int, int]] = []
    for batch, some in lay_out(maker, collection, tasks, recipe.micro_tokens):
        tokens, sentence = read_tokens(model, batch)
        logits.append(tokens)
        numbers.append(sentence + len(places))
        places += some
    tokens, sentence = torch.cat(logits), torch.cat(numbers)
    scores = sentence_scores(tokens[:, RELEVANCE], sentence, len(places))
    task_of = torch.tensor([task for task, _, _ in places])
    starts = torch.searchsorted(sentence, torch.arange(len(places)))
    where = {place: n for n, place in enumerate(places)}
    ranking, spans = [], []
    for number, task in enumerate(tasks):
        # Nothing answers: an option of its own, whose score is 0.
        shown = task_of == number
        everything = torch.logsumexp(torch.cat([torch.zeros(1), scores[shown]]), 0)
        if task.example is None:
            ranking.append(everything)
            continue
        by_sentence: dict[int, list[tuple[int, int]]] = {}
        for answer in task.example.answers:
            n = where.get((number, task.example.article, answer.sentence))
            if n is not None:
                by_sentence.setdefault(n, []).append((answer.first, answer.last))
        ranking.append(everything - torch.logsumexp(scores[list(by_sentence)], 0))
        wrong = shown.clone()
        wrong[list(by_sentence)] = False
        if apart and wrong.any():
            ranking[-1] = ranking[-1] + apart * softplus(torch.logsumexp(scores[wrong], 0))
        for n, answers in by_sentence.items():
            first = int(starts[n])
            last = int(starts[n + 1]) if n + 1 < len(places) else len(sentence)
            for column, which in ((START, 0), (END, 1)):
                chances = log_softmax(tokens[first:last, column], 0)
                said = torch.tensor([answer[which] for answer in answers])
                spans.append(-chances[said].mean() / (2 * len(by_sentence)))
    rank_loss = torch.stack(ranking).mean()
    span_loss = torch.stack(spans).sum() / len(tasks) if spans else torch.zeros(())
    return Loss(
        rank_loss + 2 * recipe.span_weight * span_loss,
        float(rank_loss.detach()),
        float(span_loss.detach()),
    )
