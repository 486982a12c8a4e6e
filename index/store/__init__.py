"""Where articles, their sentences and their vectors are kept."""

from index.store.base import Change, Count, Hit, KeptFile, Occurrence, Store, StoredSentence, Totals
from index.store.sqlite import SqliteStore

__all__ = [
    "Change",
    "Count",
    "Hit",
    "KeptFile",
    "Occurrence",
    "SqliteStore",
    "Store",
    "StoredSentence",
    "Totals",
]
