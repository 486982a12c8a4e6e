"""Export of the trained network to ONNX, with fused attention and quantized weights."""

import warnings
from pathlib import Path

import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from onnxruntime.transformers.fusion_options import FusionOptions
from onnxruntime.transformers.optimizer import optimize_model

from training.model import ReaderModel

OPSET = 17


def export(model: ReaderModel, work: Path) -> tuple[Path, Path]:
    """Write ``reader-fp32.onnx`` and ``reader.onnx`` (8-bit weights) to ``work``; returns both.

    Only seven bits are used (``reduce_range``): without VNNI, x86 adds pairs of products in 16
    bits, which would overflow with eight.
    """
    model.eval()
    unfused, fused, quantized = (
        work / name for name in ("reader-plain.onnx", "reader-fp32.onnx", "reader.onnx")
    )
    example = torch.ones((2, 16), dtype=torch.long)
    # ONNX Runtime can fuse eager attention, but not what torch's own is exported to.
    attention = model.backbone.config._attn_implementation
    model.backbone.set_attn_implementation("eager")
    names = ["ids", "mask", "types"]
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # about the newer exporter, which needs onnxscript
        torch.onnx.export(
            model,
            (example, example, example),
            str(unfused),
            input_names=names,
            output_names=["logits"],
            dynamic_axes={name: {0: "windows", 1: "tokens"} for name in [*names, "logits"]},
            opset_version=OPSET,
            dynamo=False,
        )
    model.backbone.set_attn_implementation(attention)
    config = model.backbone.config
    fusions = FusionOptions("bert")
    # Fused, these are slower; see ``index.embedding.onnx_runtime``.
    fusions.enable_skip_layer_norm = fusions.enable_embed_layer_norm = False
    optimize_model(
        str(unfused),
        model_type="bert",
        num_heads=config.num_attention_heads,
        hidden_size=config.hidden_size,
        optimization_options=fusions,
    ).save_model_to_file(str(fused))
    unfused.unlink()
    quantize_dynamic(
        fused,
        quantized,
        weight_type=QuantType.QInt8,
        reduce_range=True,
        per_channel=True,
        extra_options={"DefaultTensorType": 1},  # FLOAT: fused operators have no inferred type
    )
    return fused, quantized
