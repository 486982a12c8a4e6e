"""Where articles, their sentences and their vectors are kept."""

from index.store.base import Change, Hit, Store, StoredSentence, Totals
from index.store.sqlite import SqliteStore

__all__ = [
    "Change",
    "Hit",
    "SqliteStore",
    "Store",
    "StoredSentence",
    "Totals",
]
