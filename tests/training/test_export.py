"""The exported network."""

from collections import Counter
from pathlib import Path

import numpy as np
import onnx
import pytest
import torch

from index.embedding.onnx_runtime import open_session
from tests.training.networks import LAYERS, small_network
from training.export import export
from training.model import ReaderModel


@pytest.fixture(scope="module")
def model() -> ReaderModel:
    return small_network(seed=1)


@pytest.fixture(scope="module")
def exported(model: ReaderModel, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    return export(model, tmp_path_factory.mktemp("exported"))


def operators(path: Path) -> Counter[str]:
    return Counter(node.op_type for node in onnx.load(str(path)).graph.node)


def test_it_says_what_the_network_says(model: ReaderModel, exported: tuple[Path, Path]) -> None:
    ids = torch.randint(1000, 20000, (2, 30), generator=torch.Generator().manual_seed(2))
    mask = torch.ones_like(ids)
    mask[1, 20:] = 0
    types = torch.zeros_like(ids)
    types[:, 8:] = 1
    with torch.no_grad():
        expected = model(ids, mask, types).numpy()
    inputs = {"ids": ids.numpy(), "mask": mask.numpy(), "types": types.numpy()}
    inside = mask.numpy() == 1
    fused, quantized = (open_session(path).run(None, inputs)[0] for path in exported)
    assert np.abs(fused - expected)[inside].max() < 1e-3
    assert np.abs(quantized - expected)[inside].max() < 0.5


def test_attention_is_fused_and_nothing_is_that_makes_it_slower(
    exported: tuple[Path, Path],
) -> None:
    fused, quantized = map(operators, exported)
    assert fused["Attention"] == quantized["QAttention"] == LAYERS
    slow = {"SkipLayerNormalization", "EmbedLayerNormalization", "IsNaN", "Softmax"}
    assert not slow & (fused.keys() | quantized.keys())


def test_the_network_can_be_trained_on(model: ReaderModel, exported: tuple[Path, Path]) -> None:
    assert exported
    assert model.backbone.config._attn_implementation != "eager"
