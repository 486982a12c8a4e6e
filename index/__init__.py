"""Dateline's index: it knows articles and finds answers in them, in their own words."""

from index.answering.phrase_search import Lookup
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
from index.embedding.base import ModelInfo
from index.embedding.encoder import Encoder
from index.embedding.model_files import DEFAULT_MODEL
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
from index.ingest.adding import Addition
from index.library import Library
from index.scope import Scope
from index.text.typing_errors import Correction

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
    "Correction",
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
