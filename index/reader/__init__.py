"""The reader: the model that predicts which sentences answer a question, and with which words."""

from index.reader.base import Excerpt, Reader, SentencePrediction
from index.reader.choice import choose_reader
from index.reader.packaged import DEFAULT_READER

__all__ = ["DEFAULT_READER", "Excerpt", "Reader", "SentencePrediction", "choose_reader"]
