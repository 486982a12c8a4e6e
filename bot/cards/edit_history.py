"""The card for the history of a server's articles and feeds."""

from collections.abc import Sequence

from discord import ui
from discord.utils import format_dt

from bot.cards.layout import MakePageButton, count_pages, page_card, text_card
from bot.language import Translator
from bot.markdown import plain
from bot.storage import Edit, EditAction

HISTORY_PAGE_SIZE = 10
MAX_TITLE_LENGTH = 200

KEYS: dict[EditAction, str] = {
    "added": "history-added",
    "corrected": "history-corrected",
    "edited": "history-edited",
    "removed": "history-removed",
    "restored": "history-restored",
    "followed": "history-followed",
    "unfollowed": "history-unfollowed",
}
"""The keys of the texts that say what was done."""

FIELD_KEYS = {
    "title": "history-title",
    "publisher": "history-publisher",
    "author": "history-author",
    "published": "history-date",
    "url": "history-link",
    "text": "history-text",
}
"""The keys of the names of an article's fields."""


def history_card(
    edits: Sequence[Edit],
    page: int,
    total: int,
    make_page_button: MakePageButton,
    localize: Translator,
) -> ui.LayoutView:
    """A page of what editors did, latest first; ``page`` and ``total`` as for ``list_card``."""
    if not total:
        return text_card(localize("history-none"))
    lines = []
    for edit in edits:
        title = plain(edit.title, MAX_TITLE_LENGTH)
        when, who = format_dt(edit.at, "f"), f"<@{edit.user_id}>"
        done = localize(KEYS[edit.action], who=who, title=title)
        changed = [localize(FIELD_KEYS[name]) for name in edit.changed or () if name in FIELD_KEYS]
        lines.append(f"{when} · {done}" + (f" ({', '.join(changed)})" if changed else ""))
    pages, count = count_pages(total, HISTORY_PAGE_SIZE), localize("history-total", count=total)
    return page_card("\n".join(lines), count, page, pages, make_page_button, localize)
