"""Training on a few questions: the network learns, and an interrupted training is resumed."""

import random
from dataclasses import replace
from pathlib import Path

import pytest
import torch

from index.embedding.model_files import packaged_model
from index.reader.tokenization import InputMaker, Row
from index.sentences import split_sentences
from tests.training.networks import small_network
from training import tasks
from training.collection import Collection, Example, Text, find_answers
from training.data import Question
from training.learn import train
from training.measure import best_f1, measure
from training.model import read_tokens, sentence_scores
from training.tasks import Recipe, Round, Task, draw_examples, make_tasks

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
ROUNDS = (
    Round(1e-4, 12, unanswerable=0.2, frozen_layers=2, paired=0),
    Round(7e-5, 6, unanswerable=0.2, frozen_layers=2, paired=0),
)
QUICK = Recipe(rounds=ROUNDS, batch_questions=3, near_misses=0.2)


@pytest.fixture(scope="module")
def collection() -> Collection:
    maker = InputMaker(packaged_model())
    texts = []
    for title, story in STORIES.items():
        spans = [(s.start, s.end) for s in split_sentences(story)]
        tokens = maker.tokenize([story[a:b] for a, b in spans])
        (titled,) = maker.tokenize([title])
        texts.append(Text(titled.ids, spans, [t.ids for t in tokens], [t.spans for t in tokens]))
    every = [(article, n) for article, text in enumerate(texts) for n in range(len(text.spans))]
    examples = []
    for asked, title, answer in ASKED:
        start = STORIES[title].index(answer)
        question = Question(asked, title, "made up", ((start, start + len(answer)),), False)
        article = list(STORIES).index(title)
        answers = find_answers(texts[article], question)
        own = [place for place in every if place[0] == article]
        miss = asked.replace("the", "no")
        examples.append(Example(question, [miss], article, answers, [], every, own))
    return Collection(texts, examples)


def unchanged(question: str, rng: random.Random, *, as_typed: bool) -> tuple[str, bool]:
    """In place of ``perturb``."""
    return question, False


def follow_up(example: Example) -> Example:
    """The example as a turn of a dialogue."""
    question = replace(example.question, follow_up="And how late?", earlier="Which ferry?")
    return replace(example, question=question, near_misses=())


def sentences(task: Task) -> list[tuple[int, int]]:
    """The sentences that a task shows, by article and index."""
    return [(w.article, n) for w in task.windows for n in range(w.first, w.last + 1)]


def test_an_answers_tokens_are_found(collection: Collection) -> None:
    example = collection.examples[1]
    (answer,) = example.answers
    assert answer.sentence == 1
    spans = collection.texts[0].token_spans[1]
    begin = collection.texts[0].spans[1][0]
    start, end = begin + spans[answer.first][0], begin + spans[answer.last][1]
    assert STORIES["Ferry"][start:end] == "Forty passengers"


def test_a_task_holds_the_answer_or_says_that_nothing_answers(
    collection: Collection, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        tasks, "perturb", lambda question, rng, *, as_typed: (question, rng.random() < 0.2)
    )
    kinds = set()
    for seed in range(10):
        recipe = replace(QUICK, seed=seed)
        for example in collection.examples:
            (task,) = make_tasks(collection, example, recipe, 0)
            held = sentences(task)
            assert len(set(held)) == len(held)
            right = (example.article, example.answers[0].sentence)
            changed = task.question in example.near_misses
            assert (task.example is None) == (right not in held or changed)
            kinds.add((task.example is None, changed))
            assert make_tasks(collection, example, recipe, 0) == [task]
    assert kinds == {(True, False), (True, True), (False, False)}


def test_a_question_is_shown_as_it_might_be_typed(collection: Collection) -> None:
    asked = {
        task.question
        for seed in range(30)
        for task in make_tasks(collection, collection.examples[0], replace(QUICK, seed=seed), 0)
    }
    assert "How late was the ferry?" in asked
    assert len(asked) > 5


def test_what_people_wrote_to_look_answerable_is_shown_with_what_looks_like_the_answer(
    collection: Collection,
) -> None:
    unanswerable = replace(collection.examples[0], answers=[], plausible=[2], near_misses=())
    for seed in range(10):
        recipe = replace(QUICK, seed=seed, rounds=(replace(ROUNDS[0], negatives=1),))
        (task,) = make_tasks(collection, unanswerable, recipe, 0)
        assert task.example is None
        assert any(article == unanswerable.article for article, _ in sentences(task))


def test_what_follows_up_is_shown_behind_the_question_before_it(
    collection: Collection, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tasks, "perturb", unchanged)
    turn = follow_up(collection.examples[0])
    asked = {
        make_tasks(collection, turn, replace(QUICK, seed=seed), 0)[0].question for seed in range(60)
    }
    assert asked == {turn.question.text, "how late?", "Which ferry? And how late?"}


def test_what_follows_up_alone_is_told_from_its_own_articles_sentences(
    collection: Collection, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tasks, "perturb", unchanged)
    turn = follow_up(collection.examples[0])
    recipe = replace(QUICK, rounds=(replace(ROUNDS[0], same_article=0.0, unanswerable=0.0),))
    for seed in range(20):
        (task,) = make_tasks(collection, turn, replace(recipe, seed=seed), 0)
        if task.question == "how late?":
            assert {article for article, _ in sentences(task)} == {turn.article}


def test_a_domain_is_shown_as_often_as_is_said(collection: Collection) -> None:
    news = [
        replace(example, question=replace(example.question, domain="news"))
        for example in collection.examples[:2]
    ]
    examples = [*news, *collection.examples[2:]] * 50
    round_ = Round(1e-4, share=0.5, shares={"news": 2})
    drawn = draw_examples(examples, replace(QUICK, rounds=(round_,)), 0)
    of_news = [(index, n) for index, n in drawn if index % 6 < 2]
    assert sorted(of_news) == [(index, n) for index in range(300) if index % 6 < 2 for n in (0, 1)]
    assert 70 < len(drawn) - len(of_news) < 130  # of 200
    assert drawn != sorted(drawn)
    assert drawn == draw_examples(examples, replace(QUICK, rounds=(round_,)), 0)


def test_what_answers_is_shown_with_a_near_miss_too(
    collection: Collection, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tasks, "perturb", unchanged)
    encyclopedic = [
        replace(example, question=replace(example.question, domain="squad2"))
        for example in collection.examples
    ]
    round_ = Round(1e-4, 12, unanswerable=0.3, paired=1.0)
    recipe = replace(QUICK, rounds=(round_,), near_misses=0)
    pairs = 0
    for example in encyclopedic:
        asked, *besides = make_tasks(collection, example, recipe, 0)
        if asked.example is None:
            assert not besides
            continue
        pairs += 1
        (missed,) = besides
        assert missed.question == example.near_misses[0]
        assert missed.example is None
        assert (example.article, example.answers[0].sentence) in sentences(missed)
        assert set(sentences(missed)) <= set(sentences(asked))
    assert 1 < pairs <= len(encyclopedic)
    for review in collection.examples:
        assert len(make_tasks(collection, review, recipe, 0)) == 1


def test_a_sentences_score_is_the_log_of_the_sum_of_its_tokens() -> None:
    scores = sentence_scores(torch.tensor([1.0, 2.0, -3.0]), torch.tensor([0, 0, 1]), 2)
    expected = torch.logsumexp(torch.tensor([1.0, 2.0]), 0)
    assert scores.tolist() == pytest.approx([float(expected), -3.0])


def test_training_stops_when_told_and_goes_on_to_the_same_weights(
    collection: Collection, tmp_path: Path
) -> None:
    (tmp_path / "whole").mkdir()
    (tmp_path / "parts").mkdir()
    whole = train(small_network(), collection, tmp_path / "whole", QUICK)
    for _ in range(3):
        with pytest.raises(TimeoutError, match="the same command resumes it"):
            train(small_network(), collection, tmp_path / "parts", QUICK, minutes=0)
    parts = train(small_network(), collection, tmp_path / "parts", QUICK)
    for one, other in zip(whole.parameters(), parts.parameters(), strict=True):
        assert torch.allclose(one, other, atol=1e-6)
    frozen = whole.backbone.embeddings.word_embeddings.weight
    assert not frozen.requires_grad


def test_two_processes_learn_what_one_learns(collection: Collection, tmp_path: Path) -> None:
    recipe = Recipe(rounds=(Round(1e-4, 12),), batch_questions=2)
    maker = InputMaker(packaged_model())
    (asked,) = maker.tokenize([collection.examples[0].question.text])
    batch = maker.batch([Row(asked.ids, collection.texts[0].title, collection.texts[0].tokens)])
    logits = []
    for workers in (1, 2):
        (tmp_path / str(workers)).mkdir()
        model = train(small_network(), collection, tmp_path / str(workers), recipe, workers=workers)
        with torch.inference_mode():
            logits.append(read_tokens(model, batch)[0])
    with torch.inference_mode():
        untrained = read_tokens(small_network(), batch)[0]
    learned = float((logits[0] - untrained).abs().max())
    assert float((logits[0] - logits[1]).abs().max()) < 0.05 * learned


def test_layers_are_frozen_for_as_many_rounds_as_is_said(
    collection: Collection, tmp_path: Path
) -> None:
    rounds = (Round(1e-4, frozen_layers=2), Round(1e-4, frozen_layers=0))
    packaged = small_network().state_dict()
    first = "backbone.encoder.layer.0.attention.self.query.weight"
    train(small_network(), collection, tmp_path, Recipe(rounds=rounds, batch_questions=3))
    ended = [torch.load(tmp_path / f"round-{n}.pt") for n in (1, 2)]
    assert torch.equal(ended[0][first], packaged[first])
    assert not torch.equal(ended[1][first], packaged[first])
    words = "backbone.embeddings.word_embeddings.weight"
    assert torch.equal(ended[1][words], packaged[words])


def test_what_comes_out_is_the_mean_of_the_last_rounds(
    collection: Collection, tmp_path: Path
) -> None:
    rounds = (Round(1e-4, 12),) * 3
    came_out = train(
        small_network(),
        collection,
        tmp_path,
        Recipe(rounds=rounds, batch_questions=3, averaged_rounds=2),
    )
    _, second, third = (torch.load(tmp_path / f"round-{n}.pt") for n in (1, 2, 3))
    for name, weights in came_out.state_dict().items():
        assert torch.allclose(weights, (second[name] + third[name]) / 2)
    assert not torch.equal(second["token.bias"], third["token.bias"])


def test_of_a_review_wrong_sentences_are_its_own(collection: Collection) -> None:
    recipe = replace(QUICK, rounds=(Round(1e-4, 12, same_article=1.0, unanswerable=0),))
    for example in collection.examples:
        (task,) = make_tasks(collection, example, recipe, 0)
        assert {window.article for window in task.windows} == {example.article}
        assert len(sentences(task)) > 1  # there is something to tell the right one from


def test_what_it_was_shown_often_it_knows(
    collection: Collection, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tasks, "perturb", unchanged)
    # Within a round, a question is always shown with the same wrong sentences.
    rounds = (Round(3e-4, 12, unanswerable=0, paired=0, frozen_layers=0, same_article=1),) * 6
    often = Recipe(rounds=rounds, batch_questions=6, near_misses=0)
    many = Collection(collection.texts, collection.examples * 5)
    metrics = measure(
        train(small_network(), many, tmp_path, often), collection, collection.examples
    )
    assert metrics.among_three == 1
    assert metrics.first >= 5 / 6
    assert metrics.f1 > 0.7


def test_spans_overlap_by_their_tokens() -> None:
    assert best_f1((2, 3), [(2, 3)]) == 1
    assert best_f1((2, 3), [(3, 4), (9, 9)]) == pytest.approx(0.5)
    assert best_f1((2, 3), [(4, 5)]) == 0
