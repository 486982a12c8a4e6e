"""Reading: which candidates the reader reads, in how many characters, and in what order.

How much is read for a question is limited, so that the time does not depend on the articles. If the
best sentence so far is hardly an answer, reading goes on: in the rest of its article and of another
one that search finds good, since search finds the right article more often than the right sentence,
and among the other candidates.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cache

from index.answering.concurrent_questions import QuestionPool
from index.answering.context_windows import Window, plan_windows
from index.answering.ranking import ReadCandidates
from index.answering.retrieval import Candidate
from index.article import Sentence
from index.embedding.base import Vectors
from index.reader import Excerpt, Reader, SentencePrediction
from index.store import Store, StoredSentence

FIRST_CHARS = 1500
"""Characters that are read for every question, counting the question once for each window."""

FURTHER_CHARS = 1500
"""Characters that are read in addition if the answer is uncertain: of the best article, as many of
the best other one, and as many of other candidates."""

SCORED_SENTENCES = 3
"""The best sentences of an article, whose hybrid scores count for it."""

KeyedSentences = Sequence[tuple[int, Sentence]]
"""The sentences of an article in order, with their keys."""


class Reading:
    """What the reader has read for one question.

    Args:
        vector: of the question, shape (width,).
        candidates: of retrieval, best first.
        searched: the number of sentences that were searched.
    """

    def __init__(
        self,
        store: Store,
        reader: Reader,
        pool: QuestionPool,
        question: str,
        vector: Vectors,
        candidates: Sequence[Candidate],
        searched: int,
    ) -> None:
        self._store = store
        self._reader = reader
        self._pool = pool
        self._question = question
        self._vector = vector
        self._searched = searched
        self._originals, self._copies = separate_copies(candidates)
        self._known = {c.stored.key: c for c in candidates}
        # Loaded when needed: most candidates' articles are never read.
        self._sentences_of: Callable[[str], KeyedSentences] = cache(self._story_of)
        self._windows: list[Window[str]] = []
        self._read: dict[int, tuple[Candidate, SentencePrediction]] = {}

    def _story_of(self, article_id: str) -> KeyedSentences:
        """The sentences of an article without boilerplate."""
        sentences = self._store.articles.keyed_sentences([article_id]).get(article_id, [])
        return [(key, sentence) for key, sentence in sentences if not sentence.is_boilerplate]

    def read(self) -> ReadCandidates:
        """Read the best candidates."""
        self._read_around(self._originals, FIRST_CHARS)
        return self._candidates()

    def read_on(self, best: Candidate) -> ReadCandidates:
        """Read more of the best sentence's article and of the best other one, and more
        candidates."""
        self._read_article(best)
        if other := self._best_candidate_outside(best.stored.article.id):
            self._read_article(other)
        self._read_around(self._originals, FURTHER_CHARS)
        return self._candidates()

    def best_of_articles(self) -> list[Candidate]:
        """The best candidate of each article, best first."""
        best: dict[str, Candidate] = {}
        for candidate in self._originals:
            best.setdefault(candidate.stored.article.id, candidate)
        return list(best.values())

    def read_articles(self, known: Sequence[Candidate], max_chars: int) -> ReadCandidates:
        """Read the sentences of the candidates' articles that are most similar to the question.

        Args:
            max_chars: characters of each article from which no further window is started.
        """
        for candidate in known:
            self._read_article(candidate, max_chars)
        return self._candidates()

    def _best_candidate_outside(self, article_id: str) -> Candidate | None:
        """The best candidate of the article with the greatest sum of hybrid scores, apart from one
        article."""
        of_article: dict[str, list[Candidate]] = {}
        for candidate in self._originals:
            if candidate.stored.article.id != article_id:
                of_article.setdefault(candidate.stored.article.id, []).append(candidate)
        best = max(
            of_article.values(),
            key=lambda own: sum(c.hybrid_score for c in own[:SCORED_SENTENCES]),
            default=[None],
        )
        return best[0]

    def _read_article(self, known: Candidate, max_chars: int = FURTHER_CHARS) -> None:
        """Read the sentences of a candidate's article that are most similar to the question."""
        article = known.stored.article
        sentences = self._sentences_of(article.id)
        cosines = self._store.dense.cosines(self._vector, [key for key, _ in sentences])
        own = [
            self._known.get(key)
            or Candidate(
                StoredSentence(key, article, sentence), cosines[key], 0.0, known.article_score
            )
            for key, sentence in sentences
            if key in cosines
        ]
        own.sort(key=lambda candidate: -candidate.hybrid_score)
        self._read_around(own, max_chars)

    def _read_around(self, candidates: Sequence[Candidate], max_chars: int) -> None:
        """Read windows around candidates that have not been read."""
        windows = plan_windows(
            self._positions(candidates),
            lambda id_: [sentence.end - sentence.start for _, sentence in self._sentences_of(id_)],
            overhead=len(self._question),
            max_chars=max_chars,
            earlier=self._windows,
        )
        self._windows += windows
        runs = self._fill(windows, candidates)
        for run, predictions in zip(runs, self._predict(runs), strict=True):
            for candidate, prediction in zip(run, predictions, strict=True):
                self._read[candidate.stored.key] = candidate, prediction

    def _positions(self, candidates: Iterable[Candidate]) -> Iterator[tuple[str, int]]:
        """The article and the index of each candidate that still exists."""
        for candidate in candidates:
            article, key = candidate.stored.article.id, candidate.stored.key
            for index, (other, _) in enumerate(self._sentences_of(article)):
                if other == key:
                    yield article, index

    def _fill(
        self, windows: Sequence[Window[str]], candidates: Sequence[Candidate]
    ) -> list[list[Candidate]]:
        """The sentences of windows as candidates; one that was deleted meanwhile is left out."""
        of_article = {c.stored.article.id: c for c in candidates}
        runs = [
            (of_article[w.article], self._sentences_of(w.article)[w.first : w.last + 1])
            for w in windows
        ]
        missing = [key for _, run in runs for key, _ in run if key not in self._known]
        cosines = self._store.dense.cosines(self._vector, missing)
        for candidate, run in runs:
            for key, sentence in run:
                if key in cosines:
                    stored = StoredSentence(key, candidate.stored.article, sentence)
                    self._known[key] = Candidate(
                        stored, cosines[key], article_score=candidate.article_score
                    )
        return [[self._known[key] for key, _ in run if key in self._known] for _, run in runs]

    def _predict(self, runs: Sequence[Sequence[Candidate]]) -> list[list[SentencePrediction]]:
        """The reader's predictions, one half of them on another thread if one is idle."""
        excerpts = [
            Excerpt([c.stored.text for c in run], run[0].stored.article.title if run else "")
            for run in runs
        ]
        if len(excerpts) < 2:
            return self._reader.read(self._question, excerpts)
        others = self._pool.fork(self._reader.read, self._question, excerpts[1::2])
        predictions: list[list[SentencePrediction]] = [[] for _ in excerpts]
        predictions[::2] = self._reader.read(self._question, excerpts[::2])
        predictions[1::2] = others()
        return predictions

    def _candidates(self) -> ReadCandidates:
        """All that was read, copies included, and the other candidates."""
        read = list(self._read.values())
        by_text = {candidate.stored.text: prediction for candidate, prediction in read}
        read += [
            (copy, by_text[copy.stored.text])
            for copy in self._copies
            if copy.stored.text in by_text and copy.stored.key not in self._read
        ]
        keys = {candidate.stored.key for candidate, _ in read}
        unread = [
            candidate
            for candidate in (*self._originals, *self._copies)
            if candidate.stored.key not in keys
        ]
        unread.sort(key=lambda candidate: -candidate.hybrid_score)
        return ReadCandidates(read, unread, self._searched)


def separate_copies(
    candidates: Sequence[Candidate],
) -> tuple[list[Candidate], list[Candidate]]:
    """The candidates to read, and those with the same text as an earlier one: a report that many
    papers print must not use up all that is read."""
    originals: dict[str, Candidate] = {}
    copies = []
    for candidate in candidates:
        text = candidate.stored.text
        if originals.setdefault(text, candidate) is not candidate:
            copies.append(candidate)
    return list(originals.values()), copies
