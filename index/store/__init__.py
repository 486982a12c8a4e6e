"""Where articles, their sentences and their vectors are kept."""

import os

# FAISS reads it when it is imported: its threads would wait for the next search by spinning, and
# take a sixth of all that a question takes of the cores.
os.environ.setdefault("OMP_WAIT_POLICY", "passive")

from index.store.base import Change, Count, Hit, KeptFile, Occurrence, Store, StoredSentence, Totals
from index.store.sqlite.store import SqliteStore

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
