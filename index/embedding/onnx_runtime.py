"""ONNX Runtime sessions, configured for small models on a few cores and without telemetry."""

import os
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from onnxruntime import InferenceSession

# Official builds send telemetry unless this is set before they are imported.
os.environ["ORT_DISABLE_TELEMETRY"] = "1"


CORES = os.cpu_count() or 1
"""Processor cores."""

SLOW_FUSIONS = ["SkipLayerNormFusion"]
"""Optimizations of ONNX Runtime that slow models down: in 1.32, this fused operator takes five
times as long as the two that it replaces, a quarter of the reader's time."""

MIN_EXTERNAL_BYTES = 1024
"""Size from which a weight is saved outside the model file."""


def open_session(
    model: Path | bytes, *, optimize: bool = True, save_to: Path | None = None
) -> "InferenceSession":
    """Load an ONNX model.

    Args:
        optimize: False if the model has been optimized before it was saved.
        save_to: save the optimized model there, without optimizations that depend on the processor,
            and its weights beside it with the suffix ``.weights``.

    Raises:
        Exception: one of ONNX Runtime's many, if the file is missing or not a model.
    """
    # Imported here, since it takes a tenth of a second and not all commands need it.
    from onnxruntime import GraphOptimizationLevel, InferenceSession, SessionOptions

    options = SessionOptions()
    if not optimize:
        options.graph_optimization_level = GraphOptimizationLevel.ORT_DISABLE_ALL
    if save_to:
        options.graph_optimization_level = GraphOptimizationLevel.ORT_ENABLE_EXTENDED
        options.optimized_model_filepath = str(save_to)
        # External weights are memory-mapped: of the word embeddings, half of a small model, only
        # those of the words that occur are ever loaded.
        options.add_session_config_entry(
            "session.optimized_model_external_initializers_file_name",
            save_to.with_suffix(".weights").name,
        )
        options.add_session_config_entry(
            "session.optimized_model_external_initializers_min_size_in_bytes",
            str(MIN_EXTERNAL_BYTES),
        )
    # One thread for each run: other batches, other people's questions and the full-text search
    # of the same question use the other cores.
    options.intra_op_num_threads = 1
    options.enable_cpu_mem_arena = False  # it would never release the memory of the longest batch
    source = model if isinstance(model, bytes) else str(model)
    return InferenceSession(
        source, options, providers=["CPUExecutionProvider"], disabled_optimizers=SLOW_FUSIONS
    )
