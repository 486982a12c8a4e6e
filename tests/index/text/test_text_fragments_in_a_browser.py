"""Links to sentences, opened in a real browser."""

import shutil
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, TimeoutError, sync_playwright

from index.sentences import split_sentences
from index.sources.html import read_html
from index.text.text_fragments import link_to_text
from tests.index.site import Site, running_site

CHROMIUM = shutil.which("chromium")
LOADING, SCROLLING = 60_000, 10_000  # milliseconds that a busy machine may take

pytestmark = pytest.mark.skipif(
    CHROMIUM is None, reason="Debian's chromium is not installed (apt-get install chromium)"
)

ABOVE = (
    "<h1>The ferries of Oslo</h1><p>Oslo is the end of the line, and 12 boats sail to it on every"
    " day of the week. The late boat is full, the company said, and so are most of the others in"
    " summer, when visitors come to the islands.</p>"
)
SPACE = '<div style="height: 5000px"></div>'
BELOW = """
<ul><li>The northern ferry sails again</li><li>The <b>southern</b> one does not, since its engine
has not been repaired in time</li></ul>
<ol><li>Buy a ticket before you board</li></ol>
<table><tr><th>Port</th><th>Boats</th><th>Crossing</th></tr><tr><td>Oslo</td><td>12</td>
<td>late</td></tr><tr><td>Bergen</td><td>3 boats, of which one is being repaired at the yard</td>
</tr></table>
<p>The captain spoke twice.</p><p>But nobody believed him.</p>
"""
PAGE = (
    f"<!doctype html><title>Ferries</title><article>{ABOVE}{SPACE}{BELOW}{SPACE}"
    "<p>Nothing of this is certain, the company said on Monday, and it may change at any time.</p>"
    "</article>"
)


@pytest.fixture(scope="module")
def site() -> Iterator[Site]:
    with running_site() as site:
        site.put("/ferries", PAGE)
        yield site


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=CHROMIUM,
            args=["--no-sandbox", "--disable-gpu", "--disable-background-networking"],
        )
        yield browser
        browser.close()


def opens_between_the_spaces(browser: Browser, link: str) -> bool:
    """Whether the browser scrolls to what lies between the spaces."""
    page = browser.new_page()
    page.goto(link, timeout=LOADING)
    try:
        page.wait_for_function("1000 < scrollY && scrollY < 9000", timeout=SCROLLING)
    except TimeoutError:
        return False
    finally:
        page.close()
    return True


@pytest.mark.parametrize(
    "text",
    [
        "- The northern ferry sails again",
        "- The southern one does not, since its engine has not been repaired in time",
        "1. Buy a ticket before you board",
        "Port | Boats | Crossing",
        "Oslo | 12 | late",
        "Bergen | 3 boats, of which one is being repaired at the yard",
        "The captain spoke twice.\n\nBut nobody believed him.",
        "- The northern ferry sails again\n- The southern one does not, since its engine has not"
        " been repaired in time",
    ],
)
def test_a_link_scrolls_to_items_rows_and_paragraphs(
    browser: Browser, site: Site, text: str
) -> None:
    assert opens_between_the_spaces(browser, link_to_text(site.url("/ferries"), text))


def test_a_link_to_what_a_page_does_not_say_stays_at_its_top(browser: Browser, site: Site) -> None:
    page = browser.new_page()
    page.goto(link_to_text(site.url("/ferries"), "The eastern ferry"), timeout=LOADING)
    page.evaluate("() => new Promise(done => requestIdleCallback(done))")
    assert page.evaluate("scrollY") == 0
    page.close()


def test_every_sentence_of_a_page_can_be_opened(browser: Browser, site: Site) -> None:
    article = read_html(PAGE.encode(), site.url("/ferries"), "shared")
    texts = [article.text[one.start : one.end] for one in split_sentences(article.text)]
    items = [text for text in texts if text not in ABOVE and "on Monday" not in text]
    assert len(items) >= 5
    for text in items:
        assert opens_between_the_spaces(browser, link_to_text(site.url("/ferries"), text)), text
