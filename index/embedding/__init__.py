"""Texts to vectors: the encoder, its export to ONNX, and the models' files."""
