"""Candidates to ranked ones, with the answer in each and how sure it is."""

from index.reader.base import Finding, Reader
from index.reader.choice import choose_reader
from index.reader.packaged import DEFAULT_READER

__all__ = ["DEFAULT_READER", "Finding", "Reader", "choose_reader"]
