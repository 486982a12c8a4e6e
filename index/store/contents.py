"""What a store holds, for reading: articles by id and in lists, their history, and totals."""

from collections.abc import Iterator
from datetime import datetime

from index.article import Article, FormerArticle, Sentence
from index.embedding.base import ModelInfo
from index.errors import NotFoundError
from index.scope import EVERYTHING, Scope
from index.store.base import Store
from index.store.values import Totals
from index.text.surrogates import without_surrogates


class Contents:
    """The articles of a store; nothing here changes them. Every method may raise StoreError."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def get(self, article_id: str, *, even_damaged: bool = False) -> Article:
        """The article with this id or the only one that starts with it; ``even_damaged`` as in
        ``ArticleStore.get``. Raises NotFoundError, DamagedArticleError."""
        wanted = without_surrogates(article_id.strip().lower())
        article = self._store.articles.get(wanted, even_damaged=even_damaged)
        if article is None:
            raise NotFoundError(
                f"No article has the id “{article_id}”, or more than one starts with it."
            )
        return article

    def articles(
        self,
        scope: Scope = EVERYTHING,
        *,
        title: str = "",
        limit: int | None = None,
        offset: int = 0,
    ) -> list[Article]:
        """The articles of a scope, newest first; see ``ArticleStore.newest``."""
        words = without_surrogates(title)
        return self._store.articles.newest(scope, title=words, limit=limit, offset=offset)

    def count(self, scope: Scope = EVERYTHING) -> int:
        """The number of articles in a scope."""
        return self._store.articles.count(scope).articles

    def publishers(self, scope: Scope, name: str = "", limit: int = 25) -> list[str]:
        """The publishers of a scope; see ``ArticleStore.publishers``."""
        return self._store.articles.publishers(scope, without_surrogates(name), limit)

    def sentences(self, article_id: str) -> list[Sentence]:
        """The sentences of an article in order."""
        return self._store.articles.sentences(article_id)

    def history(self, article_id: str) -> list[FormerArticle]:
        """Earlier versions of an article, latest first, some pruned. Raises NotFoundError."""
        return self._store.articles.former(self.get(article_id).id)

    def last_change(self, scope: Scope = EVERYTHING) -> datetime | None:
        """When (UTC) an article of a scope was last added or changed; None if it is empty."""
        return self._store.articles.last_change(scope)

    def every_article(self, scope: Scope = EVERYTHING) -> Iterator[Article]:
        """The articles that a scope has now, newest first; see ``ArticleStore.every_article``."""
        return self._store.articles.every_article(scope)

    def problems(self) -> Iterator[str]:
        """Check everything stored for consistency; one sentence for each problem."""
        return self._store.problems()

    def totals(self) -> Totals:
        """The contents and the size of the library."""
        return self._store.totals()

    @property
    def model(self) -> ModelInfo | None:
        """The model whose vectors are in use; None until the first article."""
        return self._store.model

    @property
    def generation(self) -> int:
        """The number of changes so far."""
        return self._store.generation
