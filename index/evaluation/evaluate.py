"""Question sets to figures: is the right sentence first, the answer marked, the doubt justified?"""

import json
import re
import string
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from index.answering.ranking import Reading
from index.article import Passage
from index.errors import SourceError
from index.evaluation.metrics import Asked
from index.library import Library
from index.scope import SHARED_ONLY, Scope
from index.store import StoredSentence

WITHIN = 10
"""How far down a right sentence is looked for."""


@dataclass(frozen=True, slots=True)
class Question:
    """A question with where its answers begin in the article of a title; none: unanswerable.

    ``texts`` are the answers' words, where they are known.
    """

    text: str
    article: str
    starts: frozenset[int]
    texts: tuple[str, ...] = ()


def read_questions(path: Path) -> list[Question]:
    """The questions of a ``.jsonl`` file; see ``docs/evaluating.md`` for its fields.

    Raises:
        SourceError: the file cannot be read, or a line of it is no question.
    """
    try:
        lines = path.read_text(encoding="utf-8-sig").split("\n")
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
                Question(str(fields["question"]), str(fields["article"]), starts, texts)
            )
        except (ValueError, KeyError, TypeError, RecursionError) as error:
            raise SourceError(
                f"{path}, line {number}: it is no question; it needs “question”, “article” and"
                " “answers”, each of these with a “start”."
            ) from error
    if not questions:
        raise SourceError(f"{path}: there are no questions in it.")
    return questions


def without_answers(questions: Sequence[Question]) -> list[Question]:
    """The same questions, for a library that holds nothing about them: unanswerable."""
    return [replace(question, starts=frozenset(), texts=()) for question in questions]


def ask_all(
    library: Library,
    questions: Sequence[Question],
    scope: Scope = SHARED_ONLY,
    progress: Callable[[int, int], None] = lambda done, total: None,
) -> Iterator[Asked]:
    """Ask every question of the library and compare its sentences with the right ones.

    A sentence is right when it belongs to the question's article and covers the start of one of
    the answers. An unanswerable question needs no article of its own in the library; an
    answerable one whose article is not there is left out.
    """
    titles = {article.title for article in library.articles(scope)}
    for done, question in enumerate(questions, 1):
        if not question.starts or question.article in titles:
            ranking = library.search(question.text, scope)
            ranks = list(right_ranks(question, ranking.readings))
            passages = library.passages(question.text, ranking, 1, scope) if question.texts else ()
            marked = _marked(passages)
            yield Asked(
                answerable=bool(question.starts),
                rank=ranks[0] if ranks and ranks[0] <= WITHIN else None,
                candidate=bool(ranks),
                read=any(ranking.readings[rank - 1].finding for rank in ranks),
                found=library.is_found(ranking),
                confidence=ranking.confidence,
                exact=max(
                    (float(_words(marked) == _words(t)) for t in question.texts), default=None
                ),
                f1=max((f1(marked, text) for text in question.texts), default=None),
            )
        progress(done, len(questions))


def compare(
    library: Library, questions: Sequence[Question], scope: Scope = SHARED_ONLY
) -> dict[str, list[int | None]]:
    """For each plain way of searching, the rank of the first right sentence of each question."""
    ranks: dict[str, list[int | None]] = {"dense": [], "BM25": [], "fused": []}
    titles = {article.title for article in library.articles(scope)}
    for question in questions:
        if question.starts and question.article in titles:
            for name, found in library.plain_searches(question.text, scope, WITHIN).items():
                right = (n for n, stored in enumerate(found, 1) if is_right(question, stored))
                ranks[name].append(next(right, None))
    return ranks


def right_ranks(question: Question, readings: Sequence[Reading]) -> Iterator[int]:
    """The ranks, from 1, of the sentences that are right."""
    for rank, reading in enumerate(readings, 1):
        if is_right(question, reading.candidate.stored):
            yield rank


def is_right(question: Question, stored: StoredSentence) -> bool:
    covered = range(stored.sentence.start, stored.sentence.end)
    return stored.article.title == question.article and any(s in covered for s in question.starts)


def f1(marked: str, answer: str) -> float:
    """The F1 of two texts' words, from 0 to 1, as SQuAD's own evaluation has it."""
    ours, theirs = _words(marked), _words(answer)
    common = sum((Counter(ours) & Counter(theirs)).values())
    if not ours or not theirs:
        return float(ours == theirs)
    return 2 * common / (len(ours) + len(theirs))


def _words(text: str) -> list[str]:
    """SQuAD's normalisation: lower case, without punctuation and articles."""
    bare = "".join(character for character in text.lower() if character not in string.punctuation)
    return re.sub(r"\b(a|an|the)\b", " ", bare).split()


def _marked(passages: Sequence[Passage]) -> str:
    if not passages or not passages[0].highlights:
        return ""
    start, end = passages[0].highlights[0]
    return passages[0].quote[start:end]
