from urllib.parse import unquote, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.text.text_fragments import link_to_text, web_address

URL = "https://coast.example/ferry"
ALLOWED = set("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~:/?#@!$&'*+,;=%")
texts = st.text(st.characters(exclude_categories=["Cs"])).filter(lambda text: text.split())


def test_a_short_text_is_named_whole() -> None:
    assert link_to_text(URL, "The ferry was  late.") == f"{URL}#:~:text=The%20ferry%20was%20late."


def test_a_long_text_is_named_by_its_first_and_last_words() -> None:
    link = link_to_text(URL, "One two three four five six seven eight which are wrapped\nnine.")
    assert link == f"{URL}#:~:text=One%20two%20three%20four,which%20are%20wrapped%20nine."
    short = link_to_text(URL, "One two three four five six seven eight nine.")
    assert short == f"{URL}#:~:text=One%20two%20three%20four,six%20seven%20eight%20nine."


@pytest.mark.parametrize(
    ("text", "directive"),
    [
        ("- The northern ferry", "The%20northern%20ferry"),
        ("• The northern ferry", "The%20northern%20ferry"),
        ("12. The northern ferry", "The%20northern%20ferry"),
        ("## The northern ferry", "The%20northern%20ferry"),
        (
            "- One two three four five six seven eight nine.",
            "One%20two%20three%20four,six%20seven%20eight%20nine.",
        ),
    ],
)
def test_a_list_item_is_found_without_its_marker(text: str, directive: str) -> None:
    assert link_to_text(URL, text) == f"{URL}#:~:text={directive}"


@pytest.mark.parametrize(
    ("row", "directive"),
    [
        ("Oslo | 12", "Oslo-,12"),
        ("Oslo | 12 | late", "Oslo-,12,late"),
        (
            "Port of call at Oslo | 12 | late on Monday",
            "of%20call%20at%20Oslo-,12,late%20on%20Monday",
        ),
        ("Oslo | " + "boat " * 9, "Oslo-,boat%20boat%20boat%20boat,boat%20boat%20boat%20boat"),
        ("| Oslo | 12 |", "Oslo-,12"),
        ("Oslo | ", "Oslo"),
        ("Oslo|12", "Oslo%7C12"),
    ],
)
def test_a_tables_row_is_found_by_its_first_two_cells(row: str, directive: str) -> None:
    assert link_to_text(URL, row) == f"{URL}#:~:text={directive}"


@pytest.mark.parametrize(
    ("text", "directive"),
    [
        ("It was late.\n\nNobody came.", "It%20was%20late.,Nobody%20came."),
        ("- One two\n- Three", "One%20two,Three"),
        ("One two three four five\n\nOslo | 12", "One%20two%20three%20four,12"),
    ],
)
def test_a_range_crosses_paragraphs_and_its_ends_do_not(text: str, directive: str) -> None:
    assert link_to_text(URL, text) == f"{URL}#:~:text={directive}"


def test_what_has_a_meaning_in_a_fragment_is_escaped() -> None:
    link = link_to_text(URL, "Well-known, “50%” & more (or less)")
    directive = link.removeprefix(f"{URL}#:~:text=")
    assert not set(directive) & set("-,&() ")
    assert unquote(directive) == "Well-known, “50%” & more (or less)"


@pytest.mark.parametrize(
    ("url", "start"),
    [
        (f"{URL}#part", f"{URL}#part:~:text="),
        (f"{URL}?a=1&b=2", f"{URL}?a=1&b=2#:~:text="),
        (f"{URL}#:~:text=Somebody,else", f"{URL}#:~:text="),
        (f"{URL}#part:~:text=Somebody", f"{URL}#part:~:text="),
        (f"{URL}/a b (c) [d]", f"{URL}/a%20b%20%28c%29%20%5Bd%5D#:~:text="),
        (f"{URL}/%C3%A9", f"{URL}/%C3%A9#:~:text="),
        (f"{URL}/é", f"{URL}/%C3%A9#:~:text="),
    ],
)
def test_the_page_may_have_any_address(url: str, start: str) -> None:
    assert link_to_text(url, "Late.") == f"{start}Late."


def test_an_address_cannot_end_the_link_that_it_stands_in() -> None:
    assert not set(web_address(f'{URL}/<a>(b)[c] "d"|e\\f`{{g}}')) & set('<>()[] "|\\`{}')


@given(texts)
def test_any_text_gives_a_valid_address_whose_fragment_says_its_words(text: str) -> None:
    link = link_to_text(URL, text)
    assert set(link) <= ALLOWED
    assert urlsplit(link).path == "/ferry"
    before, _, directive = link.partition("#:~:text=")
    assert before == URL
    assert "-" not in directive.replace("-,", ",", 1)
    assert "&" not in directive
    words = text.split()
    for part in directive.split(","):
        said = unquote(part.removesuffix("-")).split(" ")
        assert any(words[n : n + len(said)] == said for n in range(len(words)))
