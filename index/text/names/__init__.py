"""The people and places that an English text names."""

from index.text.names.recognition import Names, find_names

__all__ = ["Names", "find_names"]
