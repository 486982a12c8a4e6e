"""The network: a small transformer that reads a question and a window of sentences together."""

from pathlib import Path

import torch
from torch import nn
from transformers import AutoModel

from index.reader.tokenization import Batch


class ReaderModel(nn.Module):
    """all-MiniLM-L6-v2 with three outputs for each token.

    The first is the token's contribution to the relevance of its sentence, to which the window's
    [CLS] adds; the others are the logits that the answer starts and ends with the token.

    Args:
        folder: the folder of the encoder's weights.
        frozen_layers: the number of layers that, like the embeddings, are not trained: this takes
            less time, and words that the 26,000 questions do not contain are not forgotten.
    """

    def __init__(self, folder: Path, frozen_layers: int = 2) -> None:
        super().__init__()
        self.backbone = AutoModel.from_pretrained(folder, add_pooling_layer=False)
        width = self.backbone.config.hidden_size
        self.token = nn.Linear(width, 3)
        self.window = nn.Linear(width, 1)
        self.backbone.eval()  # no dropout: it costs a third of the time on a CPU
        for name, parameter in self.backbone.named_parameters():
            layer = name.split("layer.")[1].split(".")[0] if "layer." in name else None
            parameter.requires_grad = layer is not None and int(layer) >= frozen_layers

    def forward(self, ids: torch.Tensor, mask: torch.Tensor, types: torch.Tensor) -> torch.Tensor:
        """The outputs, shape (windows, tokens, 3).

        Args:
            ids, mask, types: as in ``Batch``, shape (windows, tokens).
        """
        hidden = self.backbone(
            input_ids=ids, attention_mask=mask, token_type_ids=types
        ).last_hidden_state
        logits: torch.Tensor = self.token(hidden)
        relevance = self.window(hidden[:, :1])
        return logits + torch.nn.functional.pad(relevance, (0, 2))


def read_tokens(model: ReaderModel, batch: Batch) -> tuple[torch.Tensor, torch.Tensor]:
    """The logits, shape (tokens, 3), of all tokens of sentences in a batch, and the number of each
    token's sentence."""
    logits = model(*(torch.from_numpy(a) for a in (batch.ids, batch.mask, batch.types)))
    inside = torch.from_numpy(batch.sentence >= 0)
    return logits[inside], torch.from_numpy(batch.sentence)[inside]


def sentence_scores(relevance: torch.Tensor, sentence: torch.Tensor, count: int) -> torch.Tensor:
    """The scores of sentences: the log-sum-exp of the relevance of each sentence's tokens.

    Args:
        relevance: of each token, shape (tokens,).
        sentence: the number of each token's sentence, shape (tokens,).
        count: the number of sentences.
    """
    highest = torch.full((count,), -1e9).scatter_reduce(0, sentence, relevance.detach(), "amax")
    sums = torch.zeros(count).index_add(0, sentence, (relevance - highest[sentence]).exp())
    return highest + sums.clamp_min(1e-9).log()
