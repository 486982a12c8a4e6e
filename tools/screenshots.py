"""Take the pictures in the documentation: python -m tools.screenshots [NAME]…

It runs the preview over the sample articles, does what a person would do there, and photographs
what they then see.
"""

import asyncio
import shutil
import sys
import tempfile
from collections.abc import Awaitable, Callable
from pathlib import Path

from playwright.async_api import Locator, Page, async_playwright

from bot.preview import preview
from index import Article, Library
from index.sources import read_source

ROOT = Path(__file__).parents[1]
PICTURES = ROOT / "docs" / "pictures"
LOADING = 60_000  # milliseconds that a busy machine may take


class Visitor:
    """Somebody at the preview's page."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.messages = page.locator("article.channel-message")

    async def ask(self, question: str) -> None:
        """Type a question; done when its answer is there."""
        before = await self.messages.count()
        await self._type(question)
        await self.messages.nth(before + 1).locator(".components-v2").wait_for()

    async def use(self, command: str, **options: str) -> None:
        """Use a command; done when its answer is there."""
        before = await self.messages.count()
        await self.fill(command, **options)
        await self.messages.nth(before).locator(".components-v2").wait_for()

    async def fill(self, command: str, **options: str) -> None:
        """Use a command that opens a form."""
        await self._type(f"/{command}")
        for name, value in options.items():
            await self.page.get_by_label(f"{name}, ").first.fill(value)
        await self._idle()
        await self.page.get_by_role("button", name="Send").click()

    async def press(self, label: str) -> None:
        """Press the last button of that label, and wait for what comes of it."""
        await self._idle()
        await self.page.get_by_role("button", name=label, exact=True).last.click()
        await self._idle()

    async def form(self) -> Locator:
        """The form that has opened."""
        form = self.page.get_by_role("dialog")
        await form.wait_for()
        return form

    async def last(self) -> Locator:
        """The last message."""
        await self._idle()
        return self.messages.last

    async def forget(self) -> None:
        """Hide what was said so far."""
        for number in range(await self.messages.count()):
            await self.messages.nth(number).evaluate("message => message.style.display = 'none'")

    async def _type(self, text: str) -> None:
        await self._idle()
        composer = self.page.locator("#channel-composer-input")
        await composer.fill(text)
        await composer.press("Enter")

    async def _idle(self) -> None:
        await self.page.locator("[data-control-key]").first.wait_for()
        await self.page.locator("[aria-busy=true]").first.wait_for(state="detached")


async def answer(you: Visitor) -> Locator:
    await you.ask("which countries are involved?")
    return you.page.locator("#channel-message-list")


async def not_found(you: Visitor) -> Locator:
    await you.ask("Who won the World Cup?")
    return you.page.locator("#channel-message-list")


async def further(you: Visitor) -> Locator:
    await you.ask("how many troops?")
    await you.press("More")
    await you.page.get_by_text("Page 2 of").wait_for()
    return await you.last()


async def context(you: Visitor) -> Locator:
    await you.ask("which countries are involved?")
    await you.press("Context")
    return await you.last()


async def private(you: Visitor) -> Locator:
    await you.ask("how many troops?")
    await you.press("Ask in private")
    return await you.form()


async def find(you: Visitor) -> Locator:
    await you.use("find", words='night "marl strait"')
    return await you.last()


async def articles(you: Visitor) -> Locator:
    await you.use("articles list")
    return await you.last()


async def status(you: Visitor) -> Locator:
    await you.use("status")
    return await you.last()


async def settings(you: Visitor) -> Locator:
    await you.use("settings show")
    return await you.last()


async def help_(you: Visitor) -> Locator:
    await you.use("help")
    return await you.last()


async def paste(you: Visitor) -> Locator:
    await you.fill("articles add")
    return await you.form()


SCENES: dict[str, Callable[[Visitor], Awaitable[Locator]]] = {
    "answer": answer,
    "not-found": not_found,
    "further": further,
    "context": context,
    "find": find,
    "articles": articles,
    "status": status,
    "settings": settings,
    "help": help_,
    "private": private,
    "paste": paste,
}


async def main(names: list[str]) -> None:
    chromium = shutil.which("chromium")
    if chromium is None:
        sys.exit("chromium is not installed: apt-get install chromium")
    PICTURES.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, Library.open(folder) as library:
        every = read_source(str(ROOT / "articles"))
        list(library.add_all(article for article in every if isinstance(article, Article)))
        async with preview(library, port=0) as url, async_playwright() as playwright:
            browser = await playwright.chromium.launch(
                executable_path=chromium, args=["--no-sandbox", "--disable-gpu"]
            )
            page = await browser.new_page(
                viewport={"width": 1000, "height": 1400}, device_scale_factor=2
            )
            page.set_default_timeout(LOADING)
            for name in names or SCENES:
                await page.goto(url)
                you = Visitor(page)
                await you.page.locator("#channel-composer-input[data-control-key]").wait_for()
                await you.forget()
                shown = await SCENES[name](you)
                await page.mouse.move(0, 0)
                await shown.screenshot(path=PICTURES / f"{name}.png")
                print(PICTURES / f"{name}.png", flush=True)
                cancel = page.get_by_role("button", name="Cancel")
                if await cancel.count():
                    await cancel.click()
            await browser.close()


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1:]))
