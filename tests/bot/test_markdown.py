"""What articles and people write is shown literally, and is never markup."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.markdown import ELLIPSIS, bold, cut, length, link, plain, quote

MARKUP = "*_`~|>#-+[]()<>@:/\\.!1& \n"
TEXTS = st.text() | st.text(alphabet=MARKUP + "ab https://x.y @everyone")


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("# no heading", "\\# no heading"),
        ("- no list", "\\- no list"),
        ("1. no list", "1\\. no list"),
        ("1.5 meters", "1.5 meters"),
        ("-# not small", "\\-# not small"),
        ("two\nlines", "two lines"),
        ("https://evil.example/a_b", "https\\://evil.example/a\\_b"),
        ("[x](https://evil.example)", "\\[x\\](https\\://evil.example)"),
        ("<@1> <#2> <t:3> </ask:4>", "\\<\\@1\\> \\<#2\\> \\<t:3\\> \\</ask:4\\>"),
        ("@everyone", "\\@everyone"),
    ],
)
def test_markup_is_escaped(text: str, shown: str) -> None:
    assert plain(text) == shown


@given(TEXTS)
def test_what_discord_would_show_is_the_text_and_nothing_else(text: str) -> None:
    unescaped = re.sub(r"\\([^0-9A-Za-z\s])", r"\1", plain(text))

    assert unescaped == re.sub(r"\s", " ", text)


@given(TEXTS)
def test_no_markup_survives_without_its_escape(text: str) -> None:
    unguarded = re.sub(r"\\[^0-9A-Za-z\s]", "x", plain(text))

    assert not re.search(r"[*_`~|<>@\[\]]|://|^\s*(?:[#+-]|\d+[.)]\s)", unguarded)


@given(TEXTS, st.data())
def test_only_the_highlight_is_bold(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    quoted = quote(text, [(start, end)])

    highlight = re.sub(r"\s", " ", text[start:end]).strip()
    guarded = re.sub(r"\\[^0-9A-Za-z\s]", "", quoted)
    assert guarded.count("**") == (2 if highlight else 0)
    if highlight:
        assert f"**{plain('x' + highlight)[1:]}**" in quoted


@given(TEXTS, st.integers(10, 80))
def test_a_limit_is_kept_and_what_is_cut_ends_in_an_ellipsis(text: str, limit: int) -> None:
    for shown in (plain(text, limit), quote(text, (), limit), bold(text, limit), cut(text, limit)):
        assert length(shown) <= limit
    if length(plain(text)) > limit:
        assert plain(text, limit).endswith(ELLIPSIS)


@given(st.text("abc de ", min_size=30), st.integers(12, 40))
def test_a_text_is_cut_between_words(text: str, limit: int) -> None:
    shown = plain(text, limit)

    if shown != text and shown != ELLIPSIS:
        whole = shown.removesuffix(ELLIPSIS)
        assert text.startswith(whole)
        longest = max(map(len, text.split()), default=0)
        assert longest > limit // 2 or text[len(whole)] == " "


def test_a_character_of_many_code_points_is_never_cut() -> None:
    family = "👨‍👩‍👧"

    shown = plain(family * 40, 50).removesuffix(ELLIPSIS)

    assert shown == family * (len(shown) // len(family))
    assert shown


@given(st.integers(0, 150), st.integers(20, 90))
def test_a_cut_quote_still_shows_its_highlight(before: int, limit: int) -> None:
    text = "word " * before + "ANSWER" + " word" * 40
    start = text.index("ANSWER")

    shown = quote(text, [(start, start + 6)], limit)

    assert "**ANSWER**" in shown
    assert length(shown) <= limit


def test_a_link_is_left_out_rather_than_cut() -> None:
    address = "https://news.example/" + "a" * 300

    assert link("A [title]", address, 400) == f"[A \\[title\\]]({address})"
    assert link("A [title]", address, 300) == "A \\[title\\]"


def test_a_quote_shows_where_a_paragraph_begins() -> None:
    text = "It rained.\n\n- Nobody came."
    assert quote(text, [(12, 20)], breaks=[12]) == "> It rained.\n> \n> **- Nobody** came."
    assert quote(text, breaks=[12]) == "> It rained.\n> \n> \\- Nobody came."
    assert quote(text, [(3, 20)], breaks=[12]) == "> It **rained.**\n> \n> **- Nobody** came."
    assert quote("It rained.\nStop.", limit=24, breaks=[11]) == "> It rained.\n> \n> Stop."


@given(TEXTS, st.data(), st.integers(14, 80))
def test_a_quote_over_breaks_keeps_its_limit(text: str, data: st.DataObject, limit: int) -> None:
    breaks = sorted(data.draw(st.sets(st.integers(0, len(text)), max_size=2)))
    shown = quote(text, (), limit, breaks)
    assert length(shown) <= limit
    assert all(line.startswith("> ") for line in shown.split("\n"))


def test_direction_marks_are_removed() -> None:
    assert plain("safe \u202egpj.exe\u2066 end") == "safe gpj.exe end"


@pytest.mark.parametrize("run", ["word ", "x", "*", " ", "e\u0301", "👨‍👩‍👧", "[] "])
def test_of_a_long_text_no_more_is_looked_at_than_is_shown(run: str) -> None:
    """If the time grew with the square of the length, this would take hours."""
    text = run * (1_000_000 // len(run))
    start = len(run) * 100_000

    for shown in (plain(text, 100), quote(text, [(start, start + len(run))], 100), cut(text, 100)):
        assert length(shown) <= 100
        assert shown.endswith(ELLIPSIS)
    assert "**word**" in quote("word " * 200_000, [(500_000, 500_004)], 100)


@given(st.text("ab .*\n", max_size=60), st.text("ab .*\n", min_size=200, max_size=300))
def test_what_is_far_behind_a_cut_changes_nothing(text: str, tail: str) -> None:
    for limit in (20, 40, 60):
        assert cut(text + tail, limit) == cut((text + tail) + tail, limit)
        assert plain(text + tail, limit) == plain((text + tail) + tail, limit)
