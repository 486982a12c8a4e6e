"""Take the pictures in the documentation: python -m tools.screenshots

It runs the preview over the sample articles and photographs what a person sees there.
"""

import asyncio
import shutil
import sys
import tempfile
from pathlib import Path

from playwright.async_api import Page, async_playwright

from bot.preview import preview
from index import Article, Library
from index.sources import read_source

ROOT = Path(__file__).parents[1]
PICTURES = ROOT / "docs" / "pictures"
QUESTIONS = {
    "answer": "which countries are involved?",
    "not-found": "Who won the World Cup?",
}


async def take(page: Page, name: str, question: str) -> None:
    """Ask in the channel, and photograph the question with its answer."""
    messages = page.locator("article.channel-message")
    before = await messages.count()
    composer = page.locator("#channel-composer-input")
    await composer.fill(question)
    await composer.press("Enter")
    await messages.nth(before + 1).locator(".components-v2").wait_for()
    await page.mouse.move(0, 0)
    for earlier in range(before):
        await messages.nth(earlier).evaluate("message => message.style.display = 'none'")
    await page.locator("#channel-message-list").screenshot(path=PICTURES / f"{name}.png")


async def main() -> None:
    chromium = shutil.which("chromium")
    if chromium is None:
        sys.exit("chromium is not installed: apt-get install chromium")
    PICTURES.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, Library.open(folder) as library:
        articles = read_source(str(ROOT / "articles"))
        list(library.add_all(article for article in articles if isinstance(article, Article)))
        async with preview(library, port=0) as url, async_playwright() as playwright:
            browser = await playwright.chromium.launch(
                executable_path=chromium, args=["--no-sandbox", "--disable-gpu"]
            )
            page = await browser.new_page(
                viewport={"width": 1000, "height": 1000}, device_scale_factor=2
            )
            await page.goto(url)
            await page.locator("#channel-composer-input[data-control-key]").wait_for()
            for name, question in QUESTIONS.items():
                await take(page, name, question)
            await browser.close()
    print("\n".join(str(PICTURES / f"{name}.png") for name in QUESTIONS))


if __name__ == "__main__":
    asyncio.run(main())
