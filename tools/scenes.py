"""The scenes of the documentation's pictures: what a user does, and what is then photographed."""

from collections.abc import Awaitable, Callable
from typing import Any
from unittest.mock import patch

from playwright.async_api import Locator
from simcord import interactions

from tools.visitor import Visitor

OTTERS = "The zoo of Korsvik has nine otters since Monday."
OWLS = "There are four owls in the tower of the town hall. They came in the winter."


async def answer(you: Visitor) -> Locator:
    await you.ask("which countries are involved?")
    return you.page.locator("#channel-message-list")


async def parts(you: Visitor) -> Locator:
    await you.ask(
        "how many troops are going, which countries are involved, and who won the World Cup?"
    )
    return await you.last()


async def topic(you: Visitor) -> Locator:
    await you.ask("tell me about the flood")
    return await you.last()


async def weak(you: Visitor) -> Locator:
    await you.ask("is the lower village safe?")
    return await you.last()


async def typing_error(you: Visitor) -> Locator:
    await you.ask("how many trops are going to Israel?")
    return await you.last()


async def period(you: Visitor) -> Locator:
    await you.ask("@Dateline How many troops were sent in October 2025?")
    return await you.last()


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


async def find(you: Visitor) -> Locator:
    await you.use("find", words='night "marl strait"')
    return await you.last()


async def articles(you: Visitor) -> Locator:
    await you.use("articles list")
    return await you.last()


async def article(you: Visitor) -> Locator:
    await you.use("articles show", article="ferries")
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


async def welcome(you: Visitor) -> Locator:
    await you.ask("@Dateline hello")
    return await you.last()


async def overview(you: Visitor) -> Locator:
    await you.use("articles overview", article="ferries")
    return await you.last()


async def timeline(you: Visitor) -> Locator:
    await _add_counts(you)
    await you.use("timeline", about="how many otters?")
    return await you.last()


async def differing(you: Visitor) -> Locator:
    await _add_counts(you)
    await you.ask("how many otters live in the zoo?")
    return await you.last()


async def digest(you: Visitor) -> Locator:
    await _add_counts(you)
    await you.use("digest")
    return await you.last()


async def watched(you: Visitor) -> Locator:
    await _add_counts(you)
    await you.use("watch add", question="how many otters live in the zoo?")
    return await you.last()


async def history(you: Visitor) -> Locator:
    await _add_counts(you)
    await you.use("manage articles history")
    return await you.last()


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


async def feeds(you: Visitor) -> Locator:
    await _follow(you)
    await you.use("feeds list")
    return await you.last()


async def failed(you: Visitor) -> Locator:
    await _follow(you)
    await you.use("manage articles failed")
    return await you.last()


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
SCENES: dict[str, Callable[[Visitor], Awaitable[Locator]]] = {
    "answer": answer,
    "parts": parts,
    "topic": topic,
    "weak": weak,
    "typing-error": typing_error,
    "period": period,
    "not-found": not_found,
    "nearest": nearest,
    "further": further,
    "context": context,
    "find": find,
    "articles": articles,
    "article": article,
    "status": status,
    "settings": settings,
    "help": help_,
    "private": private,
    "welcome": welcome,
    "overview": overview,
    "timeline": timeline,
    "differing": differing,
    "digest": digest,
    "watched": watched,
    "history": history,
    "paste": paste,
    "added": added,
    "refused": refused,
    "also": also,
    "corrected": corrected,
    "announced": announced,  # before the other scenes that follow the feed
    "feeds": feeds,
    "failed": failed,
    "removal": removal,
    "feedback": feedback,
    "delete": delete,
    "spanish": spanish,
    "thread": thread,
    "slow-down": slow_down,
}
