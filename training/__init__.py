"""Training of the reader that ``index`` ships; see ``training/README.md``."""

import index.embedding.onnx_runtime  # noqa: F401  (before ONNX Runtime is imported anywhere)
