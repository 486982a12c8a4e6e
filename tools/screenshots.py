"""Take the pictures in the documentation: python -m tools.screenshots [NAME]…

It runs the preview over the sample articles, plays the scenes, and saves each as NAME.png with
Discord's dark background and as NAME-light.png with the light one.
"""

import asyncio
import shutil
import sys
import tempfile
from collections.abc import Iterable
from pathlib import Path

from playwright.async_api import async_playwright

from bot.preview import preview
from index import Article, Library
from index.fetching.guard import Guard
from index.sources import read_source
from tools.newsstand import newsstand
from tools.scenes import SCENES
from tools.visitor import Visitor

ROOT = Path(__file__).parents[1]
PICTURES = ROOT / "docs" / "pictures"
LIGHT = Path(__file__).with_name("preview-light.css")
SCENES_PER_PREVIEW = 16
"""Scenes in one channel; the preview shows its last fifty messages only."""

LOADING_MS = 20_000
"""How long an action may take on a busy machine."""


async def main(names: list[str]) -> None:
    chromium = shutil.which("chromium")
    if chromium is None:
        sys.exit("chromium is not installed: apt-get install chromium")
    PICTURES.mkdir(parents=True, exist_ok=True)
    wanted = [name for name in SCENES if name in names or not names]
    for suffix, style in (("", ""), ("-light", LIGHT.read_text())):
        for first in range(0, len(wanted), SCENES_PER_PREVIEW):
            scenes = wanted[first : first + SCENES_PER_PREVIEW]
            await _take(scenes, chromium, suffix, style)


async def _take(names: Iterable[str], chromium: str, suffix: str, style: str) -> None:
    """Take the pictures of some scenes.

    Args:
        suffix: of the files' names.
        style: CSS that is added to the page.
    """
    with (
        newsstand() as (feed, port),
        tempfile.TemporaryDirectory() as folder,
        Library.open(folder) as library,
    ):
        every = read_source(str(ROOT / "articles"))
        list(library.add_all(article for article in every if isinstance(article, Article)))
        guard = Guard({("127.0.0.1", port)})
        async with (
            preview(library, port=0, guard=guard) as url,
            async_playwright() as playwright,
        ):
            browser = await playwright.chromium.launch(
                executable_path=chromium, args=["--no-sandbox", "--disable-gpu"]
            )
            page = await browser.new_page(
                viewport={"width": 1000, "height": 1400},
                device_scale_factor=2,
                bypass_csp=True,  # for the style
            )
            page.set_default_timeout(LOADING_MS)
            for name in names:
                await page.goto(url)
                if style:
                    await page.add_style_tag(content=style)
                you = Visitor(page, feed)
                await you.page.locator("#channel-composer-input[data-control-key]").wait_for()
                await you.forget()
                shown = await SCENES[name](you)
                await page.mouse.move(0, 0)
                picture = PICTURES / f"{name}{suffix}.png"
                await shown.screenshot(path=picture)
                print(picture, flush=True)
                cancel = page.get_by_role("dialog").get_by_role("button", name="Cancel")
                if await cancel.count():
                    await cancel.click()
            await browser.close()


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1:]))
