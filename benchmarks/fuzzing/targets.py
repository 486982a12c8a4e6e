"""The fuzz targets: a function for each way in, which takes any bytes.

A target fails with any exception that does not become a sentence for a person, and with an
AssertionError where a promise is broken (``checks.py``).
"""

import json
import os
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from unittest.mock import patch

from benchmarks.crash.made_up import MODELS, HashingEncoder
from benchmarks.fuzzing.archives import ZIP, docx_of, epub_of
from benchmarks.fuzzing.checks import check_answer, check_article, check_card
from benchmarks.fuzzing.parsing import parsed_here
from benchmarks.fuzzing.stored_rows import LengthReader, StoredRows
from bot.buttons.answers import answer_buttons
from bot.buttons.article_form import article_of_draft
from bot.buttons.pagination import page_buttons
from bot.cards import answer_card, article_card, further_card, lookup_card, paginate
from bot.cards.answers import FOUND_PAGE_SIZE
from bot.errors import Refusal
from bot.language import translator_for
from bot.markdown import bold, cut, length, link, plain, quote
from bot.services.filters import parse_since, parse_until
from bot.services.question_detection import is_question
from bot.services.uploads import links_in, with_scheme
from bot.settings import load_bot_settings
from bot.storage.drafts import ArticleDraft
from index import Article, DatelineError, Library, SourceError
from index.conversation import NO_TURN
from index.fetching import headers
from index.fetching.fetcher import NAME, parse_url
from index.fetching.guard import Guard
from index.fetching.robots import rules_of
from index.scope import SHARED_ONLY
from index.sentences import split_sentences
from index.sources import feed, html, pdf, read_bytes, zipped
from index.sources.feed_article import add_metadata, article_in_entry
from index.store import SqliteStore

ROOT = Path(__file__).parents[2]
NOW = datetime(2025, 10, 10, 12, tzinfo=UTC)
ENGLISH = translator_for("en-US")

Target = Callable[[bytes], object]


def text(data: bytes) -> None:
    """A text file, with or without front matter."""
    _read_file(data, "story.txt")


def markdown_file(data: bytes) -> None:
    _read_file(data, "story.md")


def jsonl(data: bytes) -> None:
    _read_file(data, "stories.jsonl")


def page(data: bytes) -> None:
    """A web page, saved or fetched."""
    with parsed_here(), suppress(SourceError):
        check_article(html.read_html(data, "page.html", "shared", fetched_from=URL_OF_PAGE))


def feed_document(data: bytes) -> None:
    """A feed, and the articles in its entries."""
    with parsed_here(), suppress(SourceError):
        for entry in feed.read_feed(data, "https://feeds.example/news").entries:
            json.dumps(entry.metadata)
            with suppress(SourceError):
                if article := article_in_entry(entry, "https://feeds.example/news", "shared"):
                    check_article(add_metadata(article, entry.metadata))


def pdf_document(data: bytes) -> None:
    with parsed_here(), suppress(SourceError):
        check_article(pdf.read_pdf(data, "report.pdf", "shared"))


def docx_document(data: bytes) -> None:
    """A Word document, or the elements in the body of one: few changes to an archive are valid."""
    content = data if data.startswith(ZIP) else docx_of(data)
    with parsed_here(), suppress(SourceError):
        check_article(zipped.read_docx(content, "report.docx", "shared"))


def epub_document(data: bytes) -> None:
    """An e-book, or the only chapter and the metadata of one."""
    content = data if data.startswith(ZIP) else epub_of(data)
    with parsed_here(), suppress(SourceError):
        check_article(zipped.read_epub(content, "book.epub", "shared"))


def response(data: bytes) -> None:
    """The headers of a response, and a robots.txt."""
    for value in data.decode("latin-1").split("\n")[:4]:
        headers.media_type_of(value)
        if charset := headers.charset_of(value):
            data.decode(charset, errors="replace")
        seconds = headers.retry_after_of(value)
        assert seconds is None or 0 <= seconds < float("inf")
        headers.validators_of({"ETag": value, "Last-Modified": value})
    rules_of(data.decode(errors="replace"), NAME).can_fetch(URL_OF_PAGE, NAME)


def typed_link(data: bytes) -> None:
    """A link that somebody types, and the links in a message."""
    typed = data.decode(errors="replace")
    for address in (with_scheme(typed), *links_in(typed)):
        with suppress(DatelineError):
            Guard().check(parse_url(address))
        with suppress(DatelineError):
            check_article(Article("Title", "A text.", url=address))


def question(data: bytes) -> None:
    """Questions of one conversation, one a line."""
    turn = NO_TURN
    for line in _decoded(data).split("\n")[:3]:
        answer = _sample().ask(line, previous=turn, now=NOW)
        check_answer(answer)
        buttons, pages = answer_buttons(1, ENGLISH), page_buttons("further", 1)
        check_card(answer_card(answer, SHARED_ONLY, buttons, ENGLISH))
        check_card(further_card(answer, 0, buttons.context, pages, ENGLISH))
        turn = answer.turn
        json.dumps(answer.as_dict())


def phrase_search(data: bytes) -> None:
    """The words of `/find`, and what is typed for a title or a publisher."""
    words = _decoded(data)
    lookup = _sample().find(words, limit=FOUND_PAGE_SIZE)
    for passage in lookup.passages:
        assert passage.quote == passage.citation.article.text[passage.start : passage.end]
    context_button, page_button = answer_buttons(1, ENGLISH).context, page_buttons("found", 1)
    check_card(lookup_card(words, lookup, 0, context_button, page_button, ENGLISH))
    _sample().articles(title=words)
    _sample().publishers(SHARED_ONLY, words)
    with suppress(DatelineError):
        _sample().get(words)


def typed_day(data: bytes) -> None:
    """The options `since` and `until`."""
    typed = _decoded(data)[:60]
    for parse in (parse_since, parse_until):
        with suppress(Refusal):
            parse(typed, NOW)


def paste_form(data: bytes) -> None:
    """The form for pasting an article: five fields, one a line."""
    fields = [*_decoded(data).split("\n", 4), "", "", "", ""][:5]
    title, publisher, published, url, body = fields
    draft = ArticleDraft(title[:300], publisher[:200], published[:200], url[:4000], body[:4000])
    with suppress(Refusal):
        article = article_of_draft(draft, "shared", NOW)
        check_article(article)
        page = paginate(article, split_sentences(article.text), 0)
        check_card(article_card(page, page_buttons("articles"), ENGLISH))


def message(data: bytes) -> None:
    """A message in a channel, and its text on a card."""
    content = _decoded(data)
    is_question(content)
    for limit in (20, 300, None):
        for shown in (plain(content, limit), quote(content, [(0, len(content))], limit)):
            assert limit is None or length(shown) <= limit
            assert "@" not in shown.replace("\\@", "")
    assert length(cut(content, 100)) <= 100
    bold(content, 100)
    link(content, URL_OF_PAGE, 200)


def settings(data: bytes) -> None:
    """A file .env."""
    with _folder() as folder, patch.dict(os.environ, {}, clear=True):
        (folder / ".env").write_bytes(data)
        with suppress(DatelineError):
            _ = load_bot_settings().guard


def stored_rows(data: bytes) -> None:
    """Rows of a library and of the bot's storage."""
    _stored_rows().change_and_use(data)


TARGETS: dict[str, Target] = {
    "docx": docx_document,
    "epub": epub_document,
    "feed": feed_document,
    "find": phrase_search,
    "form": paste_form,
    "jsonl": jsonl,
    "link": typed_link,
    "markdown": markdown_file,
    "message": message,
    "page": page,
    "pdf": pdf_document,
    "question": question,
    "response": response,
    "rows": stored_rows,
    "settings": settings,
    "since": typed_day,
    "text": text,
}
"""The functions, by the names of the folders with their inputs."""

URL_OF_PAGE = "https://harbor.example/story"


def _read_file(data: bytes, name: str) -> None:
    with parsed_here():
        for found in read_bytes(data, name):
            if isinstance(found, Article):
                check_article(found)


def _decoded(data: bytes) -> str:
    """Text as Discord may send it."""
    return data.decode(errors="replace")[:2000]


@contextmanager
def _folder() -> Iterator[Path]:
    """An empty working directory."""
    former = Path.cwd()
    with tempfile.TemporaryDirectory(prefix="fuzzing-") as name:
        os.chdir(name)
        try:
            yield Path(name)
        finally:
            os.chdir(former)


@cache
def _sample() -> Library:
    """A library with the sample articles; with real models, a question would take too long."""
    store = SqliteStore(Path(tempfile.mkdtemp(prefix="fuzzing-")))
    library = Library(store, HashingEncoder(MODELS[0]), LengthReader())
    for file in sorted((ROOT / "articles").iterdir()):
        for found in read_bytes(file.read_bytes(), file.name):
            if isinstance(found, Article):
                library.add(found)
    return library


@cache
def _stored_rows() -> StoredRows:
    return StoredRows(Path(tempfile.mkdtemp(prefix="fuzzing-")))
