"""The preview, in a real browser: a person types, uses a command and presses a button."""

import os
import re
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.error import HTTPError
from urllib.parse import urlsplit
from urllib.request import Request, urlopen

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

from index import Library
from tests.conftest import ROOT

CHROMIUM = shutil.which("chromium")
LOADING = 60_000  # milliseconds that a busy machine may take

pytestmark = pytest.mark.skipif(
    CHROMIUM is None, reason="Debian's chromium is not installed (apt-get install chromium)"
)


@contextmanager
def running(library: Path, port: int = 0) -> Iterator[str]:
    """Run `python -m bot --preview`; yields the page that it names."""
    process = subprocess.Popen(
        [sys.executable, "-m", "bot", "--preview", "--port", str(port)],
        env={
            "PATH": os.environ["PATH"],
            "XDG_CACHE_HOME": os.environ["XDG_CACHE_HOME"],
            "PYTHONPATH": str(ROOT),
            "LIBRARY": str(library),
        },
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    told = ""
    try:
        for line in process.stdout:
            told += line
            if found := re.search(r"http://127\.0\.0\.1:\d+/\S+", line):
                yield found[0]
                break
    finally:
        process.send_signal(signal.SIGTERM)
        rest, errors = process.communicate(timeout=60)
    assert rest.strip() == "", "the address is the last thing that is printed"
    assert process.returncode == 0, told + errors
    assert "Traceback" not in errors


@pytest.fixture
def library_folder(sample: Library, tmp_path: Path) -> Path:
    sample.close()
    return tmp_path / "library"


@pytest.fixture
def browser() -> Iterator[Browser]:
    expect.set_options(timeout=LOADING)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=CHROMIUM,
            args=["--no-sandbox", "--disable-gpu", "--disable-background-networking"],
        )
        yield browser
        browser.close()


def open_page(browser: Browser, address: str) -> Page:
    page = browser.new_page(viewport={"width": 1100, "height": 1400})
    page.set_default_timeout(LOADING)
    page.goto(address)
    return page


def wait_until_idle(page: Page) -> None:
    """The page loses input before its script runs, or while it is busy."""
    expect(page.locator("#channel-composer-input, .command-row")).to_have_attribute(
        "data-control-key", re.compile(":")
    )
    expect(page.get_by_role("main")).to_have_attribute("aria-busy", "false")
    expect(page.locator("[aria-busy=true]")).to_have_count(0)


def send(page: Page, text: str) -> None:
    wait_until_idle(page)
    composer = page.locator("#channel-composer-input")
    composer.fill(text)
    expect(page.get_by_role("button", name="Send")).to_be_enabled()  # Enter is lost until then
    composer.press("Enter")


def test_a_newcomer_is_told_what_to_do_types_a_question_and_uses_buttons_and_commands(
    library_folder: Path, browser: Browser
) -> None:
    with running(library_folder) as address:
        _use(open_page(browser, address))


def _use(page: Page) -> None:
    conversation = page.get_by_role("main")
    expect(conversation).to_contain_text("Type a question in this channel")
    wait_until_idle(page)
    page.get_by_role("button", name="How many ships will make the crossing?").click()
    expect(conversation).to_contain_text("Six ships will make the crossing between ten")

    send(page, "how many troops?")
    expect(conversation).to_contain_text("About 200 American troops are on their way to Israel")

    send(page, "which countries are involved?")
    expect(conversation).to_contain_text("Egypt, Qatar and Turkey, and perhaps")

    send(page, "@Dateline who won the World Cup?")
    expect(conversation).to_contain_text("I couldn't find that in the 3 articles that I searched.")

    wait_until_idle(page)
    page.get_by_role("button", name="Show the nearest passages").click()
    expect(conversation).to_contain_text("They may not answer the question.")

    wait_until_idle(page)
    page.get_by_role("button", name="Context").first.click()
    expect(conversation).to_contain_text("Only you can see this")
    expect(conversation).to_contain_text("paragraph 1, sentence 1")

    send(page, "/settings show")
    wait_until_idle(page)
    page.get_by_role("button", name="Send").click()
    expect(conversation).to_contain_text("no limit")
    expect(conversation).not_to_contain_text("I answer when I am mentioned")

    send(page, "/ask")
    page.get_by_label("question, required").fill("How many families stay in hotels?")
    wait_until_idle(page)
    page.get_by_role("button", name="Send").click()
    expect(conversation).to_contain_text("Some 60 families from the lower village")


def test_a_page_without_the_secret_and_one_that_was_open_over_a_restart_find_the_channel(
    library_folder: Path, browser: Browser
) -> None:
    with running(library_folder) as address:
        bare, _, secret = address.partition("#")
        page = open_page(browser, bare)
        send(page, "how many troops?")
        expect(page.get_by_role("main")).to_contain_text("About 200 American troops")
        assert page.url == address

    with running(library_folder, urlsplit(address).port or 0) as restarted:
        assert secret not in restarted
        expect(page).to_have_url(restarted)
        expect(page.get_by_role("main")).to_contain_text("Type a question in this channel")
        send(page, "which countries are involved?")
        expect(page.get_by_role("main")).to_contain_text("Egypt, Qatar and Turkey, and perhaps")


def test_the_secret_is_told_to_requests_for_the_own_host_only(library_folder: Path) -> None:
    with running(library_folder) as address:
        bare, _, secret = address.partition("#")
        with urlopen(f"{bare}session-secret") as response:
            assert response.read().decode() == secret
        request = Request(f"{bare}session-secret", headers={"Host": "attacker.example"})
        with pytest.raises(HTTPError, match="403") as refused:
            urlopen(request)
        refused.value.close()
