"""The trained network to the file that is shipped: ONNX, its attention fused, quantised."""

import warnings
from pathlib import Path

import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from onnxruntime.transformers.fusion_options import FusionOptions
from onnxruntime.transformers.optimizer import optimize_model

from training.model import ReaderModel

OPSET = 17


def export(model: ReaderModel, work: Path) -> tuple[Path, Path]:
    """Write ``reader-fp32.onnx`` and ``reader.onnx`` (8-bit weights) into ``work``.

    Weights keep seven bits (``reduce_range``): without VNNI, x86 adds pairs of products in 16
    bits, and eight would overflow.
    """
    model.eval()
    plain, whole, small = (
        work / name for name in ("reader-plain.onnx", "reader-fp32.onnx", "reader.onnx")
    )
    example = torch.ones((2, 16), dtype=torch.long)
    # Written out step by step it can be fused again; torch's own is exported as steps that can't.
    attention = model.backbone.config._attn_implementation
    model.backbone.set_attn_implementation("eager")
    names = ["ids", "mask", "types"]
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # it is told of a newer exporter; that one needs onnxscript
        torch.onnx.export(
            model,
            (example, example, example),
            str(plain),
            input_names=names,
            output_names=["logits"],
            dynamic_axes={name: {0: "windows", 1: "tokens"} for name in [*names, "logits"]},
            opset_version=OPSET,
            dynamo=False,
        )
    model.backbone.set_attn_implementation(attention)
    config = model.backbone.config
    fusions = FusionOptions("bert")
    # See ``index.embedding.onnx_runtime``: these are slower as one than as two.
    fusions.enable_skip_layer_norm = fusions.enable_embed_layer_norm = False
    optimize_model(
        str(plain),
        model_type="bert",
        num_heads=config.num_attention_heads,
        hidden_size=config.hidden_size,
        optimization_options=fusions,
    ).save_model_to_file(str(whole))
    plain.unlink()
    quantize_dynamic(
        whole,
        small,
        weight_type=QuantType.QInt8,
        reduce_range=True,
        per_channel=True,
        extra_options={"DefaultTensorType": 1},  # FLOAT: fused operators have no inferred type
    )
    return whole, small
