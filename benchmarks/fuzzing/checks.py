"""What must be true of every article, answer and card, whatever was read or asked."""

import json
from typing import Any

from bot.markdown import length
from index import Answer, Article
from index.sentences import split_sentences
from index.sources import read_bytes
from index.store.sqlite.soundness import sentence_faults

MAX_CARD_LENGTH = 4000


def check_article(article: Article) -> None:
    """Its sentences are slices in order that leave out no word, and its record gives it again."""
    places = [(s.start, s.end, s.paragraph, s.number) for s in split_sentences(article.text)]
    assert list(sentence_faults(article.id, article.text, places)) == []
    (again,) = read_bytes(json.dumps(article.as_record()).encode(), "again.jsonl")
    assert again == article, again


def check_answer(answer: Answer) -> None:
    """Its quotes are slices of the articles, and its highlights lie in the quotes."""
    assert 0 <= answer.confidence <= 1
    assert not answer.found or answer.passages
    for passage in answer.passages:
        assert passage.quote == passage.citation.article.text[passage.start : passage.end] != ""
        assert 0 <= passage.score <= 1
        assert all(0 <= start < end <= len(passage.quote) for start, end in passage.highlights)


def check_card(view: Any) -> None:
    """It is within Discord's limit."""
    texts = [item.content for item in view.walk_children() if hasattr(item, "content")]
    assert sum(map(length, texts)) <= MAX_CARD_LENGTH
    assert all(shown.strip() for shown in texts)
