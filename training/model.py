"""The network: a small transformer that reads a question and a run of sentences together."""

from pathlib import Path

import torch
from torch import nn
from transformers import AutoModel

from index.reader.inputs import Batch


class ReaderModel(nn.Module):
    """all-MiniLM-L6-v2 with three numbers for each token.

    The first tells how much the token speaks for its sentence as the answer (the window's [CLS]
    has its share in it), the others whether the answer starts and ends with it.

    Args:
        folder: where the encoder's weights lie.
        frozen: layers that, with the embeddings, keep their weights: less work, and what the
            words of 26,000 questions do not cover stays known.
    """

    def __init__(self, folder: Path, frozen: int = 2) -> None:
        super().__init__()
        self.backbone = AutoModel.from_pretrained(folder, add_pooling_layer=False)
        width = self.backbone.config.hidden_size
        self.token = nn.Linear(width, 3)
        self.window = nn.Linear(width, 1)
        self.backbone.eval()  # no dropout: it costs a third of the time on a CPU
        for name, parameter in self.backbone.named_parameters():
            layer = name.split("layer.")[1].split(".")[0] if "layer." in name else None
            parameter.requires_grad = layer is not None and int(layer) >= frozen

    def forward(self, ids: torch.Tensor, mask: torch.Tensor, types: torch.Tensor) -> torch.Tensor:
        """Token ids, 1 for what is no padding, 1 for what is no question: (windows, tokens) each.

        Returns:
            (windows, tokens, 3).
        """
        hidden = self.backbone(
            input_ids=ids, attention_mask=mask, token_type_ids=types
        ).last_hidden_state
        logits: torch.Tensor = self.token(hidden)
        whole = self.window(hidden[:, :1])
        return logits + torch.nn.functional.pad(whole, (0, 2))


def read_tokens(model: ReaderModel, batch: Batch) -> tuple[torch.Tensor, torch.Tensor]:
    """The sentences' tokens of a batch: their logits (tokens, 3) and their sentences' numbers."""
    logits = model(*(torch.from_numpy(a) for a in (batch.ids, batch.mask, batch.types)))
    inside = torch.from_numpy(batch.sentence >= 0)
    return logits[inside], torch.from_numpy(batch.sentence)[inside]


def sentence_scores(relevance: torch.Tensor, sentence: torch.Tensor, count: int) -> torch.Tensor:
    """The logarithm of the sum of the exponentials of each sentence's tokens."""
    most = torch.full((count,), -1e9).scatter_reduce(0, sentence, relevance.detach(), "amax")
    sums = torch.zeros(count).index_add(0, sentence, (relevance - most[sentence]).exp())
    return most + sums.clamp_min(1e-9).log()
