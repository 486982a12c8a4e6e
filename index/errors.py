"""The exceptions that the library raises, as one tree.

    DatelineError               everything below; its text is a sentence for a person
    ├── ArticleError            an article that cannot be taken, and why
    ├── SourceError             a file, folder or line that cannot be read as an article
    ├── NotFoundError           no article has that id
    │   └── CorrectedError          it has, but says something else by now
    ├── EncoderError            the embedding model cannot be loaded
    ├── ReaderError             the reader model cannot be loaded
    ├── SettingsError           a setting is missing, malformed or unknown
    └── StoreError              the library on disk cannot be used
        ├── MissingLibraryError     there is none at that path
        ├── DamagedLibraryError     it is no library, or a broken one
        └── ModelMismatchError      its vectors come from another model

Every text says what is wrong and, where there is something to do about it, what to do.
"""


class DatelineError(Exception):
    """Base of all that the library raises on purpose; ``exit_code`` is the command line's."""

    exit_code = 1


class ArticleError(DatelineError):
    """An article that cannot be taken: no text, a link that is not one, …"""


class SourceError(DatelineError):
    """A source that cannot be read; the text begins with the file (and line) it is about."""


class NotFoundError(DatelineError):
    """No article has the id that was asked for."""


class CorrectedError(NotFoundError):
    """The article no longer says what an earlier answer quoted."""


class EncoderError(DatelineError):
    """The embedding model cannot be found, read or trusted."""

    exit_code = 78


class ReaderError(DatelineError):
    """The reader model cannot be found, read or trusted."""

    exit_code = 78


class SettingsError(DatelineError):
    """A setting is missing, malformed or unknown."""

    exit_code = 78


class StoreError(DatelineError):
    """The library on disk cannot be used: no permission, a full disk, locked for too long."""

    exit_code = 78


class MissingLibraryError(StoreError):
    """Nothing has been added yet: there is no library at the path."""

    exit_code = 1


class DamagedLibraryError(StoreError):
    """The file is not one of ours, comes from a newer version, or is broken."""


class ModelMismatchError(StoreError):
    """The library's vectors come from another model than the one that asks."""
