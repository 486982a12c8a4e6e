import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.text.datelines import find_dateline


@pytest.mark.parametrize(
    ("text", "place", "publisher", "story"),
    [
        ("WASHINGTON (Realist English). The ferry", "WASHINGTON", "Realist English", "The ferry"),
        ("WASHINGTON (Reuters) - The ferry", "WASHINGTON", "Reuters", "The ferry"),
        ("LONDON (AP) — The ferry", "LONDON", "AP", "The ferry"),
        ("LONDON (AP) – “The ferry", "LONDON", "AP", "“The ferry"),
        ("LONDON (AP) -- 200 ferries", "LONDON", "AP", "200 ferries"),
        ("NEW YORK (AFP): The ferry", "NEW YORK", "AFP", "The ferry"),
        ("Brussels (dpa) - The ferry", None, None, None),  # agencies write themselves large
        ("Brussels (DPA) - The ferry", "Brussels", "DPA", "The ferry"),
        ("São Paulo (Folha) — The ferry", "São Paulo", "Folha", "The ferry"),
        ("Rio de Janeiro (AP) — The ferry", "Rio de Janeiro", "AP", "The ferry"),
        ("St. Louis (AP) — The ferry", "St. Louis", "AP", "The ferry"),
        ("Washington D.C. (AP) — The ferry", "Washington D.C.", "AP", "The ferry"),
        ("WORCESTER, Mass. (AP) — The ferry", "WORCESTER, Mass.", "AP", "The ferry"),
        ("ST. LOUIS (AP) — The ferry", "ST. LOUIS", "AP", "The ferry"),
        ("GAZA/CAIRO (Reuters) - The ferry", "GAZA/CAIRO", "Reuters", "The ferry"),
        ("KYIV, Ukraine (AP) — The ferry", "KYIV, Ukraine", "AP", "The ferry"),
        ("KYIV, Oct 9 (Reuters) - The ferry", "KYIV", "Reuters", "The ferry"),
        ("KYIV, 9 October 2025 (Reuters) - The ferry", "KYIV", "Reuters", "The ferry"),
        ("PARIS — The ferry", "PARIS", None, "The ferry"),
        ("PORT ELLERY, Oct. 9, 2025 – The ferry", "PORT ELLERY", None, "The ferry"),
        ("\n  PARIS — The ferry", "PARIS", None, "The ferry"),
        ("ZÜRICH (SDA) — Älteste", "ZÜRICH", "SDA", "Älteste"),
        ("МОСКВА (ТАСС). Паром", "МОСКВА", "ТАСС", "Паром"),
    ],
)
def test_wire_datelines_in_their_many_forms(
    text: str, place: str | None, publisher: str | None, story: str | None
) -> None:
    dateline = find_dateline(f"{text} was late on Thursday.")
    if place is None:
        assert dateline is None
        return
    assert dateline is not None
    assert (dateline.place, dateline.publisher) == (place, publisher)
    assert f"{text} was late on Thursday."[dateline.end :] == f"{story} was late on Thursday."


@pytest.mark.parametrize(
    "text",
    [
        "",
        "The ferry was late.",
        "NATO said on Thursday that it would send ships.",
        "The ferry (late again) was full.",
        "Anna Berg (42) — The ferry",
        "Paris — The ferry was late.",
        "“LONDON CALLING” was played twice.",
        "WASHINGTON (Reuters)",
        "WASHINGTON (Reuters) - ",
        "WASHINGTON (Reuters) the ferry was late.",
        "WASHINGTON (Reuters) - the ferry was late.",
        "The ferry was late. WASHINGTON (Reuters) - The ferry came.",
        "A - The ferry was late.",
        "COVID-19 The ferry was late.",
        "LONDON-BASED ferries were late.",
    ],
)
def test_what_only_looks_like_a_dateline_is_the_story(text: str) -> None:
    assert find_dateline(text) is None


@given(st.text())
def test_the_story_after_a_dateline_is_never_empty(text: str) -> None:
    for head in (text, f"OSLO (AP) — {text}"):
        dateline = find_dateline(head)
        if dateline is not None:
            assert 0 < dateline.end < len(head.rstrip())
            assert dateline.place in head[: dateline.end]


def test_a_long_story_has_its_dateline_too() -> None:
    dateline = find_dateline("OSLO (AP) — " + "The ferry was late. " * 5000)
    assert dateline is not None
    assert dateline.end == len("OSLO (AP) — ")
