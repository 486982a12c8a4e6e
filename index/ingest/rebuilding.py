"""Rebuilding a library: splitting and embedding all of its articles again."""

from collections.abc import Callable, Iterable

from index.article import Article
from index.embedding.encoder import Encoder
from index.sentences import split_sentences
from index.store import Store

EMBED_BATCH_SIZE = 512
"""Sentences that are embedded and committed at a time: what an interruption loses at most."""

OUTDATED_SENTENCES = (
    "An earlier version of Dateline split articles of this library into sentences by other rules."
    " `python -m index rebuild --keep-vectors` splits them again and embeds only the new sentences."
)

Progress = Callable[[int, int], None]
"""Called with the number of sentences that are done, and their total."""


def rebuild(
    store: Store,
    encoder: Encoder,
    articles: Iterable[Article],
    progress: Progress,
    *,
    keep_vectors: bool = False,
) -> int:
    """Split and embed all articles of a store with an encoder; returns the number of sentences.

    Questions are answered from the old vectors meanwhile; an interrupted rebuild is resumed.

    Args:
        articles: every article of the store.
        keep_vectors: embed only the sentences that are new.

    Raises:
        ModelMismatchError: a rebuild for another model was started in the meantime, or the vectors
            that are to be kept come from another model.
    """
    model = encoder.info
    store.rebuild.start(model, keep_vectors=keep_vectors)
    for article in articles:
        store.rebuild.resplit(article, split_sentences(article.text))
        store.near_duplicates.update(article.id)
    total, done = store.articles.count().sentences, 0
    while not store.rebuild.finish():
        after = 0
        while batch := store.rebuild.pending(EMBED_BATCH_SIZE, after):
            vectors = encoder.encode([stored.text for stored in batch])
            store.rebuild.add_vectors([stored.key for stored in batch], vectors, model)
            after = batch[-1].key
            done += len(batch)
            progress(done, max(total, done))
    store.flush()
    return total
