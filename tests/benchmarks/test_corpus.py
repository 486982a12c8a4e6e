"""The corpus of benchmarks: as many sentences as are asked for, real ones first."""

import json
from pathlib import Path

import numpy as np
import pytest

from benchmarks.corpus import (
    ARTICLE_SENTENCES,
    SHARE_RANGE,
    Corpus,
    embedded_articles,
    real_corpus,
    recombine,
    recombined_vectors,
    sentence_texts,
)
from index import Article
from index.sentences import split_sentences
from tests.index.factories import made_up_text
from training.data import FILES


@pytest.fixture(scope="module")
def corpus() -> Corpus:
    articles = [Article(f"Real {n}", made_up_text(n, 8)) for n in range(5)]
    texts = (text for article in articles for text in sentence_texts(article))
    sentences = list(dict.fromkeys(texts))
    vectors = np.random.default_rng(1).standard_normal((len(sentences), 16)).astype(np.float32)
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    return Corpus(articles, sentences, vectors, ["Who?"], vectors[:1])


@pytest.mark.parametrize("count", [1, 7, 45, 46, 145])
def test_there_are_as_many_sentences_as_are_asked_for(corpus: Corpus, count: int) -> None:
    made = list(embedded_articles(corpus, count))
    assert sum(len(found) for _, found, _ in made) == count
    for article, found, vectors in made:
        assert len(found) == len(vectors) > 0
        assert all(article.text[one.start : one.end].strip() for one in found)
        assert np.allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-5)


def test_the_real_ones_come_first_as_they_are(corpus: Corpus) -> None:
    real = sum(len(sentence_texts(article)) for article in corpus.articles)
    made = list(embedded_articles(corpus, real + ARTICLE_SENTENCES))
    assert [article for article, _, _ in made[:-1]] == corpus.articles
    assert [found for _, found, _ in made[:-1]] == [
        split_sentences(a.text) for a in corpus.articles
    ]
    assert len(made[-1][1]) == ARTICLE_SENTENCES


def test_a_recombined_vector_lies_between_the_two_nearer_to_the_first(corpus: Corpus) -> None:
    recombination = recombine(len(corpus.sentences), 200)
    made = recombined_vectors(corpus.vectors, recombination)
    to_first = np.sum(made * corpus.vectors[recombination.first], axis=1)
    to_second = np.sum(made * corpus.vectors[recombination.second], axis=1)
    assert (to_first >= to_second - 1e-5).all()
    assert recombination.share.min() >= SHARE_RANGE[0]
    assert recombination.share.max() <= SHARE_RANGE[1]


def test_it_is_the_same_each_time(corpus: Corpus) -> None:
    one, other = (list(embedded_articles(corpus, 100)) for _ in range(2))
    assert [article for article, _, _ in one] == [article for article, _, _ in other]


def test_what_is_shared_is_read_and_embedded_once(tmp_path: Path) -> None:
    shared, text = tmp_path / "shared", "The ferry was late. Nobody complained."
    folder = shared / "eval" / "small"
    folder.mkdir(parents=True)
    (folder / "articles.jsonl").write_text(json.dumps({"title": "Ferry", "text": text}))
    asked = {"question": "How late?", "article": "Ferry", "answerable": False, "answers": []}
    (folder / "questions.jsonl").write_text(json.dumps(asked))
    for name, file in FILES.items():
        path = shared / "train" / file
        path.parent.mkdir(parents=True, exist_ok=True)
        paragraph = {"context": f"This is from {name}.", "qas": []}
        data: object = {"data": [{"title": name, "paragraphs": [paragraph]}]}
        path.write_text(json.dumps([] if name == "canard" else data))
    corpus = real_corpus(shared, tmp_path / "work")
    assert "Nobody complained." in corpus.sentences
    assert len(corpus.articles) == len(FILES)
    assert corpus.questions == ["How late?"]
    assert corpus.vectors.shape == (len(corpus.sentences), 384)
    (folder / "articles.jsonl").unlink()
    assert real_corpus(shared, tmp_path / "work").sentences == corpus.sentences
