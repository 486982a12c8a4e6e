"""Dateline's index: it knows articles and finds answers in them, in their own words."""

from index import interrupts as interrupts  # first of all; see there
from index import process as process  # then this one, while closed streams are still free
from index.answer import Answer, Certainty
from index.answering.overview import Overview
from index.answering.phrase_search import Lookup
from index.answering.question_search import AskOptions
from index.answering.timeline import Timeline, TimelineEntry
from index.article import (
    SHARED,
    Article,
    Citation,
    Context,
    FormerArticle,
    Passage,
    Sentence,
)
from index.conversation import NO_TURN, Turn
from index.embedding.base import ModelInfo
from index.embedding.encoder import Encoder
from index.embedding.model_files import DEFAULT_MODEL
from index.errors import (
    ArticleError,
    BackupError,
    BusyError,
    CorrectedError,
    DamagedArticleError,
    DamagedLibraryError,
    DatelineError,
    EncoderError,
    LibraryInUseError,
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
from index.stories.changed_statement import ChangedStatement
from index.stories.digest import Digest, Story
from index.text.mentions import Mention
from index.text.periods import Period
from index.text.typing_errors import Correction

__all__ = [
    "DEFAULT_MODEL",
    "NO_TURN",
    "SHARED",
    "Addition",
    "Answer",
    "Article",
    "ArticleError",
    "AskOptions",
    "BackupError",
    "BusyError",
    "Certainty",
    "ChangedStatement",
    "Citation",
    "Context",
    "CorrectedError",
    "Correction",
    "DamagedArticleError",
    "DamagedLibraryError",
    "DatelineError",
    "Digest",
    "Encoder",
    "EncoderError",
    "FormerArticle",
    "Library",
    "LibraryInUseError",
    "Lookup",
    "Mention",
    "MissingLibraryError",
    "ModelInfo",
    "ModelMismatchError",
    "NotFoundError",
    "Overview",
    "Passage",
    "Period",
    "ReaderError",
    "Scope",
    "Sentence",
    "SettingsError",
    "SourceError",
    "StoreError",
    "Story",
    "Timeline",
    "TimelineEntry",
    "Turn",
]
