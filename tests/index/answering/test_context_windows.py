from hypothesis import given
from hypothesis import strategies as st

from index.answering.context_windows import Window, plan_windows

Place = tuple[str, int]
Lengths = dict[str, list[int]]


def plan(
    places: list[Place], lengths: Lengths, *, max_chars: int = 1500, **limits: int
) -> list[Window[str]]:
    return plan_windows(places, lengths.__getitem__, max_chars=max_chars, **limits)  # type: ignore[arg-type]


def inside(window: Window[str]) -> list[Place]:
    """The places of a window's sentences."""
    return [(window.article, index) for index in range(window.first, window.last + 1)]


def covered(windows: list[Window[str]]) -> list[Place]:
    return [place for window in windows for place in inside(window)]


def width(window: Window[str], lengths: Lengths) -> int:
    return sum(lengths[window.article][window.first : window.last + 1])


# Planning: examples

TEN = {"a": [10] * 10, "b": [10] * 3}


def test_a_sentence_is_read_with_its_neighbours() -> None:
    assert plan([("a", 4)], TEN) == [Window("a", 3, 5)]
    assert plan([("a", 0)], TEN) == [Window("a", 0, 1)]
    assert plan([("a", 9)], TEN) == [Window("a", 8, 9)]
    assert plan([("a", 4)], TEN, neighbors=2) == [Window("a", 2, 6)]
    assert plan([("a", 4)], TEN, neighbors=0) == [Window("a", 4, 4)]
    assert plan([("a", 0)], {"a": [10]}, neighbors=5) == [Window("a", 0, 0)]


def test_without_candidates_nothing_is_read() -> None:
    assert plan([], TEN) == []


def test_the_most_promising_comes_first() -> None:
    windows = plan([("b", 1), ("a", 5), ("a", 0)], TEN)
    assert windows == [Window("b", 0, 2), Window("a", 4, 6), Window("a", 0, 1)]


def test_a_sentence_that_is_read_already_is_not_read_again() -> None:
    assert plan([("a", 4), ("a", 5), ("a", 4), ("a", 3)], TEN) == [Window("a", 3, 5)]


def test_windows_that_touch_become_one() -> None:
    assert plan([("a", 1), ("a", 4)], TEN) == [Window("a", 0, 5)]
    assert plan([("a", 4), ("a", 2)], TEN) == [Window("a", 1, 5)]
    assert plan([("a", 1), ("a", 5)], TEN) == [Window("a", 0, 2), Window("a", 4, 6)]


def test_what_was_read_earlier_is_not_read_again() -> None:
    earlier = [Window("a", 3, 5)]

    def on(*places: Place) -> list[Window[str]]:
        return plan_windows(places, TEN.__getitem__, max_chars=1500, earlier=earlier)

    assert on(("a", 4), ("a", 6)) == [Window("a", 6, 7)]
    assert on(("a", 2), ("b", 0)) == [Window("a", 1, 2), Window("b", 0, 1)]


def test_windows_of_two_articles_never_become_one() -> None:
    assert plan([("a", 1), ("b", 1)], TEN) == [Window("a", 0, 2), Window("b", 0, 2)]


def test_what_would_be_too_wide_stays_apart() -> None:
    assert plan([("a", 1), ("a", 4)], TEN, max_window_chars=50) == [
        Window("a", 0, 2),
        Window("a", 3, 5),
    ]
    assert plan([("a", 1), ("a", 4)], TEN, max_window_chars=60) == [Window("a", 0, 5)]


def test_of_two_neighbours_that_do_not_both_fit_the_one_before_is_read() -> None:
    assert plan([("a", 4)], TEN, max_window_chars=25) == [Window("a", 3, 4)]
    assert plan([("a", 1)], {"a": [100, 10, 10]}, max_window_chars=25) == [Window("a", 1, 2)]


def test_nothing_is_read_beyond_a_neighbour_that_is_too_long() -> None:
    lengths = {"a": [10, 10, 100, 10, 100, 10, 10]}
    assert plan([("a", 3)], lengths, max_window_chars=50, neighbors=3) == [Window("a", 3, 3)]


def test_a_sentence_that_is_too_long_is_read_by_itself() -> None:
    assert plan([("a", 1)], {"a": [10, 900, 10]}) == [Window("a", 1, 1)]
    assert plan([("a", 1)], {"a": [10, 900, 10]}, max_chars=100) == [Window("a", 1, 1)]


def test_no_window_is_started_that_exceeds_the_limit() -> None:
    places = [("a", 1), ("a", 5), ("b", 1)]
    assert len(plan(places, TEN, max_chars=90)) == 3
    assert len(plan(places, TEN, max_chars=89)) == 2
    assert len(plan(places, TEN, max_chars=59)) == 1


def test_each_window_costs_the_question_once_more() -> None:
    assert len(plan([("a", 1), ("a", 5)], TEN, max_chars=64, overhead=2)) == 2
    assert len(plan([("a", 1), ("a", 5)], TEN, max_chars=63, overhead=2)) == 1
    assert plan([("a", 1), ("a", 4)], TEN, max_chars=62, overhead=2) == [Window("a", 0, 5)]


def test_an_articles_lengths_are_asked_for_only_where_they_are_needed() -> None:
    asked: list[str] = []

    def lengths(article: str) -> list[int]:
        asked.append(article)
        return [10] * 5

    plan_windows([("a", 1), ("b", 1), ("c", 1)], lengths, max_chars=60)
    assert set(asked) <= {"a", "b", "c"}
    assert "a" in asked


# Planning: properties


@st.composite
def plans(draw: st.DrawFn) -> tuple[list[Place], Lengths, dict[str, int]]:
    """Candidates of some articles, and limits that they exceed."""
    sizes = st.lists(st.integers(1, 60), min_size=1, max_size=12)
    lengths = draw(st.dictionaries(st.sampled_from("abc"), sizes, min_size=1))
    every = [(article, index) for article, row in lengths.items() for index in range(len(row))]
    limits = {
        "overhead": draw(st.integers(0, 20)),
        "max_chars": draw(st.integers(0, 600)),
        "max_window_chars": draw(st.integers(1, 150)),
        "neighbors": draw(st.integers(0, 3)),
    }
    return draw(st.lists(st.sampled_from(every), max_size=15)), lengths, limits


@given(plans())
def test_no_sentence_stands_in_two_windows(
    made: tuple[list[Place], Lengths, dict[str, int]],
) -> None:
    places, lengths, limits = made
    windows = plan(places, lengths, **limits)
    assert len(set(covered(windows))) == len(covered(windows))
    assert all(0 <= w.first <= w.last < len(lengths[w.article]) for w in windows)


@given(plans())
def test_the_first_candidates_are_covered_and_the_first_one_always(
    made: tuple[list[Place], Lengths, dict[str, int]],
) -> None:
    places, lengths, limits = made
    read = [place in covered(plan(places, lengths, **limits)) for place in places]
    assert all(read[:1])
    most = covered(plan(places, lengths, **limits | {"max_chars": 10**6}))
    assert all(place in most for place in places)


@given(plans())
def test_the_limit_is_kept_unless_the_first_window_alone_exceeds_it(
    made: tuple[list[Place], Lengths, dict[str, int]],
) -> None:
    places, lengths, limits = made
    windows = plan(places, lengths, **limits)
    cost = sum(width(w, lengths) + limits["overhead"] for w in windows)
    assert cost <= limits["max_chars"] or len(windows) <= 1


@given(plans())
def test_only_a_sentence_by_itself_makes_a_window_too_wide(
    made: tuple[list[Place], Lengths, dict[str, int]],
) -> None:
    places, lengths, limits = made
    for window in plan(places, lengths, **limits):
        assert width(window, lengths) <= limits["max_window_chars"] or window.first == window.last


@given(plans())
def test_whatever_is_read_is_near_a_candidate_in_its_window(
    made: tuple[list[Place], Lengths, dict[str, int]],
) -> None:
    places, lengths, limits = made
    for window in plan(places, lengths, **limits):
        centres = [index for article, index in places if (article, index) in inside(window)]
        for _, index in inside(window):
            assert min(abs(index - centre) for centre in centres) <= limits["neighbors"]


@given(plans(), st.integers(0, 600))
def test_a_higher_limit_never_reads_less(
    made: tuple[list[Place], Lengths, dict[str, int]], more: int
) -> None:
    places, lengths, limits = made
    less = set(covered(plan(places, lengths, **limits)))
    assert less <= set(covered(plan(places, lengths, **limits | {"max_chars": 600 + more})))
