"""Checks that the models in the settings work: they are loaded, and answer one question."""

import tempfile
from collections.abc import Iterator
from functools import partial

from index.article import Article
from index.errors import MissingLibraryError, ReaderError
from index.library import Library
from index.settings import LibrarySettings

ARTICLE = Article(
    "Otters",
    "The zoo of Korsvik has nine otters since Monday. They came by ship from the island of Ostra."
    " The zoo is open from nine to five.",
)
QUESTION = "How many otters does the zoo have?"


def self_check(settings: LibrarySettings) -> Iterator[str]:
    """Check the library and the models; yields a sentence for each as soon as it is checked.

    The question is asked of a temporary library, so that nothing is written into the settings' own.

    Raises:
        EncoderError, ReaderError: a model cannot be loaded or gives no answer.
        ModelMismatchError: the library's vectors come from another model.
        StoreError: the library cannot be used.
    """
    open_library = partial(
        Library.open, model=settings.embedding_model, reader=settings.reader_model
    )
    try:
        with open_library(settings.library, create=False) as library:
            count = library.count()
            articles = f"{count:,} article{'' if count == 1 else 's'}"
            yield f"The library in the folder {settings.library} has {articles}."
    except MissingLibraryError:
        yield f"There is no library in the folder {settings.library} yet; it will be created."
    with tempfile.TemporaryDirectory() as folder, open_library(folder) as library:
        library.add(ARTICLE)
        yield f"The embedding model {settings.embedding_model} works."
        answer = library.ask(QUESTION)
        if not answer.passages:
            raise ReaderError(
                f"The reader {settings.reader_model} finds nothing in an article about the question"
                f" “{QUESTION}” Choose another one with READER_MODEL."
            )
        quote = answer.passages[0].quote
        yield f"The reader {settings.reader_model} works: “{QUESTION}” gets “{quote}”"
