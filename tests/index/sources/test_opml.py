"""OPML: the feeds in a list, whoever wrote it."""

import pytest

from index import SourceError
from index.sources.opml import opml_lines, read_opml


def test_what_is_written_can_be_read() -> None:
    feeds = [("A “B” <C> & 'D'", "https://a.example/?b=1&c=2"), ("Ä", "https://b.example/")]
    content = "\n".join(opml_lines(feeds)).encode()
    assert read_opml(content, "feeds.opml") == [url for _, url in feeds]


def test_each_feed_comes_once_however_its_attribute_is_spelled() -> None:
    content = (
        b"<opml><body><outline text='x'><outline xmlUrl='https://a.example'/></outline>"
        b"<outline xmlurl=' https://b.example'/><outline XMLURL='https://a.example'/>"
        b"<outline htmlUrl='https://c.example'/><outline xmlUrl=''/></body></opml>"
    )
    assert read_opml(content, "a") == ["https://a.example", "https://b.example"]


@pytest.mark.parametrize("content", [b"", b"no", b"<html></html>", b"<opml><body/></opml>"])
def test_other_documents_are_refused(content: bytes) -> None:
    with pytest.raises(SourceError, match="a"):
        read_opml(content, "a")


def test_entities_are_not_expanded() -> None:
    content = (
        b"<!DOCTYPE opml [<!ENTITY a 'https://secret.example'><!ENTITY f SYSTEM 'file:///etc/passwd'>]>"
        b"<opml><body>&f;<outline xmlUrl='https://a.example'/></body></opml>"
    )
    assert read_opml(content, "a") == ["https://a.example"]
