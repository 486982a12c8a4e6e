"""The exceptions that the library raises, as one tree.

    DatelineError               the base class; its text is a sentence for a person
    ├── ArticleError            an article is invalid
    ├── SourceError             a file, folder, link or line cannot be read as an article
    ├── NotFoundError           no article has that id
    │   └── CorrectedError          the article has been corrected and no longer has the quote
    ├── EncoderError            the embedding model cannot be loaded
    ├── ReaderError             the reader model cannot be loaded
    ├── SettingsError           a setting is missing, malformed or unknown
    ├── BusyError               too many questions are waiting to be answered
    ├── BackupError             a backup cannot be written, read or restored
    └── StoreError              the library on disk cannot be used
        ├── MissingLibraryError     there is no library at that path
        ├── LibraryInUseError       the library is in use, or is being restored from a backup
        ├── DamagedLibraryError     the file is not a library, or is broken
        ├── DamagedArticleError     an article is not what was added
        └── ModelMismatchError      the library's vectors come from another model

Every text says what is wrong and, if something can be done about it, what to do.
"""

from typing import Self


class DatelineError(Exception):
    """Base class of all exceptions of the library.

    Attributes:
        exit_code: of the command line.
    """

    exit_code = 1


class ArticleError(DatelineError):
    """An article is invalid: it has no text, its URL is not one, …"""


class SourceError(DatelineError):
    """A source cannot be read; the text starts with the file (and line) or the link."""


class NotFoundError(DatelineError):
    """No article has the id that was asked for."""


class CorrectedError(NotFoundError):
    """The article has been corrected and no longer contains what was quoted."""


class EncoderError(DatelineError):
    """The embedding model cannot be found or read, or has unexpected weights."""

    exit_code = 78


class ReaderError(DatelineError):
    """The reader model cannot be found or read, or has unexpected weights."""

    exit_code = 78


class SettingsError(DatelineError):
    """A setting is missing, malformed or unknown."""

    exit_code = 78


class BusyError(DatelineError):
    """Too many questions are waiting to be answered; the same one may be asked again soon."""

    exit_code = 69


class BackupError(DatelineError):
    """A backup cannot be written, is not one, or cannot be restored; nothing has been changed."""


class StoreError(DatelineError):
    """The library cannot be used: no permission, a full disk, a lock held for too long, …"""

    exit_code = 78


class MissingLibraryError(StoreError):
    """There is no library at the path yet."""

    exit_code = 1


class LibraryInUseError(StoreError):
    """A library cannot be replaced while it is in use, or used while it is being replaced."""

    exit_code = 69


class DamagedLibraryError(StoreError):
    """The file is not a library, comes from a newer version, or is broken."""


class DamagedArticleError(StoreError):
    """A stored article is not what was added, so that it cannot be quoted."""

    exit_code = 1


class ModelMismatchError(StoreError):
    """The library's vectors come from another model than the encoder."""

    @classmethod
    def between(cls, stored: str, wanted: str) -> Self:
        """The error for two models, or for two versions of one, by name."""
        wanted = "its current weights" if wanted == stored else wanted
        return cls(
            f"The library's vectors come from the model {stored}, not from {wanted}."
            " Set EMBEDDING_MODEL back, or run `python -m index rebuild` to change the model."
        )
