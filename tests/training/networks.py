"""A network for the tests of training."""

import torch
from transformers import AutoModel, BertConfig

from index.embedding.model_files import packaged_model
from training.model import ReaderModel

LAYERS = 3


def small_network(seed: int = 7) -> ReaderModel:
    """A network on the first layers of the packaged encoder, since the tests do without a
    cross-encoder's weights."""
    torch.manual_seed(seed)
    config = BertConfig.from_pretrained(packaged_model(), num_hidden_layers=LAYERS)
    model = ReaderModel(config)
    encoder = AutoModel.from_pretrained(packaged_model(), config=config, add_pooling_layer=False)
    model.backbone.load_state_dict(encoder.state_dict())
    return model
