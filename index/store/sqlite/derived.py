"""What is derived from the rows of articles and sentences, within the database."""

import sqlite3

from index.store.sqlite.database import FULL_TEXT_TABLES
from index.store.sqlite.rows import record_change
from index.store.sqlite.vocabulary import recollect_words


def rederive(tx: sqlite3.Connection) -> None:
    """Compute full-text indexes, words and counts anew; indexes of vectors are compared again."""
    for table in FULL_TEXT_TABLES:
        tx.execute(f"INSERT INTO {table} ({table}) VALUES ('rebuild')")
    recollect_words(tx)
    tx.execute(
        "UPDATE collections SET"
        " articles = (SELECT count(*) FROM articles WHERE collection = collections.key),"
        " sentences = (SELECT count(*) FROM sentences WHERE collection = collections.key)"
    )
    tx.execute(
        "UPDATE boilerplate SET collection ="
        " (SELECT collection FROM sentences WHERE key = boilerplate.sentence)"
    )
    for (collection,) in tx.execute("SELECT key FROM collections").fetchall():
        record_change(tx, collection)


def forget_last_version(tx: sqlite3.Connection, article: int) -> None:
    """Delete the version of an article, given by its key, that has just been replaced: a damaged
    one is no earlier version."""
    tx.execute(
        "DELETE FROM former_articles WHERE key ="
        " (SELECT max(key) FROM former_articles WHERE article = ?)",
        (article,),
    )
