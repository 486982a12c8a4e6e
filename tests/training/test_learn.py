"""The training on a handful of questions: it learns, and goes on from where it stopped."""

from pathlib import Path

import pytest
import torch

from index.encoder import packaged_model
from index.reader.inputs import InputMaker
from index.sentences import split_sentences
from training.collection import Collection, Example, Text, find_answers
from training.data import Question
from training.learn import Recipe, make_task, sentence_scores, train
from training.measure import measure, overlap

STORIES = {
    "Ferry": "The ferry was three hours late. Forty passengers stood in the rain. All is well.",
    "Bread": "A bakery has won the prize. Its rye loaf takes three days to bake. People queue.",
    "Otter": "The zoo has nine otters. They came from Norway in May. Visitors like them.",
}
ASKED = [
    ("How late was the ferry?", "Ferry", "three hours"),
    ("Who stood in the rain?", "Ferry", "Forty passengers"),
    ("How long does the loaf take?", "Bread", "three days"),
    ("What has the bakery won?", "Bread", "the prize"),
    ("How many otters are there?", "Otter", "nine"),
    ("Where did the otters come from?", "Otter", "Norway"),
]
QUICK = Recipe(rounds=2, together=3, near_misses=0.2, lacking=0.2)


@pytest.fixture(scope="module")
def collection() -> Collection:
    maker = InputMaker(packaged_model())
    texts = []
    for title, story in STORIES.items():
        spans = [(s.start, s.end) for s in split_sentences(story)]
        cut = maker.tokens([story[a:b] for a, b in spans])
        texts.append(Text(title, spans, [t.ids for t in cut], [t.spans for t in cut]))
    every = [(article, n) for article, text in enumerate(texts) for n in range(len(text.spans))]
    examples = []
    for asked, title, answer in ASKED:
        start = STORIES[title].index(answer)
        question = Question(asked, title, "made up", ((start, start + len(answer)),), False)
        article = list(STORIES).index(title)
        tokens, miss = maker.tokens([asked, asked.replace("the", "no")])
        answers = find_answers(texts[article], question)
        examples.append(Example(question, tokens.ids, miss.ids, article, answers, every))
    return Collection(texts, examples)


def test_an_answers_tokens_are_found(collection: Collection) -> None:
    example = collection.examples[1]
    (answer,) = example.answers
    assert answer.sentence == 1
    spans = collection.texts[0].token_spans[1]
    begin = collection.texts[0].spans[1][0]
    start, end = begin + spans[answer.first][0], begin + spans[answer.last][1]
    assert STORIES["Ferry"][start:end] == "Forty passengers"


def test_a_task_holds_the_answer_or_says_that_nothing_answers(collection: Collection) -> None:
    kinds = set()
    for turn in (0, 1):
        for example in collection.examples * 1:
            task = make_task(collection, example, QUICK, turn)
            held = [
                (window.article, n)
                for window in task.windows
                for n in range(window.first, window.last + 1)
            ]
            assert len(set(held)) == len(held)
            right = (example.article, example.answers[0].sentence)
            same = task.tokens is example.tokens
            assert (task.example is None) == (right not in held or not same)
            kinds.add((task.example is None, same))
            again = make_task(collection, example, QUICK, turn)
            assert again.windows == task.windows
    assert (False, True) in kinds


def test_a_sentences_score_is_the_log_of_the_sum_of_its_tokens() -> None:
    scores = sentence_scores(torch.tensor([1.0, 2.0, -3.0]), torch.tensor([0, 0, 1]), 2)
    expected = torch.logsumexp(torch.tensor([1.0, 2.0]), 0)
    assert scores.tolist() == pytest.approx([float(expected), -3.0])


def test_training_stops_when_told_and_goes_on_to_the_same_weights(
    collection: Collection, tmp_path: Path
) -> None:
    (tmp_path / "whole").mkdir()
    (tmp_path / "parts").mkdir()
    whole = train(collection, tmp_path / "whole", QUICK)
    for _ in range(3):
        with pytest.raises(TimeoutError, match="the same command goes on"):
            train(collection, tmp_path / "parts", QUICK, minutes=0)
    parts = train(collection, tmp_path / "parts", QUICK)
    for one, other in zip(whole.parameters(), parts.parameters(), strict=True):
        assert torch.allclose(one, other, atol=1e-6)
    frozen = whole.backbone.embeddings.word_embeddings.weight
    assert not frozen.requires_grad


def test_what_it_was_shown_often_it_knows(collection: Collection, tmp_path: Path) -> None:
    often = Recipe(rounds=1, together=6, near_misses=0, lacking=0, hardest=(12,), rates=(3e-4,))
    many = Collection(collection.texts, collection.examples * 12)
    progress = measure(train(many, tmp_path, often), collection, collection.examples, often)
    assert progress.read == 1
    assert progress.first >= 5 / 6
    assert progress.f1 > 0.7


def test_spans_overlap_by_their_tokens() -> None:
    assert overlap((2, 3), [(2, 3)]) == 1
    assert overlap((2, 3), [(3, 4), (9, 9)]) == pytest.approx(0.5)
    assert overlap((2, 3), [(4, 5)]) == 0
