"""The reader for a name."""

from functools import cache

from index.reader.base import Reader
from index.reader.packaged import DEFAULT_READER, PackagedReader


def choose_reader(name: str = DEFAULT_READER) -> Reader:
    """The packaged reader, which all libraries of the process share, or a reader over any
    cross-encoder or question-answering model.

    Args:
        name: ``DEFAULT_READER``, or the name or folder of a transformers model.
    """
    if name == DEFAULT_READER:
        return _packaged_reader()
    from index.reader.transformer import TransformerReader

    return TransformerReader(name)


@cache
def _packaged_reader() -> PackagedReader:
    return PackagedReader()
