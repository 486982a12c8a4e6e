import pytest

from index import Article, SourceError
from index.sources.markdown import read_markdown


def read(content: str) -> Article:
    return read_markdown(content.encode(), "news/night-ferry.md", "shared")


def test_the_words_are_kept_and_the_markup_is_not() -> None:
    article = read(
        "# Ferry **late**\n\nThe [night ferry](https://coast.example) was *late*,\nsaid `R. Holm`"
        " &amp; Co.\n\n> Nobody complained.\n\n- Cold\n- Wet\n\n![A ferry](ferry.png)\n"
    )
    assert article.title == "Ferry late"
    assert article.text == (
        "The night ferry was late, said R. Holm & Co.\n\nNobody complained.\n\nCold\n\nWet"
    )


def test_code_and_embedded_html_are_left_out() -> None:
    article = read(
        "Before.\n\n```\ncode\n```\n\n<script>evil()</script>\n\n    more code\n\nAfter."
    )
    assert article.text == "Before.\n\nAfter."


def test_rows_of_tables_are_paragraphs() -> None:
    table = "|Ship|Cars|Bikes|\n|-|-|-|\n|Aurora||95|\n|*Old* ones|||\n||||"
    assert read(table).text == "Ship | Cars | Bikes\n\nAurora | – | 95\n\nOld ones"


def test_front_matters_title_comes_before_the_heading() -> None:
    article = read("---\ntitle: Late\npublisher: Coast Post\n---\n# Heading\n\nText.")
    assert (article.title, article.publisher) == ("Late", "Coast Post")
    assert article.text == "Heading\n\nText."


def test_a_heading_further_down_is_text_and_the_files_name_is_the_title() -> None:
    article = read("Text.\n\n## Heading\n\nMore.")
    assert (article.title, article.text) == ("Night ferry", "Text.\n\nHeading\n\nMore.")


@pytest.mark.parametrize("content", ["", "# Only a heading", "> " * 3000 + "deep", "[" * 3000])
def test_a_file_without_words_is_refused_and_named(content: str) -> None:
    with pytest.raises(SourceError, match=r"^news/night-ferry\.md: the article has no text"):
        read(content)


def test_what_is_not_utf_8_is_refused() -> None:
    with pytest.raises(SourceError, match=r"^a\.md: it is not UTF-8"):
        read_markdown("Fähre".encode("latin-1"), "a.md", "shared")
