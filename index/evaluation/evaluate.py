"""Evaluating a library on question sets: right sentences, answer spans and confidence."""

import json
import re
import string
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from index.answer import Certainty
from index.answering.pipeline import AnsweringPipeline
from index.answering.question_search import AskOptions
from index.answering.ranking import RankedSentence, Ranking
from index.article import Passage
from index.conversation import NO_TURN, Turn
from index.errors import SourceError
from index.evaluation.metrics import EvaluatedQuestion
from index.library import Library
from index.scope import SHARED_ONLY, Scope
from index.sources.files import read_file
from index.store import StoredSentence

MAX_RANK = 10
"""The last rank at which a right sentence counts."""

ARTICLES = re.compile(r"\b(?:a|an|the)\b")


@dataclass(frozen=True, slots=True)
class Question:
    """A question of a question set.

    Args:
        article: the title of the article that answers it.
        starts: the offsets of the answers in the article's text; empty if it is unanswerable.
        texts: the texts of the answers, if they are known.
        kind: of the question, if the set has several.
        dialogue: the questions that were asked before, if it is a turn of a dialogue.
    """

    text: str
    article: str
    starts: frozenset[int]
    texts: tuple[str, ...] = ()
    kind: str = ""
    dialogue: tuple[str, ...] = ()


def read_questions(path: Path) -> list[Question]:
    """The questions in a ``.jsonl`` file; see ``docs/evaluating.md`` for its fields.

    Raises:
        SourceError: the file cannot be read, or a line is not a question.
    """
    try:
        lines = read_file(path).decode("utf-8-sig").split("\n")
    except OSError as error:
        raise SourceError(f"{path}: the questions cannot be read ({error.strerror}).") from error
    except UnicodeDecodeError as error:
        raise SourceError(f"{path}: it is not UTF-8 text; save it as UTF-8.") from error
    questions = []
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            fields = json.loads(line)
            answers = fields["answers"]
            starts = frozenset(int(answer["start"]) for answer in answers)
            texts = tuple(dict.fromkeys(str(a["text"]) for a in answers if "text" in a))
            questions.append(
                Question(
                    str(fields["question"]),
                    str(fields["article"]),
                    starts,
                    texts,
                    str(fields.get("kind", "")),
                    tuple(map(str, fields.get("dialogue", ()))),
                )
            )
        except (ValueError, KeyError, TypeError, RecursionError) as error:
            raise SourceError(
                f"{path}, line {number}: it is not a question; it needs “question”, “article” and"
                " “answers”, each with a “start”."
            ) from error
    if not questions:
        raise SourceError(f"{path}: the file contains no questions.")
    return questions


def without_answers(questions: Sequence[Question]) -> list[Question]:
    """The same questions as unanswerable ones, for a library without their articles."""
    return [replace(question, starts=frozenset(), texts=()) for question in questions]


def evaluate_all(
    library: Library,
    questions: Sequence[Question],
    scope: Scope = SHARED_ONLY,
    progress: Callable[[int, int], None] = lambda done, total: None,
) -> Iterator[EvaluatedQuestion]:
    """Ask a library every question and compare its sentences with the right ones.

    A sentence is right if it belongs to the question's article and contains the start of an answer.
    Answerable questions whose article is not in the library are skipped. A turn of a dialogue
    follows up on the turns before it, which are asked first unless they were already.
    """
    pipeline = library.pipeline
    titles = {article.title for article in library.articles(scope)}
    turns: dict[tuple[str, ...], Turn] = {(): NO_TURN}
    for done, question in enumerate(questions, 1):
        if not question.starts or question.article in titles:
            for length, earlier in enumerate(question.dialogue):
                if question.dialogue[: length + 1] not in turns:
                    ask_turn(pipeline, earlier, question.dialogue[:length], scope, turns)
            ranking, passages = ask_turn(pipeline, question.text, question.dialogue, scope, turns)
            ranks = list(right_ranks(question, ranking.sentences))
            highlighted = _first_highlight(passages)
            first = ranking.sentences[0].candidate.stored.article if ranking.sentences else None
            yield EvaluatedQuestion(
                answerable=bool(question.starts),
                rank=ranks[0] if ranks and ranks[0] <= MAX_RANK else None,
                candidate=bool(ranks),
                read=any(ranking.sentences[rank - 1].prediction for rank in ranks),
                found=pipeline.certainty(ranking) is Certainty.FOUND,
                confidence=ranking.confidence,
                article=first is not None and first.title == question.article,
                kind=question.kind,
                exact=max(
                    (float(_words(highlighted) == _words(t)) for t in question.texts), default=None
                ),
                f1=max((f1(highlighted, text) for text in question.texts), default=None),
            )
        progress(done, len(questions))


def ask_turn(
    pipeline: AnsweringPipeline,
    text: str,
    dialogue: tuple[str, ...],
    scope: Scope,
    turns: dict[tuple[str, ...], Turn],
) -> tuple[Ranking, tuple[Passage, ...]]:
    """Ask a question after the earlier ones of its dialogue, and add its turn to ``turns``.

    Args:
        turns: the turn of each dialogue so far, by its questions.

    Returns:
        The ranking, and the first passage.
    """
    previous = turns[dialogue]
    result = pipeline.search(text, scope, AskOptions(previous))
    passages = pipeline.passages(result, 1)
    turns[*dialogue, text] = pipeline.turn(result, passages, previous)
    return result.ranking, passages


def evaluate_baselines(
    library: Library, questions: Sequence[Question], scope: Scope = SHARED_ONLY
) -> dict[str, list[int | None]]:
    """For each baseline, the rank of the first right sentence for each answerable question; None if
    it is not among the first."""
    ranks: dict[str, list[int | None]] = {"dense": [], "BM25": [], "fused": []}
    titles = {article.title for article in library.articles(scope)}
    for question in questions:
        if question.starts and question.article in titles:
            baselines = library.pipeline.baselines(question.text, scope, MAX_RANK)
            for name, found in baselines.items():
                right = (n for n, stored in enumerate(found, 1) if is_right(question, stored))
                ranks[name].append(next(right, None))
    return ranks


def right_ranks(question: Question, sentences: Sequence[RankedSentence]) -> Iterator[int]:
    """The ranks of right sentences, from 1."""
    for rank, sentence in enumerate(sentences, 1):
        if is_right(question, sentence.candidate.stored):
            yield rank


def is_right(question: Question, stored: StoredSentence) -> bool:
    """Whether a sentence contains the start of an answer to a question."""
    covered = range(stored.sentence.start, stored.sentence.end)
    return stored.article.title == question.article and any(s in covered for s in question.starts)


def f1(predicted: str, answer: str) -> float:
    """The F1 of two texts' words, from 0 to 1, as in SQuAD's evaluation script."""
    ours, expected = _words(predicted), _words(answer)
    common = sum((Counter(ours) & Counter(expected)).values())
    if not ours or not expected:
        return float(ours == expected)
    return 2 * common / (len(ours) + len(expected))


def _words(text: str) -> list[str]:
    """SQuAD's normalization: lower case, without punctuation and articles."""
    bare = "".join(character for character in text.lower() if character not in string.punctuation)
    return ARTICLES.sub(" ", bare).split()


def _first_highlight(passages: Sequence[Passage]) -> str:
    if not passages or not passages[0].highlights:
        return ""
    start, end = passages[0].highlights[0]
    return passages[0].quote[start:end]
