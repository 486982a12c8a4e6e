"""Where articles, their sentences and their vectors are stored."""

from index.store.base import Store, Vocabulary
from index.store.sqlite.store import SqliteStore
from index.store.values import Change, Count, Hit, PhraseMatch, StoredSentence, Totals, TrackedFile

__all__ = [
    "Change",
    "Count",
    "Hit",
    "PhraseMatch",
    "SqliteStore",
    "Store",
    "StoredSentence",
    "Totals",
    "TrackedFile",
    "Vocabulary",
]
