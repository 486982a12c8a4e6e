import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.text.datelines import Dateline, find_dateline, omitted_span


@pytest.mark.parametrize(
    ("text", "place", "publisher", "story"),
    [
        ("WASHINGTON (Realist English). The ferry", "WASHINGTON", "Realist English", "The ferry"),
        ("WASHINGTON (Reuters) - The ferry", "WASHINGTON", "Reuters", "The ferry"),
        ("LONDON (AP) — The ferry", "LONDON", "AP", "The ferry"),
        ("LONDON (AP) – “The ferry", "LONDON", "AP", "“The ferry"),
        ("LONDON (AP) -- 200 ferries", "LONDON", "AP", "200 ferries"),
        ("NEW YORK (AFP): The ferry", "NEW YORK", "AFP", "The ferry"),
        ("Brussels (dpa) - The ferry", "Brussels", "dpa", "The ferry"),
        ("Brussels (late) - The ferry", None, None, None),  # agencies write themselves large
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
        ("PORT ST. LUCIE, Fla. — The ferry", "PORT ST. LUCIE, Fla.", None, "The ferry"),
        ("N’DJAMENA, Chad — The ferry", "N’DJAMENA, Chad", None, "The ferry"),
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
    ("text", "place", "publisher"),
    [
        ("Hong Kong CNN — ", "Hong Kong", "CNN"),
        ("Hong Kong\nCNN\n — ", "Hong Kong", "CNN"),
        ("London (CNN) ", "London", "CNN"),
        ("London (CNN)", "London", "CNN"),
        ("(CNN) — ", None, "CNN"),
        ("(Reuters) - ", None, "Reuters"),
        ("Oct 9 (Reuters) - ", None, "Reuters"),
        ("CNN — ", None, "CNN"),
        ("Paris, AFP — ", "Paris", "AFP"),
        ("LONDON (Reuters) -", "LONDON", "Reuters"),
        ("Madrid, 9 oct (EFE).- ", "Madrid", "EFE"),
    ],
)
def test_a_known_agency_needs_no_place_no_brackets_or_no_separator(
    text: str, place: str | None, publisher: str
) -> None:
    assert find_dateline(f"{text}The ferry was late.") == Dateline(place, publisher, 0, len(text))


@pytest.mark.parametrize("end", ["\n", "\n\n"])
@pytest.mark.parametrize(
    "above",
    [
        ["By Ann Roe"],
        ["By Ann Roe", "The Coast Post"],
        ["Ferry strike ends", "By Ann Roe", "Updated March 4, 2021"],
        ["Share", "Tweet", "Print", "March 4, 2021"],
        ["A ferry leaves Port Ellery on Monday, March 1, 2021, at dawn. (AP Photo/Ann Roe)"],
    ],
)
@pytest.mark.parametrize("line", ["SEOUL — ", "OSLO (AP) — ", "Hong Kong CNN — "])
def test_a_dateline_may_stand_below_a_byline_and_the_like(
    above: list[str], end: str, line: str
) -> None:
    head = "".join(line + end for line in above)
    dateline = find_dateline(f"{head}{line}The ferry was late.")
    assert dateline is not None
    assert (dateline.start, dateline.end) == (len(head), len(head + line))


@pytest.mark.parametrize("name", ["FILE", "EXCLUSIVE", "READ MORE", "LIVE", "IMF"])
def test_other_words_in_capitals_before_a_dash_are_no_places(name: str) -> None:
    assert find_dateline(f"{name} — The ferry was late.") is None
    assert find_dateline(f"By Ann Roe\n\n{name} — The ferry was late.") is None


def test_sentences_may_omit_what_was_once_taken_for_a_dateline() -> None:
    assert omitted_span("FILE — The ferry was late.") == (0, len("FILE — "))
    assert omitted_span("By Ann Roe\n\nOSLO — The ferry.") == (12, 12 + len("OSLO — "))
    assert omitted_span("The ferry was late.") == (0, 0)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "The ferry was late.\n\nOSLO (AP) — The ferry came.",
        "By Ann Roe\n\nThe ferry was late.\n\nOSLO — The ferry came.",
        "By Ann Roe\n\nParis — The ferry was late.",
        "He reads CNN — The rest bores him.",
        "CNN reported the sale first.",
        "(CNN paid for the flight.) The ferry was late.",
        "London (CNN) the ferry was late.",
        "The night ferry (Reuters) The strike ended.",
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
            assert 0 <= dateline.start < dateline.end < len(head.rstrip())
            assert (dateline.place or "") in head[dateline.start : dateline.end]


def test_a_long_story_has_its_dateline_too() -> None:
    dateline = find_dateline("OSLO (AP) — " + "The ferry was late. " * 5000)
    assert dateline is not None
    assert dateline.end == len("OSLO (AP) — ")
