"""The overview of an article, all in its own words: its opening, its key sentences, and the people,
places and figures that it names."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from index.answering.article_openings import opening_sentences
from index.answering.key_sentences import choose_key_sentences
from index.article import Article, Passage, cite
from index.embedding.base import Vectors
from index.errors import NotFoundError
from index.store import Store, StoredSentence
from index.text.datelines import place_spans
from index.text.figures import find_figures
from index.text.mentions import Mention
from index.text.names import find_names

MAX_KEY_SENTENCES = 4
MAX_NAMED_SENTENCES = 1000
"""Sentences from the first on in which names and figures are looked for: in those of a whole novel
it would take some ten seconds."""

SENTENCES_FOR_EACH = 3
"""Sentences after the opening for each key sentence: of a short article, there are fewer."""


@dataclass(frozen=True, slots=True)
class Overview:
    """The overview of an article. Every text in it is a slice of the article's text.

    Args:
        opening: the first sentences of the story; None if the article has no sentences.
        key_sentences: sentences that are similar to most of the others, in the article's order.
        people, places, figures: what its first thousand sentences name, most frequent first; none
            unless they are in English.
    """

    article: Article
    opening: Passage | None
    key_sentences: tuple[Passage, ...] = ()
    people: tuple[Mention, ...] = ()
    places: tuple[Mention, ...] = ()
    figures: tuple[Mention, ...] = ()

    def text_of(self, mention: Mention) -> str:
        return self.article.text[mention.start : mention.end]

    def as_dict(self) -> dict[str, Any]:
        """The overview in the command line's JSON."""
        kinds = {"people": self.people, "places": self.places, "figures": self.figures}
        mentions = {
            kind: [
                {"text": self.text_of(one), "start": one.start, "end": one.end, "count": one.count}
                for one in of_kind
            ]
            for kind, of_kind in kinds.items()
        }
        return {
            "article": self.article.as_dict(),
            "opening": _quoted(self.opening) if self.opening else None,
            "key_sentences": [_quoted(passage) for passage in self.key_sentences],
            **mentions,
        }


def make_overview(store: Store, article_id: str) -> Overview:
    """The overview of the article with exactly this id.

    Raises:
        NotFoundError: there is no such article.
        DamagedArticleError: it is damaged.
    """
    article = store.articles.get(article_id)
    if article is None:
        raise NotFoundError(f"No article has the id “{article_id}”.")
    sentences = _story(store, article)
    if not sentences:
        return Overview(article, None)
    article = sentences[0].article
    opening = opening_sentences(sentences)
    spans = [(one.sentence.start, one.sentence.end) for one in sentences[:MAX_NAMED_SENTENCES]]
    names = find_names(article.text, spans, place_spans(article.text))
    return Overview(
        article,
        _passage(opening),
        tuple(_passage([one]) for one in _key_sentences(store, sentences, opening)),
        tuple(names.people),
        tuple(names.places),
        tuple(find_figures(article.text, spans)),
    )


def _story(store: Store, article: Article) -> list[StoredSentence]:
    """The sentences of an article, as they are in one version of it, without boilerplate, unless
    there is nothing else."""
    keyed = store.articles.keyed_sentences([article.id]).get(article.id, [])
    stored = store.articles.fetch([key for key, _ in keyed])
    sentences = [stored[key] for key, _ in keyed if key in stored]
    versions = {one.article.content_hash for one in sentences}
    if len(versions) > 1:  # it was corrected in the meantime
        return []
    return [one for one in sentences if not one.sentence.is_boilerplate] or sentences


def _key_sentences(
    store: Store, sentences: Sequence[StoredSentence], opening: Sequence[StoredSentence]
) -> list[StoredSentence]:
    """The key sentences beside the opening; none while vectors are missing."""
    limit = min(MAX_KEY_SENTENCES, (len(sentences) - len(opening)) // SENTENCES_FOR_EACH)
    if limit < 1 or store.model is None:
        return []
    by_text = store.articles.vectors_by_text(sentences[0].article.id, store.model)
    known = [one for one in sentences if one.text in by_text]
    shown = {one.key for one in opening}
    if not shown <= {one.key for one in known}:
        return []
    vectors: Vectors = np.stack([by_text[one.text] for one in known]).astype(np.float32)
    numbers = [number for number, one in enumerate(known) if one.key in shown]
    texts = [one.text for one in known]
    return [known[number] for number in choose_key_sentences(texts, vectors, limit, numbers)]


def _passage(sentences: Sequence[StoredSentence]) -> Passage:
    """Adjacent sentences as a passage."""
    article, first = sentences[0].article, sentences[0].sentence
    start, end = first.start, sentences[-1].sentence.end
    return Passage(start, end, 1.0, cite(article, start, end, first, sentences[-1].sentence))


def _quoted(passage: Passage) -> dict[str, Any]:
    citation = passage.citation
    return {
        "quote": passage.quote,
        "start": passage.start,
        "end": passage.end,
        "paragraph": citation.paragraph,
        "sentence": citation.sentence,
        "link": citation.link,
    }
