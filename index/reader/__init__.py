"""Candidates to ranked ones, with the answer in each and how sure it is."""

from index.reader.base import Finding, Reader
from index.reader.choice import choose_reader
from index.reader.packaged import DEFAULT_READER
from index.reader.ranking import Ranking, Reading

__all__ = ["DEFAULT_READER", "Finding", "Ranking", "Reader", "Reading", "choose_reader"]
