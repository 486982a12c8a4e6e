"""The preview, in a real browser: a person types, uses a command and presses a button."""

import os
import re
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect, sync_playwright

from index import Library
from tests.conftest import ROOT

CHROMIUM = shutil.which("chromium")
LOADING = 60_000  # milliseconds that a busy machine may take

pytestmark = pytest.mark.skipif(
    CHROMIUM is None, reason="Debian's chromium is not installed (apt-get install chromium)"
)


@pytest.fixture
def address(sample: Library, tmp_path: Path) -> Iterator[str]:
    """The page that `python -m bot --preview` names."""
    sample.close()
    process = subprocess.Popen(
        [sys.executable, "-m", "bot", "--preview", "--port", "0"],
        env={
            "PATH": os.environ["PATH"],
            "XDG_CACHE_HOME": os.environ["XDG_CACHE_HOME"],
            "PYTHONPATH": str(ROOT),
            "LIBRARY": str(tmp_path / "library"),
        },
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    told = ""
    for line in process.stdout:
        told += line
        if found := re.search(r"http://127\.0\.0\.1:\d+/\S+", line):
            yield found[0]
            break
    process.send_signal(signal.SIGTERM)
    rest, errors = process.communicate(timeout=60)
    assert rest.strip() == "", "the address is the last thing that is printed"
    assert process.returncode == 0, told + errors
    assert "Traceback" not in errors


@pytest.fixture
def page(address: str) -> Iterator[Page]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=CHROMIUM,
            args=["--no-sandbox", "--disable-gpu", "--disable-background-networking"],
        )
        page = browser.new_page(viewport={"width": 1100, "height": 1400})
        page.set_default_timeout(LOADING)
        page.goto(address)
        yield page
        browser.close()


def test_a_newcomer_types_a_question_uses_a_command_and_presses_a_button(page: Page) -> None:
    expect.set_options(timeout=LOADING)
    composer = page.locator("#channel-composer-input")
    conversation = page.get_by_role("main")

    def when_idle() -> None:
        """The page loses what is done before its script runs, or while it is busy."""
        expect(page.locator("#channel-composer-input, .command-row")).to_have_attribute(
            "data-control-key", re.compile(":")
        )
        expect(conversation).to_have_attribute("aria-busy", "false")
        expect(page.locator("[aria-busy=true]")).to_have_count(0)

    def send(text: str) -> None:
        when_idle()
        composer.fill(text)
        composer.press("Enter")

    send("how many troops?")
    expect(conversation).to_contain_text("About 200 American troops are on their way to Israel")

    send("which countries are involved?")
    expect(conversation).to_contain_text("Egypt, Qatar and Turkey, and perhaps")

    send("Who won the World Cup?")
    expect(conversation).to_contain_text("I couldn't find that in the 3 articles that I searched.")

    when_idle()
    page.get_by_role("button", name="Show the nearest passages").click()
    expect(conversation).to_contain_text("They may not answer the question.")

    when_idle()
    page.get_by_role("button", name="Context").first.click()
    expect(conversation).to_contain_text("Only you can see this")
    expect(conversation).to_contain_text("paragraph 1, sentence 1")

    send("/settings show")
    when_idle()
    page.get_by_role("button", name="Send").click()
    expect(conversation).to_contain_text("no limit")
    expect(conversation).not_to_contain_text("I answer when I am mentioned")

    send("/ask")
    page.get_by_label("question, required").fill("How many families stay in hotels?")
    when_idle()
    page.get_by_role("button", name="Send").click()
    expect(conversation).to_contain_text("Some 60 families from the lower village")
