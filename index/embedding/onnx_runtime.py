"""ONNX Runtime, set up for this program: it tells nobody what it runs."""

import os
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from onnxruntime import InferenceSession

# Its official builds send events to their makers unless this is set before they are imported.
os.environ["ORT_DISABLE_TELEMETRY"] = "1"


CORES = os.cpu_count() or 1

SLOW_FUSIONS = ["SkipLayerNormFusion"]
"""What ONNX Runtime does to make models quicker and makes them slower: its fused operator takes
five times as long as the two that it replaces (1.32, a quarter of what a reader's model takes)."""

MAPPED_FROM = 1024
"""Bytes from which a weight is worth a place in a file of its own."""


def open_session(
    model: Path | bytes, *, optimize: bool = True, save_to: Path | None = None
) -> "InferenceSession":
    """A model, ready to be run.

    Args:
        optimize: whether that is still to be done.
        save_to: where it is saved once it is optimized, but for what depends on the processor; its
            weights in a file of their own beside it, with the suffix ``.weights``.

    Raises:
        Exception: ONNX Runtime has many, for what is no model or is not there.
    """
    # Imported here: it takes a tenth of a second, and not all commands need it.
    from onnxruntime import GraphOptimizationLevel, InferenceSession, SessionOptions

    options = SessionOptions()
    if not optimize:
        options.graph_optimization_level = GraphOptimizationLevel.ORT_DISABLE_ALL
    if save_to:
        options.graph_optimization_level = GraphOptimizationLevel.ORT_ENABLE_EXTENDED
        options.optimized_model_filepath = str(save_to)
        # These are mapped, not read: of the word embeddings, half of a small model, only those of
        # the words that occur are ever in memory.
        options.add_session_config_entry(
            "session.optimized_model_external_initializers_file_name",
            save_to.with_suffix(".weights").name,
        )
        options.add_session_config_entry(
            "session.optimized_model_external_initializers_min_size_in_bytes", str(MAPPED_FROM)
        )
    # Each run has one core: what is run at the same time (a question's words are looked for beside
    # its embedding, several batches are embedded, several people ask) takes the others.
    options.intra_op_num_threads = 1
    options.enable_cpu_mem_arena = False  # it keeps what the longest batch took
    source = model if isinstance(model, bytes) else str(model)
    return InferenceSession(
        source, options, providers=["CPUExecutionProvider"], disabled_optimizers=SLOW_FUSIONS
    )
