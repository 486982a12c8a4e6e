"""Digests of a library: stories, changes, and the bounds of the period."""

from datetime import UTC, date, datetime, timedelta

from index import Article, Library
from index.scope import Scope

NOW = datetime.now(UTC)
HOUR = timedelta(hours=1)


def article(title: str, text: str, publisher: str, day: int) -> Article:
    return Article(title, text, publisher, date(2026, 3, day), f"https://n.example/{day}")


def test_articles_about_one_story_are_grouped_and_others_are_not(library: Library) -> None:
    quake = article("Quake shakes Corvik", "A quake shook Corvik at dawn.", "Harbor Wire", 1)
    toll = article("Corvik counts damage", "Corvik counts its cracked walls.", "Elgin Post", 2)
    cup = article("Belmar win cup", "Belmar won the cup after penalties.", "Sports Day", 3)
    for one in (quake, toll, cup):
        library.add(one)

    digest = library.digest(Scope(), NOW - HOUR, NOW + HOUR)

    assert [set(story.articles) for story in digest.stories] == [{toll, quake}, {cup}]
    assert digest.stories[0].articles == (toll, quake)
    opening = digest.stories[0].opening
    assert opening.quote == "Corvik counts its cracked walls."
    assert [citation.article for citation in opening.also] == [quake]
    assert digest.added == 3


def test_a_library_without_changes_has_an_empty_digest(library: Library) -> None:
    assert library.digest(Scope(), NOW - HOUR, NOW + HOUR).stories == ()
    library.add(article("Cup", "Belmar won the cup.", "Sports Day", 3))
    later = library.digest(Scope(), NOW + HOUR, NOW + 2 * HOUR)
    assert (later.added, later.stories, later.changes) == (0, (), ())


def test_articles_in_scripts_without_capitals_are_digested(library: Library) -> None:
    library.add(article("洪水", "河水昨夜淹没了下城区。", "河报", 1))
    library.add(article("罢工", "渡轮船员开始罢工。", "港报", 2))
    assert len(library.digest(Scope(), NOW - HOUR, NOW + HOUR).stories) == 2
