"""Lists of feeds: taking them over, and giving them away."""

import pytest

from tests.bot.cogs.test_feeds import add, addresses, entry, own_feeds
from tests.bot.conftest import World, words_of
from tests.index.feeds import rss
from tests.index.site import Site


def put(site: Site, name: str) -> str:
    return site.put(f"/{name}", rss(entry(1), title=f"News of {name}"), "application/rss+xml")


def opml(*urls: str) -> bytes:
    outlines = "".join(f'<outline type="rss" xmlUrl="{url}"/>' for url in urls)
    return (
        f'<opml version="1.0"><body><outline text="All">{outlines}</outline></body></opml>'.encode()
    )


async def test_a_list_is_taken_over(editor: World, site: Site) -> None:
    one, two = put(site, "one"), put(site, "two")
    await add(editor, one)
    content = opml(one, two, two, site.url("/none"))
    told = words_of(await editor.slash("manage feeds import", file=("list.opml", content)))
    assert "Following one more feed: News of two" in told
    assert "Followed already: News of one" in told
    assert "/none: it does not exist (404)" in told
    assert addresses(editor) == [one, two]


async def test_what_is_no_list_is_refused(editor: World) -> None:
    for content, reason in (
        (b"no", "not a list of feeds"),
        (b"<rss></rss>", "not a list of feeds"),
        (opml(), "there are no feeds in this list"),
    ):
        told = words_of(await editor.slash("manage feeds import", file=("a.opml", content)))
        assert reason in told


async def test_the_list_that_is_given_away_can_be_taken_over(editor: World, site: Site) -> None:
    assert "follow any feeds" in words_of(await editor.slash("manage feeds export"))
    url = put(site, "one?a=1&b=2")
    await add(editor, url)
    card = await editor.slash("manage feeds export")
    (file,) = card.attachments
    assert file.filename == "feeds.opml"
    assert "The feed that this server follows." in words_of(card)
    content = await file.read()
    for feed in own_feeds(editor):
        editor.bot.storage.feeds.delete(feed.key)
    told = words_of(await editor.slash("manage feeds import", file=("feeds.opml", content)))
    assert "Following one more feed: News of one" in told
    assert addresses(editor) == [url]


async def test_no_more_is_taken_over_than_a_server_can_follow(
    editor: World, site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.services.feed_import.MAX_FEEDS", 2)
    urls = [put(site, name) for name in ("one", "two", "three")]
    content = opml(site.url("/none"), *urls)
    told = words_of(await editor.slash("manage feeds import", file=("a.opml", content)))
    assert "Following 2 more feeds" in told
    assert "One feed is left out" in told
    assert addresses(editor) == sorted(urls[:2])
