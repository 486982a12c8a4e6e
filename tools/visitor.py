"""Somebody who types and clicks at the preview's page."""

from collections.abc import Mapping

from playwright.async_api import Locator, Page


class Visitor:
    """Somebody at the preview's page.

    Args:
        feed: the address of a feed that can be followed.
    """

    def __init__(self, page: Page, feed: str = "") -> None:
        self.page = page
        self.feed = feed
        self.messages = page.locator("article.channel-message")

    async def ask(self, question: str) -> None:
        """Type a question; done when its answer is there."""
        before = await self.messages.count()
        await self._idle()
        await self.page.locator("#channel-composer-input").fill(question)
        await self._send()
        await self.messages.nth(before + 1).locator(".components-v2").wait_for()

    async def use(self, command: str, **options: str) -> None:
        """Use a command; done when its answer is there."""
        before = await self.messages.count()
        await self.fill(command, **options)
        await self.messages.nth(before).locator(".components-v2").wait_for()

    async def fill(
        self, command: str, chosen: Mapping[str, str] | None = None, /, **options: str
    ) -> None:
        """Use a command, without waiting for what comes of it.

        Args:
            chosen: what is chosen from lists, for options that may be left out.
        """
        await self._type(f"/{command}")
        for name, value in options.items():
            await self.page.get_by_label(f"{name}, ").first.fill(value)
        for name, value in (chosen or {}).items():
            await self.page.get_by_text("more", exact=False).last.click()
            await self.page.get_by_role("option", name=name).first.click()
            await self.page.get_by_role("option", name=value).first.click()
        await self._idle()
        await self._send()

    async def press(self, label: str) -> None:
        """Press the last button of that label, and wait for what comes of it."""
        await self._idle()
        await self.page.get_by_role("button", name=label, exact=True).last.click()
        await self._idle()

    async def open(self, label: str) -> None:
        """Press the last button of that label, which is answered with a message."""
        before = await self.messages.count()
        await self.press(label)
        await self.messages.nth(before).locator(".components-v2").wait_for()

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

    async def _send(self) -> None:
        """Press the button, which waits until the page has updated; Enter would be lost."""
        await self.page.get_by_role("button", name="Send").click()

    async def _idle(self) -> None:
        await self.page.locator("[data-control-key]").first.wait_for()
        await self.page.locator("[aria-busy=true]").first.wait_for(state="detached")
