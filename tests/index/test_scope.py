"""Scopes, and follow-up questions that stay within them."""

import pytest

from index import Library, Scope


def test_a_scope_is_only_ever_narrowed() -> None:
    assert Scope().within(["a", "b"]).articles == ("a", "b")
    assert Scope(articles=("b", "c")).within(["a", "b"]).articles == ("b",)
    assert Scope(articles=("c",)).within(["a"]).articles == ()
    narrowed = Scope(("x",), ("a",), "Post").within(["a"])
    assert (narrowed.collections, narrowed.publisher) == (("x",), "Post")


@pytest.mark.parametrize("question", ["and when?", "tell me about it", "how many of them?"])
def test_a_follow_up_stays_in_the_article_that_it_is_narrowed_to(
    sample: Library, question: str
) -> None:
    previous = sample.ask("how many troops?").turn
    (ferry,) = sample.articles(title="ferries")
    assert ferry.id not in previous.articles

    answer = sample.ask(question, articles=[ferry.id], previous=previous)

    cited = {c.article.id for p in answer.passages for c in (p.citation, *p.also)}
    assert cited <= {ferry.id}
