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
    link = link_to_text(URL, "One two three four five six seven eight\nnine.")
    assert link == f"{URL}#:~:text=One%20two%20three%20four,six%20seven%20eight%20nine."


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
    assert "-" not in directive
    assert "&" not in directive
    words = text.split()
    ranges = [unquote(part).split(" ") for part in directive.split(",")]
    assert ranges == [words] or ranges == [words[:4], words[-4:]]
    assert len(ranges) == 1 or len(words) > 8
