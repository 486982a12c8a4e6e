"""A network for the tests of training."""

import torch
from transformers import AutoModel, BertConfig

from index.embedding.model_files import packaged_model
from training.model import ReaderModel


def small_network(seed: int = 7) -> ReaderModel:
    """A network on the packaged encoder's six layers, since the tests do without a
    cross-encoder's weights."""
    torch.manual_seed(seed)
    model = ReaderModel(BertConfig.from_pretrained(packaged_model()))
    encoder = AutoModel.from_pretrained(packaged_model(), add_pooling_layer=False)
    model.backbone.load_state_dict(encoder.state_dict())
    return model
