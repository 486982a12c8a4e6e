"""Which example questions have an answer: asked once for each version of an article."""

from collections import OrderedDict

MAX_ARTICLES = 2000
"""Articles whose example questions are remembered; the oldest are dropped."""

Key = tuple[tuple[str, ...] | None, str, str]
"""The collections that were searched, and the id and content hash of an article."""


class AnsweredExamples(OrderedDict[Key, dict[str, bool]]):
    """Whether questions about an article were answered; in memory only."""

    def of(self, key: Key) -> dict[str, bool]:
        """The questions about an article that have been asked so far, to be added to."""
        questions = self.setdefault(key, {})
        while len(self) > MAX_ARTICLES:
            self.popitem(last=False)
        return questions
