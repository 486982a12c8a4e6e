"""Dateline's index: it knows articles and finds answers in them, in their own words."""

from index.adding import Addition
from index.article import (
    SHARED,
    Answer,
    Article,
    Citation,
    Context,
    FormerArticle,
    Passage,
    Sentence,
)
from index.encoder import DEFAULT_MODEL, Encoder, ModelInfo
from index.errors import (
    ArticleError,
    CorrectedError,
    DamagedLibraryError,
    DatelineError,
    EncoderError,
    MissingLibraryError,
    ModelMismatchError,
    NotFoundError,
    ReaderError,
    SettingsError,
    SourceError,
    StoreError,
)
from index.library import Library
from index.lookup import Lookup
from index.scope import Scope

__all__ = [
    "DEFAULT_MODEL",
    "SHARED",
    "Addition",
    "Answer",
    "Article",
    "ArticleError",
    "Citation",
    "Context",
    "CorrectedError",
    "DamagedLibraryError",
    "DatelineError",
    "Encoder",
    "EncoderError",
    "FormerArticle",
    "Library",
    "Lookup",
    "MissingLibraryError",
    "ModelInfo",
    "ModelMismatchError",
    "NotFoundError",
    "Passage",
    "ReaderError",
    "Scope",
    "Sentence",
    "SettingsError",
    "SourceError",
    "StoreError",
]
