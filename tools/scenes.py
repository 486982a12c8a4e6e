"""The scenes of the documentation's pictures: what a user does, and what is then photographed."""

from collections.abc import Awaitable, Callable
from typing import Any
from unittest.mock import patch

from playwright.async_api import Locator
from simcord import interactions

from tools.visitor import Visitor

OTTERS = "The zoo of Korsvik has nine otters since Monday."
OWLS = "There are four owls in the tower of the town hall. They came in the winter."


Scene = Callable[[Visitor], Awaitable[Locator]]
"""What somebody does; returns what is photographed."""


def asking(question: str) -> Scene:
    """The answer to a question."""

    async def scene(you: Visitor) -> Locator:
        await you.ask(question)
        return await you.last()

    return scene


def using(command: str, **options: str) -> Scene:
    """The response to a command."""

    async def scene(you: Visitor) -> Locator:
        await you.use(command, **options)
        return await you.last()

    return scene


def after(preparation: Callable[[Visitor], Awaitable[None]], then: Scene) -> Scene:
    """A scene that something else has to precede."""

    async def scene(you: Visitor) -> Locator:
        await preparation(you)
        return await then(you)

    return scene


async def answer(you: Visitor) -> Locator:
    await you.ask("which countries are involved?")
    return you.page.locator("#channel-message-list")


async def not_found(you: Visitor) -> Locator:
    await you.ask("@Dateline Who won the World Cup?")
    return you.page.locator("#channel-message-list")


async def nearest(you: Visitor) -> Locator:
    await you.ask("@Dateline Who won the World Cup?")
    await you.open("Show the nearest passages")
    return await you.last()


async def further(you: Visitor) -> Locator:
    await you.ask("how many troops?")
    await you.open("More")
    return await you.last()


async def context(you: Visitor) -> Locator:
    await you.ask("which countries are involved?")
    await you.open("Context")
    return await you.last()


async def private(you: Visitor) -> Locator:
    await you.ask("how many troops?")
    await you.press("Ask in private")
    return await you.form()


async def paste(you: Visitor) -> Locator:
    await you.fill("manage articles add")
    return await you.form()


async def added(you: Visitor) -> Locator:
    await _add_otters(you, "20 November 2025")
    return await you.last()


async def refused(you: Visitor) -> Locator:
    await _add_otters(you, "soon")
    return await you.last()


async def also(you: Visitor) -> Locator:
    for paper in ("Zoo Post", "Evening Star", "Coast Post"):
        link = f"https://{paper.replace(' ', '').lower()}.example/otters"
        title = f"Otters, by {paper}"
        await _add_otters(you, "20 November 2025", Title=title, Publisher=paper, Link=link)
    await you.ask("how many otters?")
    return await you.last()


async def corrected(you: Visitor) -> Locator:
    link = "https://nightpost.example/owls"
    await _add_otters(you, "20 November 2025", Title="Owls", Text=OWLS, Link=link)
    await you.ask("how many owls?")
    card = you.page.get_by_role("button", name="Context", exact=True).last
    await _add_otters(
        you, "20 November 2025", Title="Owls", Text=OWLS.replace("four", "five"), Link=link
    )
    before = await you.messages.count()
    await card.click()
    await you.messages.nth(before).locator(".components-v2").wait_for()
    return await you.last()


async def announced(you: Visitor) -> Locator:
    await _follow(you)
    await you.use("manage articles failed")  # the announcement is sent before it
    shown = you.messages.filter(has_text="Otters move into")
    return shown.last


async def removal(you: Visitor) -> Locator:
    await _add_otters(you, "20 November 2025")
    await you.use("manage articles remove", article="otters")
    return await you.last()


async def thread(you: Visitor) -> Locator:
    await you.use("settings threads", on="True")
    await you.forget()
    await you.use("ask", question="how many troops?")
    return you.page.locator("#channel-message-list")


async def slow_down(you: Visitor) -> Locator:
    await you.use("settings cooldown", questions="1", seconds="60")
    await you.use("ask", question="how many troops?")
    await you.use("ask", question="which countries are involved?")
    return await you.last()


async def delete(you: Visitor) -> Locator:
    await you.fill("settings delete-everything")
    return await you.form()


async def feedback(you: Visitor) -> Locator:
    await you.ask("@Dateline Who won the World Cup?")
    await you.use("feedback export")
    return await you.last()


async def spanish(you: Visitor) -> Locator:
    with patch.object(interactions, "base_payload", _in_spanish(interactions.base_payload)):
        await you.use("ask", question="how many troops?")
        return await you.last()


async def _follow(you: Visitor) -> None:
    """Follow the newsstand's feed, and have its articles announced."""
    await you.fill("manage feeds add", {"channel": "ask-the-news"}, url=you.feed)
    await you.messages.filter(has_text="Following “Harbor Wire”").last.wait_for()


async def _add_otters(you: Visitor, date: str, **others: str) -> None:
    await you.fill("manage articles add")
    form = await you.form()
    fields = {"Title": "Otters", "Date": date, "Text": OTTERS, **others}
    for label, value in fields.items():
        await form.get_by_label(label, exact=False).first.fill(value)
    before = await you.messages.count()
    await form.get_by_role("button", name="Submit").click()
    await you.messages.nth(before).locator(".components-v2").wait_for()


async def _add_counts(you: Visitor) -> None:
    """Add three papers' reports, which count differently."""
    for day, count in enumerate(("nine", "nine", "ten"), 20):
        paper = ("Zoo Post", "Evening Star", "Coast Post")[day - 20]
        text = f"The {count} otters live in the zoo's new basin. {paper} met their keeper."
        await _add_otters(
            you,
            f"{day} November 2025",
            Title=f"Otters of the zoo, seen by {paper}",
            Publisher=paper,
            Link=f"https://{paper.replace(' ', '').lower()}.example/zoo",
            Text=text,
        )


def _in_spanish(payload: Callable[..., tuple[Any, dict[str, Any]]]) -> Callable[..., Any]:
    """Wrap simcord's payload of an interaction, whose locale is always English."""

    def spanish(*args: Any, **kwargs: Any) -> tuple[Any, dict[str, Any]]:
        record, data = payload(*args, **kwargs)
        return record, data | {"locale": "es-ES"}

    return spanish


# Scenes that change settings come last.
SCENES: dict[str, Scene] = {
    "answer": answer,
    "parts": asking(
        "how many troops are going, which countries are involved, and who won the World Cup?"
    ),
    "topic": asking("tell me about the flood"),
    "weak": asking("is the lower village safe?"),
    "typing-error": asking("how many trops are going to Israel?"),
    "period": asking("@Dateline How many troops were sent in October 2025?"),
    "not-found": not_found,
    "nearest": nearest,
    "further": further,
    "context": context,
    "find": using("find", words='night "marl strait"'),
    "articles": using("articles list"),
    "article": using("articles show", article="ferries"),
    "status": using("status"),
    "settings": using("settings show"),
    "help": using("help"),
    "private": private,
    "welcome": asking("@Dateline hello"),
    "overview": using("articles overview", article="ferries"),
    "timeline": after(_add_counts, using("timeline", about="how many otters?")),
    "differing": after(_add_counts, asking("how many otters live in the zoo?")),
    "digest": after(_add_counts, using("digest")),
    "watched": after(_add_counts, using("watch add", question="how many otters live in the zoo?")),
    "history": after(_add_counts, using("manage articles history")),
    "paste": paste,
    "added": added,
    "refused": refused,
    "also": also,
    "corrected": corrected,
    "announced": announced,  # before the other scenes that follow the feed
    "feeds": after(_follow, using("feeds list")),
    "failed": after(_follow, using("manage articles failed")),
    "removal": removal,
    "feedback": feedback,
    "delete": delete,
    "spanish": spanish,
    "thread": thread,
    "slow-down": slow_down,
}
