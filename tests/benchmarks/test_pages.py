from benchmarks.pages import precision_and_recall
from benchmarks.web_pages.labelled import HALVES, labelled_pages
from index.sources.parsers.page import parse


def test_pages_with_a_complete_article_are_recognized() -> None:
    pages = list(labelled_pages())
    taken = {page.line: parse(page.content)["refusal"] is None for page in pages}
    for half in HALVES:
        precision, recall = precision_and_recall([p for p in pages if p.half == half], taken)
        assert precision >= 0.97
        assert recall >= 0.97


def test_both_halves_have_all_of_the_six_languages_and_good_and_bad_pages() -> None:
    pages = list(labelled_pages())
    assert [page.half for page in pages[:3]] == [*HALVES, HALVES[0]]
    for half in HALVES:
        inside = [page for page in pages if page.half == half]
        assert len(inside) == len(pages) / 2
        assert 0.45 < sum(page.has_article for page in inside) / len(inside) < 0.55
        for language in ("en", "de", "fr", "es", "pt", "it"):
            kinds = {page.has_article for page in inside if page.language == language}
            assert kinds == {True, False}
