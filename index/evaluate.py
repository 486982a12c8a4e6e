"""Question sets to figures: how often the right sentence comes first, and what is refused."""

import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from index.article import SHARED
from index.errors import SourceError
from index.library import Library
from index.reader import Reading

CUTOFFS = (1, 3, 10)


@dataclass(frozen=True, slots=True)
class Question:
    """A question with where its answers begin in the article of a title; none: unanswerable."""

    text: str
    article: str
    starts: frozenset[int]


@dataclass(frozen=True, slots=True)
class Figures:
    """What was measured. Shares are from 0 to 1, and None where there was nothing to measure.

    ``hits`` gives, for each cutoff, the share of answerable questions with a right sentence
    among that many first; ``mrr`` the mean of 1 / rank of the first right one within 10;
    ``found`` the share of answerable questions that counted as found, ``right_of_found`` the
    share of those whose first sentence was right, and ``refused`` the share of unanswerable
    ones that did not. ``skipped`` counts questions whose article is not in the library.
    """

    answerable: int
    unanswerable: int
    skipped: int
    hits: dict[int, float | None]
    mrr: float | None
    found: float | None
    right_of_found: float | None
    refused: float | None

    def as_dict(self) -> dict[str, Any]:
        return {
            "answerable": self.answerable,
            "unanswerable": self.unanswerable,
            "skipped": self.skipped,
            **{f"hit@{cutoff}": share for cutoff, share in self.hits.items()},
            f"mrr@{max(CUTOFFS)}": self.mrr,
            "found": self.found,
            "right_of_found": self.right_of_found,
            "refused": self.refused,
        }


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
            starts = frozenset(int(answer["start"]) for answer in fields["answers"])
            questions.append(Question(str(fields["question"]), str(fields["article"]), starts))
        except (ValueError, KeyError, TypeError, RecursionError) as error:
            raise SourceError(
                f"{path}, line {number}: it is no question; it needs “question”, “article” and"
                " “answers”, each of these with a “start”."
            ) from error
    if not questions:
        raise SourceError(f"{path}: there are no questions in it.")
    return questions


def evaluate(
    library: Library,
    questions: Sequence[Question],
    collections: Sequence[str] = (SHARED,),
    progress: Callable[[int, int], None] = lambda done, total: None,
) -> Figures:
    """Ask every question of the library and compare its sentences with the right ones.

    A sentence is right when it belongs to the question's article and covers the start of one of
    the answers. An unanswerable question needs no article of its own in the library.
    """
    titles = {article.title for article in library.articles(collections)}
    ranks: list[int | None] = []
    found_ranks: list[int | None] = []
    unanswerable = refused = skipped = 0
    for done, question in enumerate(questions, 1):
        if question.starts and question.article not in titles:
            skipped += 1
            continue
        ranking = library.search(question.text, collections)
        found = library.is_found(ranking)
        if question.starts:
            rank = next(right_ranks(question, ranking.readings), None)
            ranks.append(rank)
            if found:
                found_ranks.append(rank)
        else:
            unanswerable += 1
            refused += not found
        progress(done, len(questions))
    return Figures(
        answerable=len(ranks),
        unanswerable=unanswerable,
        skipped=skipped,
        hits={c: _share(sum(r is not None and r <= c for r in ranks), len(ranks)) for c in CUTOFFS},
        mrr=_share(sum(1 / r for r in ranks if r and r <= max(CUTOFFS)), len(ranks)),
        found=_share(len(found_ranks), len(ranks)),
        right_of_found=_share(sum(rank == 1 for rank in found_ranks), len(found_ranks)),
        refused=_share(refused, unanswerable),
    )


def right_ranks(question: Question, readings: Sequence[Reading]) -> Iterator[int]:
    """The ranks, from 1, of the sentences that are right."""
    for rank, reading in enumerate(readings, 1):
        stored = reading.candidate.stored
        covered = range(stored.sentence.start, stored.sentence.end)
        if stored.article.title == question.article and any(s in covered for s in question.starts):
            yield rank


def _share(part: float, whole: int) -> float | None:
    return round(part / whole, 4) if whole else None
